import { instance, namespace } from '../../schema/kubernetes-keys.js';
import { alerts } from '../alerts/alerts-keys.js';
import { metrics } from '../scraping/metrics-keys.js';
import { serviceWindows } from '../service-windows/service-windows-key.js';
import { gunicorn } from '../gunicorn/gunicorn-keys.js';
import { args, command } from './command.js';
import { autoscaling } from '../scale/autoscaling-key.js';
import { podDisruptionBudget } from '../scale/disruption-budget-key.js';
import { topologySpreadConstraints } from '../scale/spread-key.js';
import { container } from './container.js';
import { dashboard } from './dashboard.js';
import { env } from './env.js';
import { envFrom } from './env-from.js';
import { http } from './http.js';
import { image } from './image.js';
import { imagePullPolicy } from './image-pull-policy.js';
import { labels } from './labels.js';
import { name } from './name.js';
import { priorityClassName } from './priority-class-name.js';
import { probes } from './probes.js';
import { replicas } from './replicas.js';
import { resources } from './resources.js';
import { runAsUser } from './run-as-user.js';
import { affinity } from './affinity.js';
import { dnsConfig, dnsPolicy } from './dns.js';
import { hostAliases } from './host-aliases.js';
import { nodeSelector } from './node-selector.js';
import { runtimeClassName } from './runtime-class-name.js';
import { schedulerName } from './scheduler-name.js';
import { tolerations } from './tolerations.js';
import { annotations, podAnnotations } from './annotations.js';
import { imagePullSecrets } from './image-pull-secrets.js';
import { lifecycle, terminationGracePeriodSeconds } from './lifecycle.js';
import { podLabels } from './pod-labels.js';
import { minReadySeconds, progressDeadlineSeconds, revisionHistoryLimit, strategy } from './rollout.js';
import { containerSecurityContext, podSecurityContext } from './security-context.js';
import { selectorLabels } from './selector-labels.js';
import { containerSpec, podSpec } from './other-fields.js';
import { serviceAccount } from './service-account.js';
import { httpRoute } from '../network/http-route-key.js';
import { ingress } from '../network/ingress-key.js';
import { networkPolicy } from '../network/network-policy-key.js';
import { service } from '../network/service-key.js';
import { ports } from '../ports/ports-key.js';
import { initContainers, sidecars } from '../containers/containers-keys.js';
import { files } from '../volumes/files-key.js';
import { volumes } from '../volumes/volumes-key.js';
import { workers } from './workers.js';

/** The keys of a WorkerApp about its web pods, and those that its processes and jobs inherit, in the order of the documentation. */
export const APPLICATION_KEYS = {
  name,
  instance,
  namespace,
  labels,
  annotations,
  podLabels,
  podAnnotations,
  selectorLabels,
  image,
  imagePullPolicy,
  imagePullSecrets,
  container,
  serviceAccount,
  runAsUser,
  podSecurityContext,
  containerSecurityContext,
  autoscaling,
  replicas,
  podDisruptionBudget,
  workers,
  ingress,
  httpRoute,
  http,
  ports,
  probes,
  service,
  networkPolicy,
  metrics,
  gunicorn,
  alerts,
  dashboard,
  serviceWindows,
  command,
  args,
  env,
  envFrom,
  resources,
  volumes,
  files,
  initContainers,
  sidecars,
  lifecycle,
  terminationGracePeriodSeconds,
  strategy,
  minReadySeconds,
  progressDeadlineSeconds,
  revisionHistoryLimit,
  nodeSelector,
  tolerations,
  affinity,
  topologySpreadConstraints,
  priorityClassName,
  runtimeClassName,
  schedulerName,
  hostAliases,
  dnsPolicy,
  dnsConfig,
  podSpec,
  containerSpec,
};
