import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import fc from 'fast-check';
import { formatDiagnostic, placed } from '../../src/diagnostics/diagnostic.js';
import { WorkerApp } from '../../src/worker-app/worker-app.js';
import type { WorkerAppProps } from '../../src/worker-app/worker-app-props.js';
import type { Loose } from '../manifests-of.js';
import { runs } from '../runs.js';

const SHOP = { name: 'shop', namespace: 'web', image: 'example.com/shop:v1', workers: 2 };
const DEPLOYMENT = { kind: 'Deployment', name: 'shop' };
const FEATURES = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'features' }, data: { a: '1' } };

function shop(props: Partial<WorkerAppProps>, chart = new Chart(new App(), 'chart')): WorkerApp {
  return new WorkerApp(chart, 'app', { ...SHOP, ...props });
}

function manifestsOf(app: WorkerApp): Loose[] {
  return app.node
    .findAll()
    .filter(ApiObject.isApiObject)
    .map((object) => object.toJson());
}

function objectOf(props: Partial<WorkerAppProps>, kind: string, name = 'shop'): Loose {
  return manifestsOf(shop(props)).find((one: Loose) => one.kind === kind && one.metadata.name === name);
}

const diagnosticsOf = (app: WorkerApp) =>
  (app.userObjects?.diagnostics ?? []).map(
    (found) => `${found.severity ?? 'error'}: ${formatDiagnostic(placed(found, {}))}`,
  );

describe('a patch', () => {
  test('merges maps, replaces other values, and removes by null', () => {
    const merge = { spec: { replicas: null, minReadySeconds: 9, template: { spec: { hostNetwork: true } } } };
    const { spec } = objectOf({ patches: [{ target: DEPLOYMENT, merge }] }, 'Deployment');
    expect(spec).not.toHaveProperty('replicas');
    expect(spec).toMatchObject({
      minReadySeconds: 9,
      revisionHistoryLimit: 10,
      template: { spec: { hostNetwork: true } },
    });
  });

  test('may be a JSON Patch, and the next patch sees its result', () => {
    const container = '/spec/template/spec/containers';
    const patches = [
      { target: DEPLOYMENT, json: [{ op: 'add', path: `${container}/-`, value: { name: 'proxy' } }] },
      { target: DEPLOYMENT, json: [{ op: 'replace', path: `${container}/1/name`, value: 'sql' }] },
    ] as const;
    expect(objectOf({ patches }, 'Deployment').spec.template.spec.containers[1]).toEqual({ name: 'sql' });
  });

  test.each([
    [
      'labels',
      (app: WorkerApp) => app.deployment.metadata.addLabel('late', 'x'),
      { metadata: { labels: { late: 'x' } } },
    ],
    [
      'JSON patches',
      (app: WorkerApp) => app.deployment.addJsonPatch(JsonPatch.add('/spec/paused', true)),
      { spec: { paused: true } },
    ],
  ])('keeps %s that TypeScript adds after it', (_, add, expected) => {
    const app = shop({ patches: [{ target: DEPLOYMENT, merge: { spec: { minReadySeconds: 9 } } }] });
    add(app);
    expect(app.deployment.toJson()).toMatchObject({
      ...expected,
      spec: { minReadySeconds: 9, ...(expected as Loose).spec },
    });
  });

  test('that comes later in TypeScript wins', () => {
    const app = shop({ patches: [{ target: DEPLOYMENT, merge: { spec: { minReadySeconds: 9 } } }] });
    app.deployment.addJsonPatch(JsonPatch.replace('/spec/minReadySeconds', 1));
    expect(app.deployment.toJson()).toMatchObject({ spec: { minReadySeconds: 1 } });
  });

  test.each([
    [{ op: 'remove', path: '/spec/nothing' }, 'there is no field /spec/nothing'],
    [{ op: 'replace', path: '/spec/replicas/x', value: 1 }, 'there is no field /spec/replicas/x'],
    [{ op: 'add', path: '/spec/a/b', value: 1 }, 'there is no map or list around /spec/a/b; add that first'],
    [
      { op: 'add', path: '/spec/template/spec/containers/9', value: {} },
      '/spec/template/spec/containers/9 is in a list; end it with the number of an item, from 0, or with "-" for the end of the list',
    ],
    [{ op: 'test', path: '/spec/replicas', value: 7 }, 'the value at /spec/replicas is another one'],
    [{ op: 'copy', from: '/spec/x', path: '/spec/y' }, 'there is no field /spec/x'],
    [{ op: 'add', path: '/__proto__/x', value: 1 }, '/__proto__/x cannot be patched'],
  ] as const)('that cannot be applied is refused: %j', (operation, reason) => {
    const first = { op: 'test', path: '/kind', value: 'Deployment' } as const;
    expect(() => shop({ patches: [{ target: DEPLOYMENT, json: [first, operation] }] })).toThrow(
      `WorkerApp chart/app: patches[0].json[1]: cannot be applied to Deployment web/shop: ${reason}`,
    );
  });

  test('without a target is refused, and the nearest object is named', () => {
    expect(() => shop({ patches: [{ target: { kind: 'Deploymnet', name: 'shop' }, merge: {} }] })).toThrow(
      'patches[0].target: there is no Deploymnet shop; known are Deployment shop, Service shop, ServiceMonitor shop; did you mean "Deployment shop"?',
    );
  });

  test('that changes nothing is a warning', () => {
    expect(
      diagnosticsOf(shop({ patches: [{ target: DEPLOYMENT, merge: { spec: { replicas: 1 } } }] })),
    ).toEqual(['warning: patches[0]: changes nothing in Deployment web/shop; remove it']);
  });

  test.each([
    [
      DEPLOYMENT,
      [{ op: 'remove', path: '/spec/template/spec/containers/0/ports/2' }],
      'the port metrics-2 of container app of Deployment web/shop',
    ],
    [
      { kind: 'Service', name: 'shop' },
      [{ op: 'remove', path: '/spec/ports/1' }],
      'the port metrics-1 of Service web/shop',
    ],
    [
      { kind: 'ServiceMonitor', name: 'shop' },
      [{ op: 'remove', path: '/spec/endpoints/0' }],
      'the endpoint metrics-1 of ServiceMonitor web/shop',
    ],
  ] as const)('that removes a part of %j is a note', (target, json, what) => {
    expect(diagnosticsOf(shop({ patches: [{ target, json }] }))).toEqual([
      `note: patches[0]: removes ${what}`,
    ]);
  });
});

