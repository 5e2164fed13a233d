import { checkManifests } from '../../../src/checks/check-manifests.js';
import { at, mapAt, type Manifest } from '../../../src/kubernetes/manifest.js';
import type { WorkerAppProps } from '../../../src/worker-app/worker-app-props.js';
import type { Loose } from '../../manifests-of.js';
import { diagnosticsOf } from '../../diagnostics-of.js';
import { WORKER, BEAT, objects } from './process-objects.js';

/** Every selector of an object, and the kind of object. */
function selectorsIn(all: readonly Manifest[]): { of: string; labels: object }[] {
  return all.flatMap((one) => {
    const { kind, metadata } = one as Loose;
    const labels = mapAt(one, 'spec', 'selector');
    const given = kind === 'Service' ? labels : mapAt(labels, 'matchLabels');
    const pods = kind === 'NetworkPolicy' ? mapAt(one, 'spec', 'podSelector', 'matchLabels') : given;
    return Object.keys(pods).length > 0 ? [{ of: `${kind} ${metadata.name}`, labels: pods }] : [];
  });
}

const MANY: Partial<WorkerAppProps> = {
  replicas: 2,
  networkPolicy: true,
  metrics: { service: 'headless' },
  processes: {
    worker: { ...WORKER, replicas: 2, metrics: { port: 9540 }, autoscaling: undefined },
    flower: { command: ['celery', 'flower'], ports: { http: 5555 } },
    beat: BEAT,
  },
};

describe('whose pods each object selects', () => {
  test.each([
    ['by default', MANY],
    ['with a PodMonitor', { ...MANY, metrics: { monitor: 'PodMonitor' } }],
    ['with selector labels of a chart', { ...MANY, selectorLabels: { app: 'shop', release: 'a' } }],
  ] as [string, Partial<WorkerAppProps>][])('its own alone, for all pairs: %s', (_, props) => {
    const { all } = objects(props);
    const deployments = all.filter(({ kind }) => kind === 'Deployment');
    expect(deployments).toHaveLength(4);
    for (const { of, labels } of selectorsIn(all)) {
      const isMonitorOfServices = of.startsWith('ServiceMonitor');
      const candidates = isMonitorOfServices ? all.filter(({ kind }) => kind === 'Service') : deployments;
      const taken = candidates.filter((one) => {
        const own = isMonitorOfServices ? mapAt(one, 'metadata', 'labels') : mapAt(one, 'spec', 'template', 'metadata', 'labels');
        return Object.entries(labels).every(([name, value]) => at(own, name) === value);
      });
      const expected = of.split(' ')[1]?.replace(/-metrics$/, '');
      const names = taken.map(({ metadata }) => metadata.name.replace(/-metrics$/, ''));
      expect([of, [...new Set(names)]]).toEqual([of, [expected]]);
    }
  }); // prettier-ignore

  test('the checks of the finished objects find nothing', () => {
    expect(checkManifests(objects(MANY).all).map(({ message }) => message)).toEqual([]);
  });

  test.each([
    [
      'labels that all objects have are the selector of the web pods',
      { labels: { app: 'shop' }, selectorLabels: { app: 'shop' }, processes: { worker: WORKER } },
      'error: processes.worker: the pods of process worker have the labels by which the web pods are selected (app: shop); set processes.worker.podLabels: { app: shop-worker }',
    ],
    [
      'the web pods are selected by the instance alone',
      { selectorLabels: { 'app.kubernetes.io/instance': 'shop' }, processes: { worker: WORKER } },
      'error: processes.worker: the pods of process worker have the labels by which the web pods are selected (app.kubernetes.io/instance: shop); set processes.worker.selectorLabels: { app.kubernetes.io/name: shop-worker } and podLabels: { app.kubernetes.io/instance: shop-worker }',
    ],
    [
      'a process selects the web pods',
      { processes: { worker: { ...WORKER, selectorLabels: { 'app.kubernetes.io/instance': 'shop' } } } },
      'error: processes.worker: the web pods have the labels by which the pods of process worker are selected (app.kubernetes.io/instance: shop); set processes.worker.selectorLabels to labels that only its pods have',
    ],
    [
      'a process selects the web pods, and its pods are selected with them',
      { processes: { y: { command: ['x'], selectorLabels: { 'app.kubernetes.io/name': 'shop' } } } },
      'error: processes.y: the pods of process y have the labels by which the web pods are selected (app.kubernetes.io/name: shop, app.kubernetes.io/instance: shop); set processes.y.selectorLabels: { app.kubernetes.io/name: shop-y }',
    ],
    [
      'both are selected by the name of the web pods',
      {
        selectorLabels: { 'app.kubernetes.io/name': 'shop' },
        processes: { y: { command: ['x'], selectorLabels: { 'app.kubernetes.io/name': 'shop' } } },
      },
      'error: processes.y: the pods of process y have the labels by which the web pods are selected (app.kubernetes.io/name: shop); set processes.y.selectorLabels: { app.kubernetes.io/name: shop-y }',
    ],
  ] as [string, object, string][])('refuses it where %s, and the hint helps', (_, props, message) => {
    expect(diagnosticsOf(props as never)).toEqual([message]);
  });

  test('the labels of that hint are accepted', () => {
    const process = {
      ...WORKER,
      selectorLabels: { 'app.kubernetes.io/name': 'shop-worker' },
      podLabels: { 'app.kubernetes.io/instance': 'shop-worker' },
    };
    expect(
      diagnosticsOf({
        selectorLabels: { 'app.kubernetes.io/instance': 'shop' },
        processes: { worker: process },
      }),
    ).toEqual([]);
  });

  test('the labels of the hint for a process that selects the web pods are accepted', () => {
    const selectorLabels = { 'app.kubernetes.io/name': 'shop-y' };
    expect(diagnosticsOf({ processes: { y: { command: ['x'], selectorLabels } } })).toEqual([]);
  });
});
