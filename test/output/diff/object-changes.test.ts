import type { Manifest } from '../../../src/kubernetes/manifest.js';
import { changed } from './judged-changes.js';
import { formatMessage } from '../../../src/diagnostics/diagnostic.js';
import { formatFieldPath } from '../../../src/output/diff/field-changes.js';
import { leftBehind } from '../../../src/output/diff/left-behind.js';
import { objectChanges } from '../../../src/output/diff/object-changes.js';

const DEPLOYMENT = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    replicas: 1,
    selector: { matchLabels: { app: 'web' } },
    template: { spec: { containers: [{ name: 'app', env: [env('A', '1'), env('B', '2')], args: ['x', 'y'] }] } },
  },
}; // prettier-ignore
const SERVICE = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { ports: [{ name: 'http', port: 80 }], clusterIP: 'None' },
};

describe('the differences between two sets of manifests', () => {
  test('is nothing where they say the same', () => {
    expect(objectChanges([DEPLOYMENT, SERVICE], copyOf([SERVICE, DEPLOYMENT]))).toEqual([]);
  });

  test('is an object that only one of them has', () => {
    expect(objectChanges([DEPLOYMENT], [SERVICE])).toEqual([
      { object: 'Deployment shop/web', change: 'removed', fields: [], warnings: [] },
      { object: 'Service shop/web', change: 'added', fields: [], warnings: [] },
    ]);
  });

  test('shows no value of a Secret', () => {
    const secret = (values: object) => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'a' },
      ...values,
    });
    const data = (key: string) => ({ stringData: { key, same: 'hunter1' }, type: key });
    expect(lines(secret(data('hunter2')), secret(data('hunter3')))).toEqual([
      'stringData.key: "***" → "***"',
      'type: "hunter2" → "hunter3"',
    ]);
    expect(lines(secret({}), secret({ data: { key: 'aHVudGVy' } }))).toEqual(['data: undefined → "***"']);
    const map = { ...secret({ data: { key: 'a' } }), kind: 'ConfigMap' };
    expect(lines(map, { ...map, data: { key: 'b' } })).toEqual(['data.key: "a" → "b"']);
  });

  test('is identified by version, kind, namespace and name', () => {
    const elsewhere = changed(SERVICE, 'metadata.namespace', 'other');
    expect(objectChanges([SERVICE], [SERVICE, elsewhere]).map(({ object }) => object)).toEqual([
      'Service other/web',
    ]);
  });

  test.each([
    ['a field that changed', 'spec.replicas', 3, ['spec.replicas: 1 → 3']],
    ['a field that is new', 'spec.paused', true, ['spec.paused: undefined → true']],
    ['a field that is gone', 'spec.replicas', undefined, ['spec.replicas: 1 → undefined']],
    ['a key that is no word', 'metadata.labels', { 'a.b/c': 'd' }, ['metadata.labels: undefined → {"a.b/c":"d"}']],
    [
      'an item by its name, and no other item, when one is put before it',
      'spec.template.spec.containers',
      [{ name: 'app', env: [env('NEW', '0'), env('A', '1'), env('B', '3')], args: ['x', 'y'] }],
      [
        'spec.template.spec.containers[app].env[B].value: "2" → "3"',
        'spec.template.spec.containers[app].env[NEW]: undefined → {"name":"NEW","value":"0"}',
      ],
    ],
    [
      'items without names by their place',
      'spec.template.spec.containers',
      [{ name: 'app', env: [env('A', '1'), env('B', '2')], args: ['x', 'z'] }],
      ['spec.template.spec.containers[app].args[1]: "y" → "z"'],
    ],
  ])('is %s', (_, field, value, expected) => {
    expect(lines(DEPLOYMENT, changed(DEPLOYMENT, field, value))).toEqual(expected);
  }); // prettier-ignore

  test('is the order, where that is all', () => {
    const containers = [{ name: 'app', env: [env('B', '2'), env('A', '1')], args: ['x', 'y'] }];
    const [change] = objectChanges(
      [DEPLOYMENT],
      [changed(DEPLOYMENT, 'spec.template.spec.containers', containers)],
    );
    expect(change?.fields.map(({ path, order }) => [formatFieldPath(path), order])).toEqual([
      ['spec.template.spec.containers[app].env', true],
    ]);
  });
});

