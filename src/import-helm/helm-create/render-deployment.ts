import { scalarText } from '../../diagnostics/scalar-text.js';
import { isMap } from '../../kubernetes/manifest.js';
import { DEFAULT_PORT } from '../http-port.js';
import { type Chart, numberOf } from './chart.js';
import { CONFIG, setEnv } from './render-env.js';
import { setAccount } from './render-account.js';
import { isAutoscaled } from './render-scale.js';
import type { HelmPath } from './helm-values.js';
import type { RenderedObject } from './rendered-object.js';

const TEMPLATE = ['spec', 'template'];
const POD = [...TEMPLATE, 'spec'];
const CONTAINER = [...POD, 'containers', 0];

/** Fields of the Deployment, and the Helm values that charts set them by: the first that is set counts. */
const DEPLOYMENT: Readonly<Record<string, readonly HelmPath[]>> = {
  strategy: [['strategy'], ['updateStrategy'], ['deploymentStrategy']],
  minReadySeconds: [['minReadySeconds']],
  progressDeadlineSeconds: [['progressDeadlineSeconds']],
  revisionHistoryLimit: [['revisionHistoryLimit']],
};

const PODS: Readonly<Record<string, readonly HelmPath[]>> = {
  affinity: [['affinity']],
  dnsConfig: [['dnsConfig']],
  dnsPolicy: [['dnsPolicy']],
  hostAliases: [['hostAliases']],
  hostNetwork: [['hostNetwork']],
  imagePullSecrets: [['imagePullSecrets'], ['image', 'pullSecrets']],
  initContainers: [['initContainers'], ['extraInitContainers']],
  nodeSelector: [['nodeSelector']],
  priorityClassName: [['priorityClassName']],
  runtimeClassName: [['runtimeClassName']],
  schedulerName: [['schedulerName']],
  securityContext: [['podSecurityContext']],
  shareProcessNamespace: [['shareProcessNamespace']],
  terminationGracePeriodSeconds: [['terminationGracePeriodSeconds']],
  tolerations: [['tolerations']],
  topologySpreadConstraints: [['topologySpreadConstraints']],
  volumes: [['volumes'], ['extraVolumes']],
};

const CONTAINERS: Readonly<Record<string, readonly HelmPath[]>> = {
  args: [['args']],
  command: [['command']],
  envFrom: [['envFrom'], ['extraEnvFrom']],
  imagePullPolicy: [['image', 'pullPolicy'], ['imagePullPolicy']],
  lifecycle: [['lifecycle'], ['lifecycleHooks']],
  resources: [['resources']],
  securityContext: [['securityContext'], ['containerSecurityContext']],
  volumeMounts: [['volumeMounts'], ['extraVolumeMounts']],
};

const LISTS = new Set([
  'args',
  'command',
  'envFrom',
  'hostAliases',
  'imagePullSecrets',
  'initContainers',
  'tolerations',
  'topologySpreadConstraints',
  'volumeMounts',
  'volumes',
]);
const MAPS = new Set([
  'affinity',
  'dnsConfig',
  'lifecycle',
  'nodeSelector',
  'resources',
  'securityContext',
  'strategy',
]);

/** Whether a template can copy a value into a field. Charts have other values of the same name, too. */
function fits(field: string, value: unknown): boolean {
  if (LISTS.has(field)) return Array.isArray(value);
  return MAPS.has(field) ? isMap(value) : true;
}

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'];
const HANDLERS = ['httpGet', 'tcpSocket', 'exec', 'grpc'];

