import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { listAt, mapAt, textAt, textsAt, type Manifest } from '../../../src/kubernetes/manifest.js';
import { Program, run } from './program.js';

/** What the image holds: a folder, a Python environment, and the command of its Dockerfile. */
export interface Image {
  readonly folder: string;
  readonly bin: string;
}

/** One pod of a Deployment, as a process on this machine: its environment, command and mounted files are the container's. */
export class Pod {
  private program: Program | undefined;
  private readonly files = mkdtempSync(path.join(tmpdir(), 'pod-'));
  private readonly env: NodeJS.ProcessEnv;

  constructor(
    private readonly image: Image,
    manifests: readonly Manifest[],
  ) {
    const deployment = manifests.find(({ kind }) => kind === 'Deployment');
    const podSpec = mapAt(deployment, 'spec', 'template', 'spec');
    const [container = {}] = listAt(podSpec, 'containers');
    const inPlace = this.mount(podSpec, container, manifests);
    const env = listAt(container, 'env').map((entry) => [
      entry['name'],
      inPlace(textAt(entry, 'value') ?? ''),
    ]);
    this.env = {
      PATH: `${image.bin}:/usr/bin:/bin`,
      PYTHONDONTWRITEBYTECODE: '1',
      ...Object.fromEntries(env),
    };
  }

  /** Starts the container's command. */
  start(): void {
    const [command = '', ...args] = commandOf(this.image);
    this.program = new Program(command, args, {
      env: this.env,
      cwd: this.image.folder,
    });
  }

  /** The container's first process: gunicorn's master. */
  get master(): Program {
    if (this.program === undefined) throw new Error('the pod has not been started');
    return this.program;
  }

  get log(): string {
    return this.master.text;
  }

  /** Runs Python in the pod to its end, as `kubectl exec` does; returns what it printed. */
  exec(...args: readonly string[]): string {
    return run(this.python, args, { env: this.env, cwd: this.image.folder });
  }

  /** Starts Python in the pod. */
  spawn(...args: readonly string[]): Program {
    return new Program(this.python, args, {
      env: { ...this.env, PYTHONUNBUFFERED: '1' },
      cwd: this.image.folder,
    });
  }

  private get python(): string {
    return path.join(this.image.bin, 'python');
  }

  async end(): Promise<void> {
    await this.program?.end();
    rmSync(this.files, { recursive: true, force: true });
  }

  /**
   * Writes the mounted ConfigMaps as files, and makes a folder for each volume in memory; returns what turns paths in
   * the container into paths on this machine.
   */
  private mount(
    podSpec: Manifest,
    container: Manifest,
    manifests: readonly Manifest[],
  ): (text: string) => string {
    const mounts = listAt(container, 'volumeMounts').flatMap((mount) => {
      const volume = listAt(podSpec, 'volumes').find(({ name }) => name === mount['name']);
      const configMap = textAt(volume, 'configMap', 'name');
      const inMemory = textAt(volume, 'emptyDir', 'medium') === 'Memory';
      const mountPath = textAt(mount, 'mountPath');
      const isMounted = mountPath !== undefined && (configMap !== undefined || inMemory);
      return isMounted ? [{ configMap, mountPath }] : [];
    });
    for (const { configMap, mountPath } of mounts) {
      const folder = path.join(this.files, mountPath);
      mkdirSync(folder, { recursive: true });
      const source = manifests.find(
        ({ kind, metadata }) => kind === 'ConfigMap' && textAt(metadata, 'name') === configMap,
      );
      for (const [file, text] of Object.entries(textsAt(source, 'data')))
        writeFileSync(path.join(folder, file), text);
    }
    return (text) =>
      mounts.reduce(
        (done, { mountPath }) => done.replaceAll(mountPath, path.join(this.files, mountPath)),
        text,
      );
  }
}

/** The CMD of the image's Dockerfile. */
function commandOf({ folder }: Image): string[] {
  const command = /^CMD (\[.*\])$/m.exec(readFileSync(path.join(folder, 'Dockerfile'), 'utf8'))?.[1];
  if (command === undefined) throw new Error(`${folder}/Dockerfile: no CMD in JSON form`);
  return JSON.parse(command) as string[];
}
