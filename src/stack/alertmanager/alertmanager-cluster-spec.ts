import { appLabels, type AppLabels } from '../../kubernetes/app-labels.js';
import { releaseOf } from '../../kubernetes/image-reference.js';
import type { PodSelection } from '../../kubernetes/pod-selection.js';
import { resourcesOver, type ResolvedResources } from '../../kubernetes/resources.js';
import { PrometheusDuration } from '../../prometheus/prometheus-duration.js';
import type { AlertmanagerClusterProps } from './alertmanager-cluster-props.js';
import { AlertmanagerPeers, OPERATED_SERVICE, peersService } from './alertmanager-peers.js';
import { DEFAULT_REQUESTS, defaultLabel, defaultLimits, DEFAULTS } from './defaults.js';

/** An AlertmanagerCluster with every default in place and every fact derived. */
export interface AlertmanagerClusterSpec
  extends AppLabels, Omit<AlertmanagerClusterProps, 'peers' | 'resources' | 'instance' | 'version'> {
  readonly namespace: string;
  readonly form: 'standalone' | 'operator';
  readonly peers: AlertmanagerPeers;
  readonly image: string;
  /** `v0.34.2`; undefined where neither the props nor the image's tag say it. */
  readonly version: string | undefined;
  readonly label: string;
  readonly secrets: readonly string[];
  /** As Go writes it: the operator and Alertmanager know fewer units than Prometheus. */
  readonly retention: string;
  readonly spread: 'preferred' | 'required';
  readonly clients: readonly PodSelection[];
  readonly resources: ResolvedResources;
}

/** @param props props without problems (see `alertmanagerClusterProblems`) */
export function resolveAlertmanagerCluster(props: AlertmanagerClusterProps): AlertmanagerClusterSpec {
  const { name, namespace = DEFAULTS.namespace, form = DEFAULTS.form, image = DEFAULTS.image } = props;
  const place = { service: peersService(name), namespace };
  const pods =
    form === 'operator'
      ? { statefulSet: `alertmanager-${name}`, governingService: OPERATED_SERVICE }
      : { statefulSet: name };
  return {
    ...props,
    ...appLabels({ ...props, image }),
    namespace,
    form,
    image,
    version: props.version ?? versionOf(image),
    peers: AlertmanagerPeers.numbered(props.peers, { ...place, ...pods }),
    label: props.label ?? defaultLabel(namespace, name),
    secrets: props.secrets ?? [],
    retention: PrometheusDuration.parse(props.retention ?? DEFAULTS.retention).toGo(),
    spread: props.spread ?? DEFAULTS.spread,
    clients: props.clients ?? DEFAULTS.clients,
    resources: resourcesOver(DEFAULT_REQUESTS, defaultLimits, props.resources),
  };
}

function versionOf(image: string): string | undefined {
  const release = releaseOf(image);
  return release && `v${release.join('.')}`;
}
