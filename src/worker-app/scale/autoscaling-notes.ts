import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import type { WorkerAppSpec } from '../worker-app-spec.js';

/** Warnings about an autoscaler that may not be able to scale. */
export function autoscalingNotes(spec: WorkerAppSpec): FieldDiagnostic[] {
  const { autoscaling } = spec;
  if (autoscaling === undefined) return [];
  return [...withoutRequest(spec, autoscaling), ...featureGate(autoscaling)];
}

type Autoscaling = NonNullable<WorkerAppSpec['autoscaling']>;

/** A utilization is a share of the request. Kubernetes uses a limit as the request if there is none. */
function withoutRequest(
  { resources, container }: WorkerAppSpec,
  autoscaling: Autoscaling,
): FieldDiagnostic[] {
  const { requests, limits } = resources;
  return utilizations(autoscaling, container)
    .filter(({ resource }) => requests[resource] === undefined && limits[resource] === undefined)
    .map(({ resource, path }) => ({
      severity: 'warning',
      path,
      message: `a percentage of the requested ${resource}, and the container requests none: unless a LimitRange of the namespace sets a request, the autoscaler does not scale`,
      hint: `set resources.requests.${resource}`,
    }));
}

interface Utilization {
  readonly resource: string;
  readonly path: readonly (string | number)[];
}

/** The targets that are percentages of a request of the application's container. */
function utilizations({ cpu, memory, metrics = [] }: Autoscaling, container: string): Utilization[] {
  const ofKey = (resource: string, target: unknown) =>
    typeof target === 'number' ? [{ resource, path: ['autoscaling', resource] }] : [];
  return [
    ...ofKey('cpu', cpu),
    ...ofKey('memory', memory),
    ...metrics.flatMap(({ type, resource, containerResource }, i) => {
      const source = type === 'ContainerResource' ? containerResource : resource;
      const isOther = containerResource !== undefined && containerResource.container !== container;
      if (source?.target.averageUtilization === undefined || isOther) return [];
      return [{ resource: source.name, path: ['autoscaling', 'metrics', i] }];
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
