import path from 'node:path';
import { PROGRAMS_FOLDER } from './go-modules.js';

/** YAML files in the zip of a Go module. */
export interface ModuleFiles {
  readonly module: string;
  readonly version: string;
  /** Checksum of the module, as in go.sum. */
  readonly sum: string;
  /** Folder of the files in the module. */
  readonly folder: string;
  readonly files: readonly string[];
}

const OPERATOR_KINDS = [
  'alertmanagerconfigs',
  'alertmanagers',
  'podmonitors',
  'probes',
  'prometheusagents',
  'prometheuses',
  'prometheusrules',
  'scrapeconfigs',
  'servicemonitors',
  'thanosrulers',
];

const OPERATOR = {
  module: 'github.com/prometheus-operator/prometheus-operator',
  version: 'v0.91.0',
  sum: 'h1:rb4MKt5MlpYyDOzgGv1P8zhiHDxJrgQ6p6zhsIc+7ys=',
};

/** The operator's own Deployment, and what it may do. */
export const OPERATOR_DEPLOYMENT: ModuleFiles = {
  ...OPERATOR,
  folder: 'example/rbac/prometheus-operator',
  files: ['deployment', 'cluster-role', 'cluster-role-binding', 'service-account'].map(
    (name) => `prometheus-operator-${name}.yaml`,
  ),
};

/** The operator's admission webhook. */
export const ADMISSION_WEBHOOK: ModuleFiles = {
  ...OPERATOR,
  folder: 'example/admission-webhook',
  files: ['deployment', 'service', 'service-account'].map((name) => `${name}.yaml`),
};

/** What a Prometheus of the operator may do. */
export const PROMETHEUS_ACCOUNT: ModuleFiles = {
  ...OPERATOR,
  folder: 'example/rbac/prometheus',
  files: ['cluster-role', 'cluster-role-binding', 'service-account'].map((name) => `prometheus-${name}.yaml`),
};

/** The custom resources of the operator, the Gateway API, Argo CD and Flux. */
export const CUSTOM_RESOURCES: readonly ModuleFiles[] = [
  {
    ...OPERATOR,
    folder: 'example/prometheus-operator-crd',
    files: OPERATOR_KINDS.map((kind) => `monitoring.coreos.com_${kind}.yaml`),
  },
  {
    module: 'sigs.k8s.io/gateway-api',
    version: 'v1.4.0',
    sum: 'h1:ZwlNM6zOHq0h3WUX2gfByPs2yAEsy/EenYJB78jpQfQ=',
    folder: 'config/crd/standard',
    files: ['gateway.networking.k8s.io_httproutes.yaml'],
  },
  {
    module: 'github.com/argoproj/argo-cd/v3',
    version: 'v3.2.0',
    sum: 'h1:m2eGAV+nXQGgzZbH5SyJD5laaPW27mzWXBrgisUHY/0=',
    folder: 'manifests/crds',
    files: ['application-crd.yaml'],
  },
  {
    module: 'github.com/fluxcd/kustomize-controller',
    version: 'v1.6.0',
    sum: 'h1:13S+wqCQ44njSg59DNgm1qMqVkK6+0eoZs+jv4+EWCs=',
    folder: 'config/crd/bases',
    files: ['kustomize.toolkit.fluxcd.io_kustomizations.yaml'],
  },
  {
    module: 'github.com/fluxcd/source-controller',
    version: 'v1.7.0',
    sum: 'h1:/fBgS4CSmT5Jj/fjQDF92y+pC3gst1GJjgNSzY8Ff9I=',
    folder: 'config/crd/bases',
    files: ['source.toolkit.fluxcd.io_gitrepositories.yaml'],
  },
];

export const MODULE_FILES: readonly ModuleFiles[] = [
  ...CUSTOM_RESOURCES,
  OPERATOR_DEPLOYMENT,
  ADMISSION_WEBHOOK,
  PROMETHEUS_ACCOUNT,
];

/** Where the files are, once they are fetched. */
export function filesFolder({ module, version, folder }: ModuleFiles): string {
  return path.join(PROGRAMS_FOLDER, 'files', `${module}@${version}/${folder}`.replaceAll('/', '_'));
}
