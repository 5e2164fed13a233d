import { parseValues } from '../../../src/values/parse-values.js';
import { formatDiagnostic } from '../../../src/diagnostics/diagnostic.js';
import { objectChanges } from '../../../src/output/diff/object-changes.js';
import { manifestsOf, type Loose } from '../../manifests-of.js';
import { problemsOf, refusalsOf, shop, shopWith } from '../../a-worker-app.js';

const HEAD = 'name: shop\nimage: example/shop:v1\nworkers: 3\n';

function notesOf(text: string): string[] {
  const { problems, notes } = parseValues([{ file: 'values/shop.yaml', text: HEAD + text }]);
  expect(problems).toEqual([]);
  return notes.map((note) => `${note.severity} ${formatDiagnostic(note)}`);
}

function scalerOf(autoscaling: object): Loose {
  return manifestsOf(shopWith({ autoscaling })).all.find(({ kind }) => kind === 'HorizontalPodAutoscaler');
}

const resource = (name: string, target: object) => ({ type: 'Resource', resource: { name, target } });
const percent = (averageUtilization: number) => ({ type: 'Utilization', averageUtilization });
const amount = (averageValue: string) => ({ type: 'AverageValue', averageValue });

test('autoscaling makes a HorizontalPodAutoscaler of the Deployment, which then has no replicas', () => {
  const { all, deployment } = manifestsOf(
    shop({ autoscaling: { minReplicas: 2, maxReplicas: 10, cpu: 70 } }),
  );
  expect(deployment.spec).not.toHaveProperty('replicas');
  expect(all.find(({ kind }) => kind === 'HorizontalPodAutoscaler')).toMatchObject({
    apiVersion: 'autoscaling/v2',
    metadata: { name: 'shop', namespace: 'default', labels: { 'app.kubernetes.io/name': 'shop' } },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' },
      minReplicas: 2,
      maxReplicas: 10,
      metrics: [resource('cpu', percent(70))],
    },
  });
});

test.each([
  [{}, [resource('cpu', percent(80))]],
  [{ cpu: 150 }, [resource('cpu', percent(150))]],
  [{ cpu: '500m' }, [resource('cpu', amount('500m'))]],
  [{ memory: 80 }, [resource('memory', percent(80))]],
  [{ memory: '512Mi', cpu: 70 }, [resource('cpu', percent(70)), resource('memory', amount('512Mi'))]],
])('%j scales by %j', (target, metrics) => {
  expect(scalerOf({ maxReplicas: 4, ...target }).spec.metrics).toEqual(metrics);
});

test('other metrics and the behavior are written as they are given', () => {
  const metrics = [
    {
      type: 'Pods',
      pods: { metric: { name: 'queue' }, target: { type: 'AverageValue', averageValue: '10' } },
    },
  ];
  const behavior = { scaleDown: { policies: [{ type: 'Percent', value: 10, periodSeconds: 60 }] } };
  expect(scalerOf({ maxReplicas: 4, metrics, behavior }).spec).toMatchObject({
    minReplicas: 1,
    metrics,
    behavior,
  });
});

test.each([
  [
    'cpu: 70%',
    'a percentage from 1 to 10000, such as 70, or an amount such as 500m, got "70%"; write 70 for a percentage, without quotes and %',
  ],
  [
    'cpu: "70"',
    'a percentage from 1 to 10000, such as 70, or an amount such as 500m, got "70"; write 70 for a percentage, without quotes and %',
  ],
  [
    'cpu: 0.5',
    'a percentage from 1 to 10000, such as 70, or an amount such as 500m, got 0.5; write 500m for an amount',
  ],
  ['cpu: 0m', 'a percentage from 1 to 10000, such as 70, or an amount such as 500m, got "0m"'],
  ['memory: 0', 'a percentage from 1 to 10000, such as 70, or an amount such as 512Mi, got 0'],
])('%s is refused', (line, expectation) => {
  const [key] = line.split(':');
  expect(refusalsOf(`${HEAD}autoscaling:\n  maxReplicas: 4\n  ${line}\n`)).toEqual([
    `values/shop.yaml:6: autoscaling.${key}: expected ${expectation}`,
  ]);
});

