import { appLabels, type AppLabels } from '../../kubernetes/app-labels.js';
import { branchName } from '../../kubernetes/git-reference.js';
import type { PodSelection } from '../../kubernetes/pod-selection.js';
import { PROMETHEUS_COMPONENT } from '../../kubernetes/prometheus-pods.js';
import { resourcesOver, type ResolvedResources } from '../../kubernetes/resources.js';
import { DEFAULT_REQUESTS, defaultLimits, DEFAULTS, GIT_LIMITS, GIT_REQUESTS } from './defaults.js';
import type { PrometheusDecrypt, PrometheusGit, PrometheusServerProps } from './prometheus-server-props.js';

type Given<Props, Key extends keyof Props> = Props & Required<Pick<Props, Key>>;

/** A PrometheusServer with every default in place and every fact derived. */
export interface PrometheusServerSpec
  extends AppLabels, Omit<PrometheusServerProps, 'resources' | 'instance' | 'git' | 'decrypt'> {
  readonly namespace: string;
  readonly image: string;
  readonly replicas: number;
  readonly git: Given<Omit<PrometheusGit, 'resources'>, 'file' | 'period' | 'image'> & {
    readonly resources: ResolvedResources;
  };
  readonly decrypt?: Given<PrometheusDecrypt, 'image'>;
  readonly retention: { readonly time: string; readonly size?: string };
  readonly resources: ResolvedResources;
  readonly externalLabels: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
  readonly discovery: NonNullable<PrometheusServerProps['discovery']>;
  readonly spread: 'preferred' | 'required';
  readonly clients: readonly PodSelection[];
}

/** @param props props without problems (see `prometheusServerProblems`) */
export function resolvePrometheusServer(props: PrometheusServerProps): PrometheusServerSpec {
  const { namespace = DEFAULTS.namespace, image = DEFAULTS.image } = props;
  return {
    ...props,
    ...appLabels({ ...props, image, labels: PROMETHEUS_COMPONENT }),
    namespace,
    image,
    replicas: props.replicas ?? DEFAULTS.replicas,
    git: resolveGit(props.git),
    decrypt: props.decrypt && { ...DEFAULTS.decrypt, ...props.decrypt },
    retention: { ...DEFAULTS.retention, ...props.retention },
    resources: resourcesOver(DEFAULT_REQUESTS, defaultLimits, props.resources),
    externalLabels: props.externalLabels ?? {},
    secrets: props.secrets ?? [],
    discovery: props.discovery ?? { namespaces: [namespace] },
    spread: props.spread ?? DEFAULTS.spread,
    clients: props.clients ?? DEFAULTS.clients,
  };
}

function resolveGit(git: PrometheusGit): PrometheusServerSpec['git'] {
  return {
    ...DEFAULTS.git,
    ...git,
    branch: branchName(git.branch),
    resources: resourcesOver(GIT_REQUESTS, () => GIT_LIMITS, git.resources),
  };
}
