import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { statefulStorage } from '../../kubernetes/stateful-storage.js';
import { prometheusPod } from './prometheus-pod.js';
import type { PrometheusServerSpec } from './prometheus-server-spec.js';
import { DATA_VOLUME } from './prometheus-volumes.js';
import { PlainObject } from '../../kubernetes/plain-object.js';

interface Pods {
  readonly spec: PrometheusServerSpec;
  /** Name of the headless Service that gives each pod its DNS name. */
  readonly podsService: string;
  /** The pods restart when one of them changes. */
  readonly annotations: Readonly<Record<string, string>>;
}

/** Adds the StatefulSet of a PrometheusServer. */
export function prometheusStatefulSet(
  scope: Construct,
  id: string,
  { spec, podsService, annotations }: Pods,
): ApiObject {
  const { name, namespace, labels, selector, replicas } = spec;
  const storage = statefulStorage(DATA_VOLUME, selector, spec.storage);
  const pod = prometheusPod(spec);
  return new PlainObject(scope, id, {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name, namespace, labels: { ...labels } },
    spec: {
      replicas,
      serviceName: podsService,
      podManagementPolicy: 'Parallel',
      updateStrategy: { type: 'RollingUpdate' },
      revisionHistoryLimit: 10,
      selector: { matchLabels: selector },
      template: {
        metadata: { labels, annotations },
        spec: { ...pod, volumes: [...storage.volumes, ...(pod.volumes ?? [])] },
      },
      volumeClaimTemplates: storage.volumeClaimTemplates,
    },
  });
}