test('a field that Kubernetes does not know is refused, at any depth', () => {
  const text = `${HEAD}autoscaling:\n  maxReplicas: 4\n  behavior: { scaleDown: { polices: [] } }\n`;
  expect(refusalsOf(text).join('\n')).toContain('did you mean "policies"?');
});

test('a minimum above the maximum is refused', () => {
  expect(problemsOf(shop({ autoscaling: { minReplicas: 5, maxReplicas: 4 } }))).toEqual([
    'autoscaling.minReplicas: 5 is above autoscaling.maxReplicas 4; lower it to 4 or below, or raise autoscaling.maxReplicas',
  ]);
});

test('replicas beside autoscaling are refused', () => {
  expect(problemsOf(shop({ replicas: 3, autoscaling: { maxReplicas: 4 } }))).toEqual([
    'replicas: the autoscaler sets the number of pods, and each apply would set it back; remove it (in an environment: replicas: null), or remove autoscaling',
  ]);
});

test('an environment replaces replicas by an autoscaler', () => {
  const text = `${HEAD}replicas: 3\nenvironments: { production: { replicas: null, autoscaling: { maxReplicas: 9 } }, development: {} }\n`;
  const { values, problems } = parseValues([{ file: 'values/shop.yaml', text }]);
  expect(problems).toEqual([]);
  expect(values.map(({ spec }) => (spec as Loose).pods)).toEqual([
    { fewest: 1, most: 9 },
    { fewest: 3, most: 3 },
  ]);
});

test('0 pods need a metric that exists without pods, and a warning names the feature gate', () => {
  expect(problemsOf(shop({ autoscaling: { minReplicas: 0, maxReplicas: 4 } }))).toEqual([
    'autoscaling.minReplicas: with 0 pods, only a metric of type Object or External can ask for more; add one to autoscaling.metrics, or set 1 or above',
  ]);
  const external =
    'metrics: [{ type: External, external: { metric: { name: q }, target: { type: Value, value: 3 } } }]';
  expect(notesOf(`autoscaling:\n  minReplicas: 0\n  maxReplicas: 4\n  ${external}\n`)).toEqual([
    'warning values/shop.yaml:5: autoscaling.minReplicas: the API server refuses 0 unless its feature gate HPAScaleToZero is on; set 1, or leave the pods to KEDA with replicas: null',
  ]);
});

describe('a percentage of a request', () => {
  const warning = (key: string, resource = key) =>
    `warning values/shop.yaml:6: autoscaling.${key}: a percentage of the requested ${resource}, and the container requests none: unless a LimitRange of the namespace sets a request, the autoscaler does not scale; set resources.requests.${resource}`;
  const scaledBy = (line: string, resources: string) =>
    notesOf(`autoscaling:\n  maxReplicas: 4\n  ${line}\nresources: ${resources}\n`);

  test.each([
    ['cpu: 70', '{ requests: { cpu: null } }', [warning('cpu')]],
    ['memory: 70', 'null', [warning('memory')]],
    [
      'metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 50 } } }]',
      'null',
      [warning('metrics[0]', 'cpu')],
    ],
    ['cpu: 70', '{ requests: { cpu: null }, limits: { cpu: 2 } }', []],
    ['cpu: 500m', 'null', []],
    ['cpu: 70', '{}', []],
  ])('%s with resources %s', (line, resources, expected) => {
    expect(scaledBy(line, resources)).toEqual(expected);
  });
});

