import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import { KUBERNETES } from '../../scripts/cluster-programs/go-modules.js';
import { HELM, needTools } from '../e2e/stack/tools.js';
import { builtProgram } from './cluster/built-program.js';
import type { ControlPlane } from './cluster/control-plane.js';

/** The node of the cluster is in this process: it must not wait. */
const execute = promisify(execFile);

/** A release of the chart that `helm create` makes, with `env` in its values, a Celery worker and a CronJob, installed by Helm itself. */
export class HelmRelease {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'helm-release-'));
  private readonly environment: NodeJS.ProcessEnv;

  constructor(
    { users, server, certificateAuthority }: ControlPlane,
    private readonly options: {
      readonly release: string;
      readonly chart: string;
      readonly namespace: string;
    },
  ) {
    needTools(HELM);
    const kubectl = path.dirname(builtProgram(KUBERNETES, 'kubectl'));
    this.environment = {
      PATH: `${kubectl}:${process.env['PATH'] ?? ''}`,
      HOME: this.folder,
      KUBECONFIG: users.kubeconfig(users.admin, server, certificateAuthority),
    };
  }

  async install(values: object): Promise<void> {
    const { release, chart, namespace } = this.options;
    await this.helm('create', chart);
    this.addEnv();
    for (const template of ['celery', 'cleanup'])
      copyFileSync(
        path.join(import.meta.dirname, `helm-templates/${template}.yaml`),
        path.join(this.folder, chart, `templates/${template}.yaml`),
      );
    writeFileSync(path.join(this.folder, 'values.yaml'), stringify(values));
    await this.helm('install', release, chart, '--namespace', namespace, '--values', 'values.yaml');
  }

  /** Installs a new revision with other values, over those of before. */
  async upgrade(...settings: readonly string[]): Promise<void> {
    const { release, chart, namespace } = this.options;
    await this.helm(
      'upgrade',
      release,
      chart,
      '--namespace',
      namespace,
      '--reuse-values',
      '--set',
      settings.join(','),
    );
  }

  /** Writes the manifests that Helm applied into a file, and returns its path. */
  async manifests(): Promise<string> {
    const { release, namespace } = this.options;
    const file = path.join(this.folder, 'manifests.yaml');
    writeFileSync(file, await this.helm('get', 'manifest', release, '--namespace', namespace));
    return file;
  }

  /** The names of all releases. */
  async releases(): Promise<string[]> {
    const list = await this.helm('list', '--short', '--namespace', this.options.namespace);
    return list.split('\n').filter(Boolean);
  }

  /** Runs a script with kubectl, in a folder with these manifests. */
  async run(script: string): Promise<void> {
    await execute('sh', ['-eu', '-c', script], this.inFolder);
  }

  /** The first change that most owners of a chart make: `env` in the values. */
  private addEnv(): void {
    const template = path.join(this.folder, this.options.chart, 'templates/deployment.yaml');
    const [line = ''] = /^.*imagePullPolicy: .*\n/m.exec(readFileSync(template, 'utf8')) ?? [];
    const env = '          env:\n            {{- toYaml .Values.env | nindent 12 }}\n';
    writeFileSync(template, readFileSync(template, 'utf8').replace(line, line + env));
  }

  end(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async helm(...args: readonly string[]): Promise<string> {
    return (await execute(HELM, args, this.inFolder)).stdout;
  }

  private get inFolder() {
    return { cwd: this.folder, env: this.environment, encoding: 'utf8' as const };
  }
}
