import { isMap } from '../../kubernetes/manifest.js';
import { isEmpty } from '../draft.js';
import type { ObjectField } from '../release-object.js';
import { isServerDefault } from '../server-defaults.js';
import type { Carrying } from './carry.js';

/** Fields of pods that have a key of the same name and form. */
const PODS = [
  'nodeSelector',
  'tolerations',
  'affinity',
  'topologySpreadConstraints',
  'priorityClassName',
  'runtimeClassName',
  'schedulerName',
  'hostAliases',
  'dnsPolicy',
  'dnsConfig',
  'terminationGracePeriodSeconds',
];

/** Fields of pods that other keys carry over, or that the templates of all Deployments have. */
const ELSEWHERE = new Set([
  ...PODS,
  'automountServiceAccountToken',
  'containers',
  'imagePullSecrets',
  'initContainers',
  'restartPolicy',
  'securityContext',
  'serviceAccount',
  'serviceAccountName',
  'volumes',
]);

const CONTAINERS = ['command', 'args'];

const CONTAINER_ELSEWHERE = new Set([
  ...CONTAINERS,
  'env',
  'envFrom',
  'image',
  'imagePullPolicy',
  'lifecycle',
  'livenessProbe',
  'name',
  'ports',
  'readinessProbe',
  'resources',
  'securityContext',
  'startupProbe',
  'volumeMounts',
]);

const DEPLOYMENTS = ['minReadySeconds', 'progressDeadlineSeconds', 'revisionHistoryLimit'];

/** Fields in Kubernetes' own form. */
export function carryPods({ release: { deployment, pod, container, autoscaler }, draft }: Carrying): void {
  if (autoscaler === undefined) draft.copy(['replicas'], deployment.at('spec', 'replicas'));
  const strategy = deployment.at('spec', 'strategy');
  if (!isServerDefault('spec.strategy', strategy.value)) draft.copy(['strategy'], strategy);
  for (const field of DEPLOYMENTS) draft.copy([field], deployment.at('spec', field));
  for (const field of PODS) draft.copy([field], pod.at(field));
  for (const field of CONTAINERS) draft.copy([field], container.at(field));
  const secrets = pod.at('imagePullSecrets');
  if (secrets.items.length > 0)
    draft.put(
      ['imagePullSecrets'],
      secrets.items.map(({ value, map }) => (isMap(value) ? map['name'] : value)),
      secrets,
    );
  copyOthers('podSpec', pod, ELSEWHERE);
  copyOthers('containerSpec', container, CONTAINER_ELSEWHERE);

  function copyOthers(key: string, fields: ObjectField, elsewhere: ReadonlySet<string>): void {
    for (const field of Object.keys(fields.map))
      if (!elsewhere.has(field) && !isEmpty(fields.map[field])) draft.copy([key, field], fields.at(field));
  }
}
