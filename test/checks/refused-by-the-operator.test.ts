import { App, Chart } from 'cdk8s';
import type { Manifest } from '../../src/kubernetes/manifest.js';
import { checkAtSynth, MetricsPorts, WorkerMonitor } from '../../src/index.js';
import { diagnostics, podMonitor, service, serviceMonitor, workload } from './manifests-of-others.js';
import { afterwards } from './one-change.js';

// Of a monitor with a wrong step of relabelling, or a wrong selector, the operator takes nothing at all.

const WHOLE = '; the operator drops the whole monitor';
const EXPRESSION =
  "expected a regular expression in Prometheus' syntax (RE2: no look-ahead, no back-references)";
const ab = { sourceLabels: ['a'], targetLabel: 'b' };

test.each<[object, string]>([
  [{ ...ab, regex: '(' }, `.regex: ${EXPRESSION}, got "("${WHOLE}`],
  [{ action: 'drop', regex: '(?=a)' }, `.regex: ${EXPRESSION}, got "(?=a)"${WHOLE}`],
  [{ action: 'replace', sourceLabels: ['a'] }, `: the action replace needs a targetLabel${WHOLE}`],
  [{ sourceLabels: ['a'], targetLabel: '' }, `: the action replace needs a targetLabel${WHOLE}`],
  [{ ...ab, action: 'hashmod' }, `: the action hashmod needs a modulus${WHOLE}`],
  [{ ...ab, action: 'HashMod', modulus: 0 }, `: the action hashmod needs a modulus${WHOLE}`],
  [{ action: 'lowercase', sourceLabels: [], targetLabel: 'b' }, `: the action lowercase needs sourceLabels${WHOLE}`],
  [{ action: 'labeldrop', regex: 'a', sourceLabels: ['a'] }, `: the action labeldrop takes regex only${WHOLE}; remove sourceLabels`],
])('the step %j is found', (step, message) => {
  for (const list of ['relabelings', 'metricRelabelings']) {
    expect(afterwards(({ monitor }) => (monitor.spec.endpoints[1][list] = [ab, step]))).toEqual([
      `ServiceMonitor default/shop: spec.endpoints[1].${list}[1]${message}`,
    ]);
  }
}); // prettier-ignore

test.each<[string, object]>([
  ['without anything but its target', { targetLabel: 'b' }],
  ['with an empty expression, which is none given', { ...ab, regex: '' }],
  ['with an action in capitals', { ...ab, action: 'Uppercase' }],
])('a step %s is fine', (_, step) => {
  expect(afterwards(({ monitor }) => (monitor.spec.endpoints[1].metricRelabelings = [step]))).toEqual([]);
});

test.each([
  [
    { sourceLabels: ['a'], targetLabel: 5 },
    'targetLabel: expected text, got 5; put it in quotes, as you wrote it',
  ],
  [{ sourceLabels: 'a', targetLabel: 'b' }, 'sourceLabels: expected a list, got "a"'],
])('the step %j is found once, by the schema', (step, message) => {
  expect(afterwards(({ monitor }) => (monitor.spec.endpoints[1].relabelings = [step]))).toEqual([
    `ServiceMonitor default/shop: spec.endpoints[1].relabelings[0].${message}`,
  ]);
});

test('an action that there is not is found once, by the schema', () => {
  const found = afterwards(
    ({ monitor }) => (monitor.spec.endpoints[1].relabelings = [{ action: 'discard' }]),
  );
  expect(found).toEqual([
    expect.stringMatching(
      /^ServiceMonitor default\/shop: spec\.endpoints\[1\]\.relabelings\[0\]\.action: expected one of replace, .*, got "discard"$/,
    ),
  ]);
});

test('the steps of a PodMonitor are judged, too', () => {
  const endpoint = { port: 'metrics-1', relabelings: [{ action: 'replace' }] };
  const monitor = podMonitor({ podMetricsEndpoints: [endpoint, { port: 'metrics-2' }] });
  expect(diagnostics(workload(), monitor)).toEqual([
    `PodMonitor shop/web: spec.podMetricsEndpoints[0].relabelings[0]: the action replace needs a targetLabel${WHOLE}`,
  ]);
});

test('steps given to a WorkerMonitor are found when the app is synthesized', () => {
  const app = new App();
  new WorkerMonitor(new Chart(app, 'c'), 'monitor', {
    name: 'web',
    namespace: 'shop',
    labels: {},
    selector: { app: 'web' },
    ports: MetricsPorts.forWorkers(1, 9001),
    interval: '30s',
    options: { relabelings: [{ ...ab, regex: '(' }] },
  });
  checkAtSynth(app);
  expect(() => app.synthYaml()).toThrow(
    `ServiceMonitor shop/web: spec.endpoints[0].relabelings[0].regex: ${EXPRESSION}, got "("${WHOLE}`,
  );
});

describe('a requirement of a selector', () => {
  const asking = (requirement: object) => ({ matchExpressions: [{ key: 'app', operator: 'Exists' }, requirement] });
  const noValues = (operator: string) => `.values: missing; expected at least one value, as the operator is ${operator}`;

  test.each<[object, string]>([
    [{ key: 'team', operator: 'NotIn', values: [] }, noValues('NotIn')],
    [{ key: 'team', operator: 'NotIn' }, noValues('NotIn')],
    [{ key: 'app', operator: 'In', values: [] }, noValues('In')],
    [{ key: 'app', operator: 'In' }, noValues('In')],
    [{ key: 'app', operator: 'Exists', values: ['web'] }, '.values: the operator Exists takes no values; remove them'],
    [{ key: 'a', operator: 'DoesNotExist', values: ['b'] }, '.values: the operator DoesNotExist takes no values; remove them'],
    [{ key: 'app', operator: 'is' }, '.operator: expected In, NotIn, Exists or DoesNotExist, got "is"'],
  ])('%j is found in a monitor', (requirement, message) => {
    expect(diagnostics(workload(), service, serviceMonitor({ selector: asking(requirement) }))).toContain(
      `ServiceMonitor shop/web: spec.selector.matchExpressions[1]${message}`,
    );
  });

  test.each<[string, Manifest, string]>([
    ['PodMonitor', podMonitor({ selector: asking({ key: 'team', operator: 'NotIn' }) }), 'spec.selector'],
    ['Deployment', workload('Deployment', { selector: asking({ key: 'team', operator: 'NotIn' }), template: {} }), 'spec.selector'],
    ['PodDisruptionBudget', choosing('PodDisruptionBudget', 'selector'), 'spec.selector'],
    ['NetworkPolicy', choosing('NetworkPolicy', 'podSelector'), 'spec.podSelector'],
  ])('is found in a %s', (kind, manifest, field) => {
    expect(diagnostics(manifest)).toContain(`${kind} shop/web: ${field}.matchExpressions[1]${noValues('NotIn')}`);
  });

  function choosing(kind: string, field: string): Manifest {
    const spec = { [field]: asking({ key: 'team', operator: 'NotIn' }) };
    return { apiVersion: 'policy/v1', kind, metadata: { name: 'web', namespace: 'shop' }, spec };
  }
}); // prettier-ignore