describe('an object of the user', () => {
  test('gets the namespace and the labels of the application, where it has none', () => {
    const metadata = { name: 'features', labels: { 'app.kubernetes.io/name': 'mine' } };
    expect(objectOf({ objects: [{ ...FEATURES, metadata }] }, 'ConfigMap', 'features').metadata).toEqual({
      name: 'features',
      namespace: 'web',
      labels: {
        'app.kubernetes.io/instance': 'shop',
        'app.kubernetes.io/managed-by': 'cdk8s-worker-metrics',
        'app.kubernetes.io/name': 'mine',
        'app.kubernetes.io/part-of': 'shop',
        'app.kubernetes.io/version': 'v1',
      },
    });
  });

  test.each(['Service', 'Pod'])('of kind %s gets no label by which the application selects it', (kind) => {
    const object = { apiVersion: 'v1', kind, metadata: { name: 'other' } };
    const { labels } = objectOf({ objects: [object] }, kind, 'other').metadata;
    expect(labels).toEqual({
      'app.kubernetes.io/managed-by': 'cdk8s-worker-metrics',
      'app.kubernetes.io/part-of': 'shop',
    });
  });

  test.each([
    ['rbac.authorization.k8s.io/v1', 'ClusterRole'],
    ['example.com/v1', 'Widget'],
  ])('of kind %s %s gets no namespace, not even that of the chart', (apiVersion, kind) => {
    const app = shop(
      { objects: [{ apiVersion, kind, metadata: { name: 'all' } }] },
      new Chart(new App(), 'chart', { namespace: 'web' }),
    );
    const object = app.userObjects?.objects[0];
    expect((object as Loose).toJson().metadata).not.toHaveProperty('namespace');
  });

  test('of an unknown kind without a namespace is a note', () => {
    const widget = { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'w' } };
    expect(diagnosticsOf(shop({ objects: [widget] }))).toEqual([
      'note: objects[0]: it is not known whether Widget (example.com/v1) has a namespace, and none is added; set metadata.namespace if it has one',
    ]);
    expect(
      diagnosticsOf(shop({ objects: [{ ...widget, metadata: { name: 'w', namespace: 'web' } }] })),
    ).toEqual([]);
  });

  test('that is a Secret with data is a warning', () => {
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, stringData: { a: 'b' } };
    expect(diagnosticsOf(shop({ objects: [secret] }))).toEqual([
      'warning: objects[0].stringData: Secret web/s: everybody who can read this file or the manifests can read the secret; create the Secret in the cluster, or write a SealedSecret or an ExternalSecret',
    ]);
  });

  test.each([
    [
      'the application',
      { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'shop' } },
      'objects[1]: Deployment web/shop is in the application already; change it with patches, or rename this object',
    ],
    [
      'the list',
      FEATURES,
      'objects[1]: ConfigMap web/features is in objects[0] already; remove one of the two',
    ],
  ])('that is in %s already is refused', (_, object, message) => {
    expect(() => shop({ objects: [FEATURES, object] })).toThrow(message);
  });

  test('can be patched', () => {
    const patches = [{ target: { kind: 'ConfigMap', name: 'features' }, merge: { data: { b: '2' } } }];
    expect(objectOf({ objects: [FEATURES], patches }, 'ConfigMap', 'features').data).toEqual({
      a: '1',
      b: '2',
    });
  });

  test.each([
    ['a value', { data: { a: '2' } }, true],
    ['nothing', {}, false],
  ])('that the pods read makes them restart when a change of it is %s', (_, merge, restarts) => {
    const env = { A: { configMap: 'features', key: 'a' } };
    const template = (patches: WorkerAppProps['patches']) =>
      objectOf({ env, objects: [FEATURES], patches }, 'Deployment').spec.template;
    const changed = template([{ target: { kind: 'ConfigMap', name: 'features' }, merge }]);
    expect(JSON.stringify(changed) !== JSON.stringify(template([]))).toBe(restarts);
  });

  test('that no pod reads leaves the pods alone', () => {
    expect(objectOf({ objects: [FEATURES] }, 'Deployment')).toEqual(objectOf({}, 'Deployment'));
  });
});

