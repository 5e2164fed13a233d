import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const CACHE = process.env['XDG_CACHE_HOME'] ?? path.join(homedir(), '.cache');

/** A Go module in this folder. Its go.mod and go.sum pin the programs that are built from it. */
export class GoModule {
  constructor(
    /** Its folder. */
    readonly name: string,
    private readonly options: {
      /** Names of the programs, each with its Go package. */
      readonly programs: Readonly<Record<string, string>>;
      /** Go variables that hold the version: a program built from a module does not know its own. */
      readonly variables: Readonly<Record<string, string>>;
      /** Build tags. */
      readonly tags?: string;
    },
  ) {}

  get folder(): string {
    return path.join(HERE, this.name);
  }

  get programs(): string[] {
    return Object.keys(this.options.programs);
  }

  /** Where a program is, once it is built. Another version, or another way to build it, has another path. */
  programPath(program: string): string {
    return path.join(PROGRAMS_FOLDER, `${this.name}-${this.hash}`, program);
  }

  /** Arguments of `go` that build a program. */
  buildArguments(program: string, output: string): string[] {
    const variables = Object.entries(this.options.variables).map(([name, value]) => `-X ${name}=${value}`);
    const tags = this.options.tags === undefined ? [] : ['-tags', this.options.tags];
    return [
      'build',
      '-trimpath',
      '-buildvcs=false',
      '-mod=readonly',
      // Compiling is a sixth faster without the data of debuggers, which linking leaves out.
      '-gcflags=all=-dwarf=false',
      ...tags,
      '-ldflags',
      ['-s -w', ...variables].join(' '),
      '-o',
      output,
      this.options.programs[program] ?? program,
    ];
  }

  private get hash(): string {
    const hash = createHash('sha256').update(JSON.stringify(this.options));
    for (const file of ['go.mod', 'go.sum']) hash.update(readFileSync(path.join(this.folder, file)));
    return hash.digest('hex').slice(0, 12);
  }
}

/** Outside the repository: every clone uses the same programs. */
export const PROGRAMS_FOLDER = path.join(CACHE, 'cdk8s-worker-metrics/cluster-programs');

const OPERATOR = 'github.com/prometheus-operator/prometheus-operator';
const PROMETHEUS = 'github.com/prometheus/prometheus';
const ALERTMANAGER = 'github.com/prometheus/alertmanager';

export const ETCD = new GoModule('etcd', {
  programs: { etcd: 'go.etcd.io/etcd/server/v3' },
  variables: {},
});

export const KUBERNETES = kubernetes('1.34', '1.34.2', [
  'kube-apiserver',
  'kube-controller-manager',
  'kubectl',
]);

/** The oldest Kubernetes that the manifests support. */
export const OLDEST_KUBERNETES = kubernetes('1.28', '1.28.15', ['kube-apiserver']);

export const PROMETHEUS_OPERATOR = new GoModule('operator', {
  programs: Object.fromEntries(
    ['operator', 'admission-webhook', 'prometheus-config-reloader'].map((name) => [
      name,
      `${OPERATOR}/cmd/${name}`,
    ]),
  ),
  variables: { 'github.com/prometheus/common/version.Version': '0.91.0' },
});

/** Of its service discoveries only Kubernetes' and DNS': the others take minutes to build. */
export const PROMETHEUS_3 = new GoModule('prometheus', {
  programs: { prometheus: `${PROMETHEUS}/cmd/prometheus`, promtool: `${PROMETHEUS}/cmd/promtool` },
  variables: { 'github.com/prometheus/common/version.Version': '3.14.0' },
  tags: 'remove_all_sd,enable_kubernetes_sd,enable_dns_sd',
});

/** Modules of later versions lack the built user interface, and do not compile. */
export const ALERTMANAGER_0_28 = new GoModule('alertmanager', {
  programs: { alertmanager: `${ALERTMANAGER}/cmd/alertmanager`, amtool: `${ALERTMANAGER}/cmd/amtool` },
  variables: { 'github.com/prometheus/common/version.Version': '0.28.1' },
});

export const GO_MODULES: readonly GoModule[] = [
  ETCD,
  KUBERNETES,
  PROMETHEUS_OPERATOR,
  PROMETHEUS_3,
  ALERTMANAGER_0_28,
  OLDEST_KUBERNETES,
];

function kubernetes(minor: string, version: string, programs: readonly string[]): GoModule {
  return new GoModule(`kubernetes-${minor}`, {
    programs: Object.fromEntries(programs.map((name) => [name, `k8s.io/kubernetes/cmd/${name}`])),
    variables: {
      'k8s.io/component-base/version.gitVersion': `v${version}`,
      'k8s.io/component-base/version.gitMajor': '1',
      'k8s.io/component-base/version.gitMinor': minor.slice(2),
    },
  });
}
