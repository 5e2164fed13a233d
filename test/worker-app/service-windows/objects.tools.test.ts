import { spawnSync } from 'node:child_process';
import { formatDiagnostic } from '../../../src/diagnostics/diagnostic.js';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { AlertmanagerConfig } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1alpha1/AlertmanagerConfig';
import { load } from 'js-yaml';
import { checkManifests } from '../../../src/checks/check-manifests.js';
import { at, listAt, textAt, textsAt, type Manifest } from '../../../src/kubernetes/manifest.js';
import type { ServiceWindow } from '../../../src/index.js';
import { parseValues } from '../../../src/values/parse-values.js';
import { ofKind, synthesized } from '../../synthesized.js';

const NIGHTS: ServiceWindow = {
  component: 'night-batch',
  days: ['Sun'],
  start: '22:00',
  end: '06:00',
  timeZone: 'Asia/Kolkata',
};
const OFFICE: ServiceWindow = {
  component: 'billing',
  labels: { team: 'a' },
  days: ['Mon', 'Tue'],
  start: '08:00',
  end: '18:00',
  timeZone: 'Europe/Amsterdam',
};

const configMap = (name: string, windows: readonly ServiceWindow[], others = {}) =>
  ofKind(synthesized({ serviceWindows: windows, ...others }), 'ConfigMap').find(
    ({ metadata }) => textAt(metadata, 'name') === name,
  );

describe('the application', () => {
  test('gets its windows as a file, and the path in a variable', () => {
    const [deployment] = ofKind(synthesized({ serviceWindows: [OFFICE] }), 'Deployment');

    const file = textsAt(configMap('shop-service-windows', [OFFICE]), 'data')['components.json'] ?? '';
    expect(JSON.parse(file)).toEqual([OFFICE]);
    expect(at(deployment, 'spec', 'template', 'spec')).toMatchObject({
      containers: [
        {
          env: expect.arrayContaining([
            { name: 'COMPONENTS_FILE', value: '/etc/service-windows/components.json' },
          ]),
          volumeMounts: expect.arrayContaining([
            { name: 'service-windows', mountPath: '/etc/service-windows', readOnly: true },
          ]),
        },
      ],
      volumes: expect.arrayContaining([
        { name: 'service-windows', configMap: { name: 'shop-service-windows' } },
      ]),
    });
  });

  test('is restarted when its windows change', () => {
    const hash = (...windows: ServiceWindow[]) =>
      at(
        ofKind(synthesized({ serviceWindows: windows }), 'Deployment')[0],
        'spec',
        'template',
        'metadata',
        'annotations',
      );

    expect(hash(OFFICE)).toEqual(hash(OFFICE));
    expect(hash(OFFICE)).not.toEqual(hash(NIGHTS));
  });

  test('reads a window without a time zone as UTC', () => {
    const { timeZone: _, ...window } = OFFICE;

    expect(textsAt(configMap('shop-service-windows', [window]), 'data')['components.json']).toContain(
      '"timeZone": "UTC"',
    );
  });

  test('without windows has none of their objects', () => {
    expect(synthesized({ serviceWindows: [] })).toEqual(synthesized({}));
  });
});

