/** A folder of src/, or charts/. */
export interface Room {
  readonly contains: string;
  /** The rooms that it may import; `npm run check` refuses every other import. */
  readonly imports: readonly string[];
}

/** The rooms, the lowest first: a room comes after those that it imports. ARCHITECTURE.md shows them. */
export const ROOMS: Readonly<Record<string, Room>> = {
  diagnostics: {
    contains: 'a problem with its place, and the error that carries several of them',
    imports: [],
  },
  package: { contains: 'the files that the package ships beside its code', imports: [] },
  kubernetes: {
    contains:
      'names, labels, quantities, references: the notations of Kubernetes, and manifests as plain data',
    imports: ['diagnostics'],
  },
  servers: {
    contains: 'command lines of gunicorn, uvicorn, granian, uWSGI and Celery, and settings in Python',
    imports: ['kubernetes'],
  },
  files: {
    contains: 'reading files and making folders, with errors in one sentence',
    imports: ['diagnostics'],
  },
  operator: {
    contains: "the prometheus-operator's own schemas, made strict",
    imports: ['diagnostics', 'kubernetes'],
  },
  yaml: {
    contains:
      'YAML 1.2 with lines; YAML as kubectl and Helm read it; the writer that quotes every ambiguous text',
    imports: ['diagnostics', 'kubernetes'],
  },
  prometheus: {
    contains: 'durations, labels, regular expressions, relabelling, PromQL: the notations of Prometheus',
    imports: ['diagnostics', 'kubernetes'],
  },
  'kubernetes-shapes': {
    contains:
      "Kubernetes' own shapes of pods, containers, volumes …: their schema, types, checks, and merging",
    imports: ['diagnostics', 'kubernetes', 'package'],
  },
  schema: {
    contains: 'kinds of field, their error messages, and the definition of a key',
    imports: ['diagnostics', 'kubernetes', 'kubernetes-shapes', 'prometheus'],
  },
  alertmanager: {
    contains: "Alertmanager's configuration: sections, settings, matchers, and their checks",
    imports: ['diagnostics', 'kubernetes', 'prometheus', 'schema', 'operator'],
  },
  checks: {
    contains: 'checks of finished objects, from any source',
    imports: [
      'diagnostics',
      'kubernetes',
      'kubernetes-shapes',
      'prometheus',
      'yaml',
      'operator',
      'alertmanager',
      'servers',
    ],
  },
  output: {
    contains: 'objects → YAML → a folder, and what changes between two states of it',
    imports: ['diagnostics', 'kubernetes', 'files', 'yaml', 'checks'],
  },
  delivery: {
    contains: 'the objects by which Argo CD or Flux deploys an application',
    imports: ['diagnostics', 'kubernetes', 'schema', 'output'],
  },
  publish: {
    contains: 'the output folder as a commit in a git repository',
    imports: ['diagnostics', 'kubernetes', 'files', 'output'],
  },
  'user-objects': {
    contains: "the user's own objects and patches, beside and over those of a construct",
    imports: ['diagnostics', 'kubernetes', 'kubernetes-shapes', 'schema'],
  },
  'worker-app': {
    contains: 'kind WorkerApp: keys, spec, constructs, alerts, dashboard, gunicorn configuration',
    imports: [
      'diagnostics',
      'kubernetes',
      'kubernetes-shapes',
      'user-objects',
      'prometheus',
      'schema',
      'servers',
      'yaml',
      'package',
      'operator',
    ],
  },
  report: {
    contains: 'traced manifests → one HTML page: drawings, diagnostics, alerts, costs',
    imports: ['diagnostics', 'kubernetes', 'package', 'checks', 'worker-app'],
  },
  stack: {
    contains: 'kinds AlertmanagerCluster and PrometheusServer',
    imports: [
      'diagnostics',
      'kubernetes',
      'prometheus',
      'schema',
      'operator',
      'alertmanager',
      'yaml',
      'package',
      'user-objects',
    ],
  },
  values: {
    contains: 'YAML files → typed values with lines; environments; the JSON Schema',
    imports: [
      'diagnostics',
      'kubernetes',
      'kubernetes-shapes',
      'alertmanager',
      'schema',
      'files',
      'yaml',
      'output',
      'delivery',
      'servers',
      'worker-app',
      'stack',
    ],
  },
  'import-helm': {
    contains: 'values or manifests of a Helm chart → a values file; what differs, and what it costs',
    imports: [
      'diagnostics',
      'kubernetes',
      'servers',
      'files',
      'yaml',
      'output',
      'user-objects',
      'worker-app',
      'values',
    ],
  },
  init: {
    contains: 'a new project: answers → files',
    imports: ['diagnostics', 'kubernetes', 'files', 'package', 'yaml', 'output', 'values'],
  },
  charts: {
    contains: 'the cdk8s app: values → charts → checks → files',
    imports: [
      'diagnostics',
      'kubernetes',
      'user-objects',
      'checks',
      'delivery',
      'output',
      'values',
      'worker-app',
      'stack',
    ],
  },
  cli: {
    contains: 'one file for each command: options, work, output',
    imports: [
      'diagnostics',
      'kubernetes',
      'package',
      'files',
      'yaml',
      'checks',
      'output',
      'delivery',
      'publish',
      'values',
      'worker-app',
      'import-helm',
      'init',
      'report',
      'operator',
      'alertmanager',
      'charts',
    ],
  },
};

/** Files that every room may import. */
export const SHARED = ['src/memo.ts', 'src/long-run.ts'];
