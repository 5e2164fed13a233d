import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import { at } from '../../kubernetes/manifest.js';
import { containerEntries } from '../containers/container-entries.js';
import type { DeploymentSpec } from '../pod-values.js';

/** Warnings about an autoscaler that may not be able to scale. */
export function autoscalingNotes(spec: DeploymentSpec): FieldDiagnostic[] {
  const { autoscaling } = spec;
  if (autoscaling === undefined) return [];
  return [...withoutRequest(spec, autoscaling), ...featureGate(autoscaling)];
}

type Autoscaling = NonNullable<DeploymentSpec['autoscaling']>;

/**
 * A utilization is a share of the requests of all containers of a pod, or of one of them. Kubernetes uses a limit as the
 * request if there is none, and does not scale while one container requests nothing (calculatePodRequests of the controller).
 */
function withoutRequest(spec: DeploymentSpec, autoscaling: Autoscaling): FieldDiagnostic[] {
  const containers = runningContainers(spec);
  return utilizations(autoscaling).flatMap(({ resource, path, container }) => {
    const counted = containers.filter(({ name }) => container === undefined || name === container);
    return counted
      .filter(({ resources }) => !requests(resources, resource))
      .map(({ key, title }): FieldDiagnostic => {
        const ofAll = container === undefined && containers.length > 1 ? ' of all containers' : '';
        return {
          severity: 'warning',
          path,
          message: `a percentage of the requested ${resource}${ofAll}, and ${title} requests none: unless a LimitRange of the namespace sets a request, the autoscaler does not scale`,
          hint: `set ${key}.requests.${resource}${ofAll && `, or an amount such as ${AMOUNTS[resource] ?? ''}`}`,
        };
      });
  });
}

const AMOUNTS: Readonly<Record<string, string>> = { cpu: 'cpu: 500m', memory: 'memory: 512Mi' };

function requests(resources: unknown, resource: string): boolean {
  return ['requests', 'limits'].some((field) => (at(resources, field, resource) ?? undefined) !== undefined);
}

/** The containers that run as long as the pod, with the key of their resources. */
function runningContainers(spec: DeploymentSpec) {
  return [
    { name: spec.container, resources: spec.resources, key: 'resources', title: 'the container' },
    ...containerEntries(spec)
      .filter(({ ends }) => !ends)
      .map(({ name, path, container: { resources } }) => {
        const title = path.join('.');
        return { name, resources, key: `${title}.resources`, title };
      }),
  ];
}

interface Utilization {
  readonly resource: string;
  readonly path: readonly (string | number)[];
  /** @default - all containers of the pod together */
  readonly container?: string | undefined;
}

/** The targets that are percentages of a request. */
function utilizations({ cpu, memory, metrics = [] }: Autoscaling): Utilization[] {
  const ofKey = (resource: string, target: unknown) =>
    typeof target === 'number' ? [{ resource, path: ['autoscaling', resource] }] : [];
  return [
    ...ofKey('cpu', cpu),
    ...ofKey('memory', memory),
    ...metrics.flatMap(({ type, resource, containerResource }, i) => {
      const isOfOne = type === 'ContainerResource';
      const source = isOfOne ? containerResource : resource;
      if (source?.target.averageUtilization === undefined) return [];
      const container = isOfOne ? containerResource?.container : undefined;
      return [{ resource: source.name, path: ['autoscaling', 'metrics', i], container }];
    }),
  ];
}

function featureGate({ minReplicas }: Autoscaling): FieldDiagnostic[] {
  if (minReplicas > 0) return [];
  return [
    {
      severity: 'warning',
      path: ['autoscaling', 'minReplicas'],
      message: 'the API server refuses 0 unless its feature gate HPAScaleToZero is on',
      hint: 'set 1, or leave the pods to KEDA with replicas: null',
    },
  ];
}