describe('Alertmanager', () => {
  const intervals = (...windows: ServiceWindow[]) =>
    load(textsAt(configMap('shop-time-intervals', windows), 'data')['time-intervals.yaml'] ?? '') as {
      time_intervals: object[];
    };

  test('has the windows of a component by the clock of their place, cut at midnight', () => {
    expect(intervals(OFFICE, NIGHTS)).toEqual({
      time_intervals: [
        {
          name: 'billing@shop.shop',
          time_intervals: [
            {
              weekdays: ['monday', 'tuesday'],
              times: [{ start_time: '08:00', end_time: '18:00' }],
              location: 'Europe/Amsterdam',
            },
          ],
        },
        {
          name: 'night-batch@shop.shop',
          time_intervals: [
            {
              weekdays: ['sunday'],
              times: [{ start_time: '22:00', end_time: '24:00' }],
              location: 'Asia/Kolkata',
            },
            {
              weekdays: ['monday'],
              times: [{ start_time: '00:00', end_time: '06:00' }],
              location: 'Asia/Kolkata',
            },
          ],
        },
      ],
    });
  });

  test('loads them, beside those of the AlertmanagerConfig as the operator writes them', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'alertmanager-'));
    try {
      const file = path.join(folder, 'alertmanager.yml');
      const { time_intervals } = intervals(OFFICE, NIGHTS);
      const mute_time_intervals = asTheOperatorWrites(configs(OFFICE, NIGHTS)[0]);
      const active = [...time_intervals, ...mute_time_intervals].map(
        (interval) => (interval as { name: string }).name,
      );
      const route = { receiver: 'none', routes: [{ receiver: 'none', active_time_intervals: active }] };
      const receivers = [{ name: 'none' }];
      writeFileSync(file, JSON.stringify({ route, receivers, time_intervals, mute_time_intervals }));
      const { status, stdout, stderr, error } = spawnSync('amtool', ['check-config', file], {
        encoding: 'utf8',
      });
      if (error)
        throw new Error('amtool is not installed; install it with: apt-get install prometheus-alertmanager', {
          cause: error,
        });

      expect({ status, output: stdout + stderr }).toMatchObject({
        status: 0,
        output: expect.stringContaining('SUCCESS'),
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  /** pkg/alertmanager/amcfg.go, convertMuteTimeInterval */
  const asTheOperatorWrites = (config: Manifest | undefined) =>
    listAt(config, 'spec', 'muteTimeIntervals').map((named) => ({
      name: `shop/shop/${String(named['name'])}`,
      time_intervals: listAt(named, 'timeIntervals').map(({ weekdays, times }) => ({
        weekdays,
        times: (times as { startTime: string; endTime: string }[]).map(({ startTime, endTime }) => ({
          start_time: startTime,
          end_time: endTime,
        })),
      })),
    }));

  const configs = (...windows: ServiceWindow[]) =>
    ofKind(synthesized({ serviceWindows: windows }), 'AlertmanagerConfig');

  test('has from the operator those whose clocks never change, in UTC', () => {
    const [config] = configs(OFFICE, NIGHTS);

    expect(at(config, 'spec', 'muteTimeIntervals')).toEqual([
      {
        name: 'night-batch',
        timeIntervals: [
          { weekdays: ['sunday'], times: [{ startTime: '16:30', endTime: '24:00' }] },
          { weekdays: ['monday'], times: [{ startTime: '00:00', endTime: '00:30' }] },
        ],
      },
    ]);
    expect(() => new AlertmanagerConfig(config as never).validate()).not.toThrow();
  });

  test('has from the operator none whose clocks change', () => {
    expect(configs(OFFICE)).toEqual([]);
    expect(configs({ ...NIGHTS, component: 'billing' }, OFFICE)).toEqual([]);
  });

  test('routes no alert by an object that contains only intervals', () => {
    expect(at(configs(NIGHTS)[0], 'spec', 'route')).toEqual({
      receiver: 'none',
      matchers: [{ name: 'alertname', matchType: '=', value: '' }],
    });
  });
});

describe('a range in an AlertmanagerConfig', () => {
  test.each([
    [
      { startTime: '22:00', endTime: '06:00' },
      '',
      '22:00 to 06:00 crosses midnight, but a range must be within one day; write two, 22:00 to 24:00 and, on the next day, 00:00 to 06:00',
    ],
    [
      { startTime: '8:00', endTime: '18:00' },
      '.startTime',
      'expected a time of day from "00:00" to "24:00", got "8:00"; write "08:00"',
    ],
    [{ startTime: '08:00' }, '.endTime', 'missing; expected a time of day from "00:00" to "24:00"'],
  ])('%j is a diagnostic in any object', (times, at, message) => {
    const manifest = {
      apiVersion: 'monitoring.coreos.com/v1alpha1',
      kind: 'AlertmanagerConfig',
      metadata: { name: 'x', namespace: 'y' },
      spec: { muteTimeIntervals: [{ name: 'a', timeIntervals: [{ times: [times] }] }] },
    };

    const place = `spec.muteTimeIntervals[0].timeIntervals[0].times[0]${at}`;
    expect(checkManifests([manifest]).map(formatDiagnostic)).toEqual([
      `AlertmanagerConfig y/x: ${place}: ${message}`,
    ]);
  });
});

const BASE = 'name: shop\nimage: shop:1.0\nworkers: 4\n';

test.each<[string, string[]]>([
  ['days: [Mon], start: 08:00, end: 18:00', []],
  ['days: [Mon], start: "24:00", end: "18:00"', ['serviceWindows[0].start: expected a time of day from "00:00" to "23:59", got "24:00"; write midnight as "00:00"']],
  ['days: [Mon], start: "8:00", end: "18:60"', [
    'serviceWindows[0].start: expected a time of day from "00:00" to "23:59", got "8:00"',
    'serviceWindows[0].end: expected a time of day from "00:00" to "23:59", got "18:60"',
  ]],
  ['days: [Mon], start: 8, end: "18:00"', ['serviceWindows[0].start: expected a time of day from "00:00" to "23:59", got 8; quote it, as in "08:00"']],
  ['days: [], start: "08:00", end: "18:00"', ['serviceWindows[0].days: expected a list of at least one of Mon, Tue, Wed, Thu, Fri, Sat, Sun, got a list']],
  ['days: [Monday], start: "08:00", end: "18:00"', ['serviceWindows[0].days[0]: expected Mon, Tue, Wed, Thu, Fri, Sat or Sun, got "Monday"']],
  ['days: [Mon], start: "08:00", end: "18:00", timeZone: Europe/Amsterdamn', ['serviceWindows[0].timeZone: expected an IANA time zone such as Europe/Amsterdam or UTC, got "Europe/Amsterdamn"; did you mean "Europe/Amsterdam"?']],
  ['days: [Mon], start: "08:00", end: "18:00", timeZone: europe/amsterdam', ['serviceWindows[0].timeZone: expected an IANA time zone such as Europe/Amsterdam or UTC, got "europe/amsterdam"; did you mean "Europe/Amsterdam"?']],
  ['days: [Mon], start: "08:00", end: "18:00", zone: UTC', ['serviceWindows[0].zone: unknown key; known are component, labels, days, start, end, timeZone; did you mean "timeZone"?']],
])('a window with { %s } has these problems', (window, expected) => {
  const { problems } = parseValues([{ file: 'shop.yaml', text: `${BASE}serviceWindows: [{ component: c, ${window} }]` }]);

  expect(problems.map(({ field, message, hint }) => [`${field}: ${message}`, hint].filter(Boolean).join('; '))).toEqual(expected);
}); // prettier-ignore

test.each<[string, string[]]>([
  ['serviceWindows: [{}]', [
    'serviceWindows[0].component: missing; expected the name of a component (1 to 200 characters, no control characters)',
    'serviceWindows[0].days: missing; expected a list',
    'serviceWindows[0].start: missing; expected a time of day from "00:00" to "23:59"',
    'serviceWindows[0].end: missing; expected a time of day from "00:00" to "23:59"',
  ]],
  [
    "serviceWindows:\n- { component: c, labels: { a: '1' }, days: [Mon], start: '08:00', end: '09:00' }\n- { component: c, labels: { a: '2' }, days: [Tue], start: '08:00', end: '09:00' }",
    ['serviceWindows[1].labels: "c" has other labels in serviceWindows[0]; labels belong to the component: set them once, or set the same labels'],
  ],
  [
    "env: { COMPONENTS_FILE: /x }\nserviceWindows: [{ component: c, days: [Mon], start: '08:00', end: '09:00' }]",
    ['env.COMPONENTS_FILE: is set by serviceWindows; remove it, or remove serviceWindows'],
  ],
  ['env: { COMPONENTS_FILE: /x }', []],
])('%s has these problems', (more, expected) => {
  const { problems } = parseValues([{ file: 'shop.yaml', text: BASE + more }]);

  expect(problems.map(({ field, message, hint }) => [`${field}: ${message}`, hint].filter(Boolean).join('; '))).toEqual(expected);
}); // prettier-ignore