describe('an operator is warned', () => {
  const refused = (field: string, kind: string, keep = '') =>
    `the API server refuses to change ${field}; delete the ${kind} first${keep}`;
  const orphan = ' (kubectl delete --cascade=orphan leaves its pods running)';
  const kind = (object: Manifest, name: string) => changed(object, 'kind', name);
  const immutable = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'c' },
    immutable: true,
    data: { a: '1' },
  };
  const template = changed(DEPLOYMENT, 'spec.template.metadata', { labels: { app: 'web' } });

  test.each([
    ['of the selector of a Deployment', DEPLOYMENT, 'spec.selector.matchLabels.app', [refused('spec.selector', 'Deployment', orphan)]],
    ['of pods that are replaced', template, 'spec.template.metadata.labels.app', ['the pods are replaced']],
    ['of nothing, where replicas change', DEPLOYMENT, 'spec.replicas', []],
    ['of the service name of a StatefulSet', kind(DEPLOYMENT, 'StatefulSet'), 'spec.serviceName', [refused('spec.serviceName', 'StatefulSet', orphan)]],
    ['of nothing, where replicas of a StatefulSet change', kind(DEPLOYMENT, 'StatefulSet'), 'spec.replicas', []],
    ['of the template of a Job', kind(template, 'Job'), 'spec.template.metadata.labels.app', [refused('spec.template', 'Job')]],
    ['of the address of a Service', SERVICE, 'spec.clusterIP', [refused('spec.clusterIP', 'Service')]],
    ['of an address for a Service that has one already', changed(SERVICE, 'spec.clusterIP', undefined), 'spec.clusterIP', [refused('spec.clusterIP, unless the Service already has this address', 'Service')]],
    ['of an immutable ConfigMap', immutable, 'data.a', [refused('data', 'ConfigMap')]],
    ['of nothing, where a ConfigMap may change', { ...immutable, immutable: undefined }, 'data.a', []],
  ])('%s', (_, before, field, expected) => {
    const [change] = objectChanges([before as never], [changed(before, field, 'new')]);
    expect(change?.warnings.map(formatMessage)).toEqual(expected);
  }); // prettier-ignore
});

test('an operator is warned of a Service that stays headless', () => {
  const [change] = objectChanges([SERVICE], [changed(SERVICE, 'spec.clusterIP', undefined)]);

  expect(change?.warnings).toEqual([
    {
      effect: 'kept',
      message: 'the API server keeps spec.clusterIP: None',
      hint: 'delete the Service first',
    },
  ]);
});

describe('the diff has the commands that delete the objects which kubectl apply leaves behind', () => {
  const object = (apiVersion: string, kind: string, name = 'web', namespace?: string) => ({
    apiVersion,
    kind,
    metadata: { name, namespace },
  });
  const LEFT = 'kubectl apply leaves it in the cluster; delete it';

  test.each([
    ['by kind, name and namespace', object('v1', 'Service', 'web', 'shop'), `${LEFT}: kubectl delete service web -n shop`],
    ['with the group of its kind', object('apps/v1', 'Deployment', 'web', 'shop'), `${LEFT}: kubectl delete deployment.apps web -n shop`],
    ['without a namespace, where it has none', object('v1', 'Service'), `${LEFT}: kubectl delete service web`],
    ['without a namespace, where its kind has none', object('rbac.authorization.k8s.io/v1', 'ClusterRole', 'system:x', 'shop'), `${LEFT}: kubectl delete clusterrole.rbac.authorization.k8s.io system:x`],
    ['as one word of the shell', object('v1', 'Service', "a'b; rm -rf $HOME", 'shop'), `${LEFT}: kubectl delete service 'a'\\''b; rm -rf $HOME' -n shop`],
    ['with its data', object('v1', 'PersistentVolumeClaim', 'web', 'shop'), `${LEFT}, and its data with it: kubectl delete persistentvolumeclaim web -n shop`],
    ['when no old pod uses it', object('v1', 'ConfigMap', 'web', 'shop'), `${LEFT}, when no old pod uses it any more: kubectl delete configmap web -n shop`],
    ['with what is in it', object('v1', 'Namespace', 'shop'), `${LEFT}, and everything in it: kubectl delete namespace shop`],
    ['with what it deployed', object('argoproj.io/v1alpha1', 'Application', 'web', 'argocd'), `${LEFT}, and perhaps what it deployed: kubectl delete application.argoproj.io web -n argocd`],
  ])('%s', (_, removed, expected) => {
    const [change] = objectChanges([removed], [], (object) => leftBehind(object));
    expect(change?.warnings.map(formatMessage)).toEqual([expected]);
    expect(change?.warnings).toMatchObject([{ effect: 'stays' }]);
  }); // prettier-ignore

  test('in no way where it has no name', () => {
    expect(leftBehind({ apiVersion: 'v1', kind: 'Service', metadata: { generateName: 'a-' } })).toEqual([]);
  });
});

function env(name: string, value: string) {
  return { name, value };
}

function lines(before: Record<string, unknown>, after: Record<string, unknown>): string[] {
  return objectChanges([before], [after]).flatMap(({ fields }) =>
    fields.map(
      (field) =>
        `${formatFieldPath(field.path)}: ${JSON.stringify(field.before)} → ${JSON.stringify(field.after)}`,
    ),
  );
}

function copyOf<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