describe('a percentage reckons with the requests of all containers of a pod', () => {
  const REQUESTS = '{ requests: { cpu: 10m } }';
  const warning = (container: string, path = 'autoscaling.cpu', line = 6) =>
    `warning values/shop.yaml:${line}: ${path}: a percentage of the requested cpu of all containers, and ${container} requests none: unless a LimitRange of the namespace sets a request, the autoscaler does not scale; set ${container}.resources.requests.cpu, or an amount such as cpu: 500m`;
  const withSidecars = (line: string, ...others: string[]) =>
    notesOf(`autoscaling:\n  maxReplicas: 4\n  ${line}\n${others.join('\n')}\n`);

  test.each([
    ['a sidecar', ['sidecars: { proxy: { image: a/b:v1 } }'], [warning('sidecars.proxy')]],
    ['an ordinary sidecar', ['sidecars: { proxy: { image: a/b:v1, native: false } }'], [warning('sidecars.proxy')]],
    ['an init container that restarts', ['initContainers: { proxy: { image: a/b:v1, restartPolicy: Always } }'], [warning('initContainers.proxy')]],
    ['two sidecars', ['sidecars: { a: { image: a/b:v1 }, b: { image: a/b:v1, resources: null } }'], [warning('sidecars.a'), warning('sidecars.b')]],
    ['a sidecar with a request', [`sidecars: { proxy: { image: a/b:v1, resources: ${REQUESTS} } }`], []],
    ['a sidecar with a limit', ['sidecars: { proxy: { image: a/b:v1, resources: { limits: { cpu: 1 } } } }'], []],
    ['an init container that ends', ['initContainers: { migrate: { command: [a] } }'], []],
  ])('%s', (_, lines, expected) => {
    expect(withSidecars('cpu: 70', ...lines)).toEqual(expected);
  }); // prettier-ignore

  test('an amount, and a percentage of one container, do not', () => {
    const ofContainer = (container: string) =>
      `metrics: [{ type: ContainerResource, containerResource: { name: cpu, container: ${container}, target: { type: Utilization, averageUtilization: 50 } } }]`;
    const sidecar = 'sidecars: { proxy: { image: a/b:v1 } }';
    expect(withSidecars('cpu: 500m', sidecar)).toEqual([]);
    expect(withSidecars(ofContainer('app'), sidecar)).toEqual([]);
    expect(withSidecars(ofContainer('proxy'), sidecar)).toEqual([
      'warning values/shop.yaml:6: autoscaling.metrics[0]: a percentage of the requested cpu, and sidecars.proxy requests none: unless a LimitRange of the namespace sets a request, the autoscaler does not scale; set sidecars.proxy.resources.requests.cpu',
    ]);
  });
});

test('targetLimit must allow the most pods', () => {
  const props = {
    workers: 2,
    metrics: { endpoints: 'single', targetLimit: 20 },
    autoscaling: { maxReplicas: 10 },
  };
  expect(problemsOf(shopWith(props))).toEqual([
    'metrics.targetLimit: above 20 targets of a scrape job all of them fail, and metrics.endpoints: single makes 2 a pod, in 10 pods (autoscaling.maxReplicas) and 3 more during a rollout; raise it to 26 or above, or remove it',
  ]);
  expect(problemsOf(shopWith({ ...props, autoscaling: undefined, replicas: null }))).toEqual([]);
});

test('no target is an alert, unless there may be no pod', () => {
  const absent = (props: object) =>
    JSON.stringify(manifestsOf(shopWith({ alerts: true, ...props })).all).includes('absent(');
  expect(absent({ autoscaling: { maxReplicas: 4 } })).toBe(true);
  expect(absent({ replicas: null })).toBe(false);
});

test('replicas: null leaves the number of pods to another scaler', () => {
  const { all, deployment } = manifestsOf(shop({ replicas: null }));
  expect(deployment.spec).not.toHaveProperty('replicas');
  expect(all.map(({ kind }) => kind)).not.toContain('HorizontalPodAutoscaler');
});

test('a diff warns that a client-side apply without replicas sets them to 1', () => {
  const before = manifestsOf(shop({ replicas: 3, podDisruptionBudget: false })).all;
  const after = manifestsOf(shop({ replicas: null, podDisruptionBudget: false })).all;
  const warnings = objectChanges(before, after).flatMap(({ warnings }) => warnings);
  expect(warnings).toEqual([
    {
      effect: 'scaled',
      message:
        'a client-side kubectl apply sets the number of pods from 3 to 1, once, until a scaler raises it',
      hint: 'first remove replicas from the last applied configuration: kubectl apply edit-last-applied deployment.apps/shop -n default',
    },
  ]);
  expect(objectChanges(after, before).flatMap(({ warnings }) => warnings)).toEqual([]);
});

test('no warning where one pod was written', () => {
  const before = manifestsOf(shop({ replicas: 1 })).all;
  const after = manifestsOf(shop({ replicas: null, topologySpreadConstraints: [] })).all;
  expect(objectChanges(before, after).flatMap(({ warnings }) => warnings)).toEqual([]);
});