/** The Deployment and its pods. */
export function renderDeployment(chart: Chart): RenderedObject {
  const deployment = chart.object('apps/v1', 'Deployment');
  const fill = (at: readonly (string | number)[], fields: Readonly<Record<string, readonly HelmPath[]>>) => {
    for (const [field, paths] of Object.entries(fields))
      chart.fill(
        deployment,
        [...at, field],
        paths.filter((path) => fits(field, chart.helm.peek(path))),
      );
  };
  if (isAutoscaled(chart))
    chart.helm.take(['replicaCount']); // not used then
  else chart.fill(deployment, ['spec', 'replicas'], [['replicaCount'], ['replicas']], numberOf);
  deployment.set(['spec', 'selector', 'matchLabels'], chart.selector);
  fill(['spec'], DEPLOYMENT);
  chart.fill(deployment, [...TEMPLATE, 'metadata', 'annotations'], [['podAnnotations']]);
  setPodLabels(chart, deployment);
  setAccount(chart, deployment, POD);
  fill(POD, PODS);
  setContainer(chart, deployment);
  fill(CONTAINER, CONTAINERS);
  for (const probe of PROBES)
    if (HANDLERS.some((handler) => chart.helm.peek([probe, handler]) !== undefined))
      chart.fill(deployment, [...CONTAINER, probe], [[probe]]);
  for (const path of [['extraContainers'], ['sidecars']]) addContainers(chart, deployment, path);
  return deployment;
}

function setPodLabels(chart: Chart, deployment: RenderedObject): void {
  const labels = [...TEMPLATE, 'metadata', 'labels'];
  deployment.set(labels, { ...chart.selector });
  for (const [name, value] of Object.entries(chart.map(['podLabels'])))
    deployment.set([...labels, name], value, ['podLabels', name]);
  chart.helm.take(['podLabels']);
}

function setContainer(chart: Chart, deployment: RenderedObject): void {
  const { helm, facts } = chart;
  deployment.set([...CONTAINER, 'name'], facts.container ?? facts.chart?.name ?? 'app');
  setImage(chart, deployment);
  deployment.set([...CONTAINER, 'ports', 0, 'name'], 'http');
  const port = [...CONTAINER, 'ports', 0, 'containerPort'];
  const ports: HelmPath[] = [['service', 'targetPort'], ['service', 'containerPort'], ['containerPort']];
  const from = ports.find((path) => typeof numberOf(helm.peek(path)) === 'number');
  // In `helm create`, the container has the port of the Service. Charts with `env.config` set it in the template.
  const ofService = helm.peek(CONFIG) === undefined ? helm.valueAt(['service', 'port']) : undefined;
  if (from !== undefined) deployment.set(port, numberOf(helm.take(from)), from);
  else if (ofService !== undefined) deployment.set(port, numberOf(ofService), ['service', 'port']);
  else deployment.set(port, DEFAULT_PORT);
  if (facts.httpPort !== undefined) deployment.set(port, facts.httpPort);
  setEnv(chart, deployment, CONTAINER);
}

function setImage({ helm, facts }: Chart, deployment: RenderedObject): void {
  const image = [...CONTAINER, 'image'];
  if (typeof helm.peek(['image']) === 'string') {
    deployment.set(image, helm.take(['image']), ['image']);
    return;
  }
  const repository = helm.take(['image', 'repository']);
  if (repository === undefined) return;
  const registry = helm.take(['image', 'registry']);
  const tag = helm.take(['image', 'tag']) ?? facts.chart?.appVersion;
  const digest = helm.take(['image', 'digest']);
  const parts = [
    registry === undefined ? '' : `${scalarText(registry)}/`,
    scalarText(repository),
    tag === undefined ? '' : `:${scalarText(tag)}`,
    digest === undefined ? '' : `@${scalarText(digest)}`,
  ];
  deployment.set(image, parts.join(''), ['image', 'repository']);
}

/** Containers beside the application's. */
function addContainers(chart: Chart, deployment: RenderedObject, path: HelmPath): void {
  const given = chart.helm.peek(path);
  if (!Array.isArray(given) || !given.every(isMap)) return;
  const containers = (deployment.manifest['spec'] as { template: { spec: { containers: unknown[] } } })
    .template.spec.containers;
  for (const [i, container] of given.entries())
    deployment.set([...POD, 'containers', containers.length], container, [...path, i]);
  chart.helm.take(path);
}
