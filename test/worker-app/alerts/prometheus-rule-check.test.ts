import { expect, test } from '@jest/globals';
import { formatMessage } from '../../../src/diagnostics/diagnostic.js';
import { checkManifests } from '../../../src/checks/check-manifests.js';

const group = (rule: object, name: string | undefined = 'g') => ({
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'PrometheusRule',
  metadata: { name: 'x', namespace: 'y' },
  spec: { groups: [{ name, rules: [rule] }] },
});

test.each<[object, string[]]>([
  [{ record: 'a', expr: 'up' }, []],
  [{ record: 'a', expr: 1 }, []],
  [{ alert: 'a', expr: 'up', for: '0s' }, []],
  [{ alert: 'a', expr: 'up', for: '0m', keep_firing_for: '0h0m' }, []],
  [{ alert: 'a', expr: 'up', for: '0', keep_firing_for: '10m' }, []],
  [{ record: 'a', expr: 'up', for: '0s', keep_firing_for: '0' }, []],
  [{ expr: 'up' }, ['a rule has either alert or record; set one of the two']],
  [{ alert: 'a', record: 'a', expr: 'up' }, ['a rule has either alert or record; set one of the two']],
  [{ alert: 'a' }, ['expr: missing; expected a PromQL expression']],
  [{ alert: 'a', expr: ' ' }, ['expr: expected a PromQL expression, got " "']],
  [{ record: 'a', expr: 'up', for: '5m' }, ['for: only an alert waits; remove it']],
  [{ record: 'a', expr: 'up', keep_firing_for: '5m' }, ['keep_firing_for: only an alert fires; remove it']],
  [
    { alert: 'a', expr: 'up', keep_firing_for: '0m0h' },
    [
      'keep_firing_for: expected a duration such as 15s, 1m30s or 2h (units y w d h m s ms in this order; above zero, below 292y), or 0s, got "0m0h"',
    ],
  ],
  [
    { alert: 'a', expr: 'up', for: '5 minutes' },
    [
      'for: expected a duration such as 15s, 1m30s or 2h (units y w d h m s ms in this order; above zero, below 292y), or 0s, got "5 minutes"',
    ],
  ],
])('any PrometheusRule with %j has these diagnostics', (rule, messages) => {
  const diagnostics = messages.map((message) => ({
    severity: 'error',
    rejectedBy: 'operator',
    object: 'PrometheusRule y/x',
    field: 'spec.groups[0].rules[0]',
    message,
  }));

  expect(
    checkManifests([group(rule)]).map(({ hint, ...one }) => ({
      ...one,
      message: formatMessage({ message: one.message, hint }),
    })),
  ).toEqual(diagnostics);
});

test('a group without a name is a diagnostic', () => {
  const manifest = {
    ...group({ record: 'a', expr: 'up' }),
    spec: { groups: [{ rules: [{ record: 'a', expr: 'up' }] }] },
  };

  expect(checkManifests([manifest])).toEqual([
    {
      severity: 'error',
      rejectedBy: 'API server',
      object: 'PrometheusRule y/x',
      field: 'spec.groups[0].name',
      message: 'missing; expected a name',
    },
  ]);
});