test('an object may have a key named constructor, but not as a label, which cdk8s cannot write', () => {
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { constructor: 'b' } };
  expect(objectOf({ objects: [object] }, 'ConfigMap', 'a')).toMatchObject(object);
  const labelled = { ...object, metadata: { name: 'a', labels: { constructor: 'b' } } };
  expect(() => shop({ objects: [labelled] })).toThrow(
    'objects[0].metadata.labels.constructor: a reserved name; choose another one',
  );
});

test('a patch of an object whose port has a map with the key toString as its name gives diagnostics', () => {
  const ports = [{ name: { toString: null } }];
  const object = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' }, spec: { ports } };
  const patch = { target: { kind: 'Service', name: 'a' }, merge: { spec: { ports: [] } } };
  expect(() => shop({ objects: [object], patches: [patch] })).toThrow(
    'objects[0].spec.ports[0].name: expected text, got a map with toString',
  );
});

/** Values of JSON, as a Kubernetes object may contain them. JSON writes -0 as 0. */
const anyValue = fc
  .jsonValue({ maxDepth: 3, noUnicodeString: true })
  .filter((value) => isWritable(value))
  .map((value): unknown => JSON.parse(JSON.stringify(value)));

test('whatever is given by an object or a patch is in the manifest with the same value', () => {
  fc.assert(
    fc.property(anyValue, anyValue, (one, other) => {
      const object = {
        apiVersion: 'example.com/v1',
        kind: 'Widget',
        metadata: { name: 'w', namespace: 'web' },
        spec: one,
      };
      const json = [{ op: 'add', path: '/spec/template/spec/newField', value: other }] as const;
      const all = manifestsOf(shop({ objects: [object], patches: [{ target: DEPLOYMENT, json }] }));
      const found = (kind: string) => all.find((manifest: Loose) => manifest.kind === kind);
      expect(found('Widget').spec).toEqual(one);
      expect(found('Deployment').spec.template.spec.newField).toEqual(other);
    }),
    { numRuns: runs(100) },
  );
});

/** Large numbers are refused, and so are names that JavaScript reserves. */
function isWritable(value: unknown): boolean {
  return !/__proto__|e\+|[0-9]{16}/.test(JSON.stringify(value));
}
