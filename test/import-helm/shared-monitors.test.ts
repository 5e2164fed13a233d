import type { Manifest } from '../../src/kubernetes/manifest.js';
import { deployment, SELECTOR, SERVICE } from './manifests.js';
import {
  web,
  service,
  only,
  monitor,
  scraped,
  imported,
  importedAs,
  workers,
  WORKER_PORTS,
  WEB,
} from './monitored-chart.js';

describe('an object that selects other pods too keeps the old name of the port beside the new one', () => {
  const OTHER = { app: 'api', release: 'prod' };
  const api = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'prod-api', namespace: 'shop' },
    spec: {
      selector: { matchLabels: OTHER },
      template: {
        metadata: { labels: OTHER },
        spec: { containers: [{ name: 'c', image: 'a/b:1', ports: [{ name: 'web', containerPort: 8000 }] }] },
      },
    },
  };
  const apiService = { ...SERVICE, metadata: { name: 'prod-api', namespace: 'shop', labels: OTHER }, spec: { ...SERVICE.spec, selector: OTHER } };
  const policy = (podSelector: object) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { podSelector, ingress: [{ ports: [{ port: 'web' }, { port: 9 }] }] },
  });
  const objectOf = (kind: string, ...objects: object[]) => {
    const { values } = importedAs('prod-shop', web(), SERVICE, ...objects);
    return (values['objects'] as Manifest[]).findLast((one) => one['kind'] === kind);
  };
  const BOTH = [{ port: 'web' }, { port: 'http' }, { port: 9 }];

  test.each([
    ['all pods', {}, BOTH],
    ['pods of another Deployment', { matchLabels: { release: 'prod' } }, BOTH],
    ['by an expression alone', { matchExpressions: [{ key: 'app', operator: 'Exists' }] }, BOTH],
    ['the web pods alone', { matchLabels: { app: 'shop' } }, [{ port: 'http' }, { port: 9 }]],
  ])('a NetworkPolicy for %s', (_, podSelector, ports) => {
    expect(objectOf('NetworkPolicy', api, policy(podSelector))).toMatchObject({ spec: { ingress: [{ ports }] } });
  });

  test('a PodMonitor', () => {
    const both = monitor('PodMonitor', [{ port: 'web', path: '/m' }], { selector: { matchLabels: { release: 'prod' } } }, { name: 'm' });
    expect(objectOf('PodMonitor', api, both)).toMatchObject({
      spec: { podMetricsEndpoints: [{ port: 'web', path: '/m' }, { port: 'http', path: '/m' }] },
    });
  });

  test('a ServiceMonitor', () => {
    const both = monitor('ServiceMonitor', [{ port: 'web' }], { selector: { matchLabels: { release: 'prod' } } }, { name: 'm' });
    expect(objectOf('ServiceMonitor', api, apiService, both)).toMatchObject({
      spec: { endpoints: [{ port: 'web' }, { port: 'http' }] },
    });
  });

  test('but a Service has its port by number', () => {
    const both = { ...SERVICE, metadata: { name: 'both', namespace: 'shop' }, spec: { ...SERVICE.spec, selector: { release: 'prod' } } };
    expect(objectOf('Service', api, both)).toMatchObject({ spec: { ports: [{ name: 'web', targetPort: 8000 }] } });
  });
}); // prettier-ignore

describe('a monitor of the workers that selects other Services too is divided', () => {
  const OTHER = { app: 'api', release: 'prod' };
  const endpoints = WORKER_PORTS.map(({ name }) => ({ port: name, interval: '10s' }));
  const wide = { selector: { matchLabels: { release: 'prod' } } };
  const other = (labels: object = OTHER) => ({
    ...(deployment({}, { ...workers(7001) }, { name: 'prod-api', labels }) as Manifest),
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ ...WEB(), ...workers(7001), name: 'api' }] },
      },
    },
  });
  const otherService = {
    ...SERVICE,
    metadata: { ...SERVICE.metadata, name: 'prod-api', labels: OTHER },
    spec: { selector: OTHER, ports: [...SERVICE.spec.ports, ...WORKER_PORTS] },
  };

  test.each([
    ['ServiceMonitor', 'prod-shop', 'prod-shop-others'],
    ['ServiceMonitor', 'workers', 'workers'],
    ['PodMonitor', 'prod-shop', 'prod-shop-others'],
  ])('a %s named %s', (kind, name, rest) => {
    const chart = [
      deployment({}, workers(9001)),
      service(WORKER_PORTS),
      other(),
      otherService,
      monitor(kind, endpoints, wide, { name }),
    ];
    const { problems, losses, manifests, warnings } = importedAs('prod-shop', ...chart);

    expect([problems, losses]).toEqual([[], []]);
    expect(scraped(manifests)).toEqual(scraped(chart as Manifest[]));
    expect(scraped(manifests)).toHaveLength(6);
    expect(warnings.map(({ message }) => message)).toContainEqual(
      expect.stringContaining(`too: ${kind} shop/${rest} in objects is for them`),
    );
  });

  test('one that selects only the Service of the workers is not', () => {
    const { values } = importedAs(
      'prod-shop',
      deployment({}, workers(9001)),
      service(WORKER_PORTS),
      other(),
      otherService,
      monitor('ServiceMonitor', endpoints),
    );
    expect((values['objects'] as Manifest[]).map(({ kind }) => kind)).toEqual(['Deployment', 'Service']);
  });
});

test('objects that name the port of the application name the new one', () => {
  const policy = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { podSelector: { matchLabels: SELECTOR }, ingress: [{ ports: [{ port: 'web' }] }] },
  };
  const backend = { service: { name: 'prod-shop', port: { name: 'web' } } };
  const ingress = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'admin', namespace: 'shop' },
    spec: {
      rules: [{ host: 'a.example.com', http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }],
    },
  };
  const canary = only({ ...SERVICE, metadata: { name: 'canary', namespace: 'shop' } }, [
    { name: 'web', port: 80, targetPort: 'web' },
  ]);

  const { problems, values } = imported(web(), SERVICE, canary, policy, ingress);

  expect(problems).toEqual([]);
  expect(JSON.stringify(values['objects'])).not.toContain('"targetPort":"web"');
  expect(values['objects']).toMatchObject([
    { spec: { ports: [{ name: 'web', targetPort: 'http' }] } },
    { spec: { ingress: [{ ports: [{ port: 'http' }] }] } },
    { spec: { rules: [{ http: { paths: [{ backend: { service: { port: { name: 'http' } } } }] } }] } },
  ]);
});
