import { load } from 'js-yaml';
import { HELM, HelmChart } from './helm-chart.js';

let chart: HelmChart;
beforeEach(() => (chart = new HelmChart()));
afterEach(() => chart.remove());

test('a second health path is that of its probe', () => {
  const probes =
    'livenessProbe: { httpGet: { path: /a, port: http } }\nreadinessProbe: { httpGet: { path: /b } }\n';
  expect(chart.converted(`${HELM}${probes}`)).toMatchObject({
    http: { healthPath: '/a' },
    probes: { readiness: { httpGet: { path: '/b' } }, startup: null },
  });
});

test.each([
  [
    'the Host header of a probe is its host, and other headers stay with the probe',
    'livenessProbe: { httpGet: { path: /a, httpHeaders: [{ name: Accept, value: "*/*" }, { name: Host, value: app.example.com }] } }',
    {
      http: { healthPath: '/a', healthHost: 'app.example.com' },
      probes: { liveness: { httpGet: { httpHeaders: [{ name: 'Accept' }, { name: 'Host' }] } } },
    },
    [],
  ],
  [
    'another host of another probe stays with the probe',
    'livenessProbe: { httpGet: { path: /a, httpHeaders: [{ name: host, value: a.example.com }] } }\nreadinessProbe: { httpGet: { path: /a, httpHeaders: [{ name: Host, value: b.example.com }] } }',
    {
      http: { healthPath: '/a', healthHost: 'a.example.com' },
      probes: { readiness: { httpGet: { httpHeaders: [{ value: 'b.example.com' }] } } },
    },
    [],
  ],
  [
    'the users of pod and container both count',
    'podSecurityContext: { runAsUser: 1000 }\nsecurityContext: { runAsUser: 2000 }',
    { runAsUser: 1000, containerSecurityContext: { runAsUser: 2000 } },
    [],
  ],
  [
    'of two monitors that are on the first counts, and the other is named',
    'serviceMonitor: { interval: 15s }\nmetrics: { serviceMonitor: { enabled: true, interval: 45s } }',
    { metrics: { interval: '15s' } },
    ['metrics.serviceMonitor.interval'],
  ],
  ['a name beside the full one is named', 'nameOverride: web', { name: 'shop' }, ['nameOverride']],
])('of two sources: %s', (_what, more, values, named) => {
  const imported = chart.result(`${HELM}${more}\n`);
  expect(load(imported.text)).toMatchObject(values);
  expect(imported.notCarried.map(({ field }) => field)).toEqual(['database.port', ...named]);
});

test('of two monitors the one that is switched on counts, in any order', () => {
  const monitors =
    'serviceMonitor: { enabled: false, interval: 15s, scrapeTimeout: 5s }\nmetrics: { serviceMonitor: { enabled: true, interval: 45s } }\n';
  const imported = chart.result(`${HELM}${monitors}`);
  expect(load(imported.text)).toMatchObject({ metrics: { startPort: 9001, interval: '45s' } });
  expect(load(imported.text)).not.toHaveProperty('metrics.scrapeTimeout');
  expect(imported.unused).toEqual(
    expect.arrayContaining(['serviceMonitor.interval', 'serviceMonitor.scrapeTimeout']),
  );
});
