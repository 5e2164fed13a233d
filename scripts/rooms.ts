/** A folder of src/, or charts/. */
export interface Room {
  readonly contains: string;
  /** The rooms that it may import; `npm run check` refuses every other import. */
  readonly imports: readonly string[];
  /** Its folders, with what they contain, the lowest first: a folder may import only folders that come before it. */
  readonly folders?: Readonly<Record<string, string>>;
  /** Whether its folders are features of one thing, which may import each other. */
  readonly hasFeatures?: true;
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
    folders: {
      cluster: 'the Services, workloads and monitors of a cluster, as monitoring sees them',
      wiring: 'the paths from monitors to container ports',
      'one-object': 'checks of a single object',
      together: 'checks of how objects fit together',
      trace: 'follows the metrics of each worker from its port to Prometheus',
    },
  },
  output: {
    contains: 'objects → YAML → a folder, and what changes between two states of it',
    imports: ['diagnostics', 'kubernetes', 'files', 'yaml', 'checks'],
    folders: {
      diff: 'what changes between two states of an object, and which changes Kubernetes refuses',
    },
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
    folders: {
      keys: 'one file for each key that goes to one place',
      ports: 'the numbered ports of the workers, and the other ports',
      scraping: 'the Service and the monitor of the metrics ports; the costs of each way to scrape',
      gunicorn: 'the configuration of gunicorn, and the Python that its workers run',
      server: 'the number of workers and the port in the command line of the server',
      alerts: 'alerts and recording rules',
      dashboard: 'the Grafana dashboard',
      'service-windows': 'the times in which each component of the application is in service',
      containers: 'init containers and sidecars',
      volumes: 'volumes, claims and files',
      network: 'Service, Ingress, HTTPRoute and NetworkPolicy',
      scale: 'the number of pods, and their spread over nodes',
      processes: 'Deployments beside the web pods, such as Celery workers; the keys that they inherit',
      jobs: 'cron jobs and the migration',
    },
    hasFeatures: true,
  },
  report: {
    contains: 'traced manifests → one HTML page: drawings, diagnostics, alerts, costs',
    imports: ['diagnostics', 'kubernetes', 'package', 'checks', 'worker-app'],
    folders: {
      browser: 'the style and the script of the page',
    },
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
    folders: {
      alertmanager: 'kind AlertmanagerCluster',
      'prometheus-server': 'kind PrometheusServer',
    },
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
    folders: {
      files: 'which files are values files, and their texts',
      document: 'a YAML document → its kind, and its values in each environment',
      hints: 'the key or the form of a value that a wrong one may mean',
      problems: 'problems and notes of documents, and of documents together',
      set: 'values that a command changes in files',
      'json-schema': 'the JSON Schema, with the help and snippets for editors',
      explain: 'the answers of `explain`',
    },
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
    folders: {
      'helm-create': 'values of a chart that `helm create` made → its objects',
      carry: 'parts of the objects of a chart → keys of a values file',
      compare: 'the objects of the chart and ours: their differences, the reasons, the costs',
    },
  },
  init: {
    contains: 'a new project: answers → files',
    imports: ['diagnostics', 'kubernetes', 'files', 'package', 'yaml', 'output', 'values'],
    folders: {
      templates: 'the files of a new project',
    },
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
    folders: {
      entries: 'the programs that are bundled: all commands, and `synth` alone',
      markdown: 'comments on pull requests',
      terminal: 'lines, tables and colours for a terminal',
    },
  },
};

/** Files that every room may import. */
export const SHARED = ['src/memo.ts', 'src/long-run.ts'];
