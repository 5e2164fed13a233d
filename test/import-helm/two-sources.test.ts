import { load } from 'js-yaml';
import { HELM, HelmChart } from './helm-chart.js';

let chart: HelmChart;
beforeEach(() => (chart = new HelmChart()));
afterEach(() => chart.remove());

test('a second health path is reported: there is one for all probes', () => {
  const probes =
    'livenessProbe: { httpGet: { path: /a, port: http } }\nreadinessProbe: { httpGet: { path: /b } }\n';
  const imported = chart.result(`${HELM}${probes}`);
  expect(imported).toMatchObject({
    notCarried: [{ field: 'nodeSelector.disk' }, { field: 'readinessProbe.httpGet.path', value: '/b' }],
  });
});

test.each([
  [
    'the Host header of a probe is its host, and other headers are named',
    'livenessProbe: { httpGet: { path: /a, httpHeaders: [{ name: Accept, value: "*/*" }, { name: Host, value: app.example.com }] } }',
    { http: { healthPath: '/a', healthHost: 'app.example.com' } },
    ['livenessProbe.httpGet.httpHeaders[0]'],
  ],
  [
    'another host of another probe is named',
    'livenessProbe: { httpGet: { path: /a, httpHeaders: [{ name: host, value: a.example.com }] } }\nreadinessProbe: { httpGet: { path: /a, httpHeaders: [{ name: Host, value: b.example.com }] } }',
    { http: { healthPath: '/a', healthHost: 'a.example.com' } },
    ['readinessProbe.httpGet.httpHeaders'],
  ],
  [
    "the container's user counts before the pod's",
    'podSecurityContext: { runAsUser: 1000 }\nsecurityContext: { runAsUser: 2000 }',
    { runAsUser: 2000 },
    ['podSecurityContext.runAsUser'],
  ],
  [
    'one user in both places is carried over',
    'podSecurityContext: { runAsUser: 1000 }\nsecurityContext: { runAsUser: 1000 }',
    { runAsUser: 1000 },
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
  expect(imported.notCarried.map(({ field }) => field)).toEqual(['nodeSelector.disk', ...named]);
});

test('of two monitors the one that is switched on counts, wherever it stands', () => {
  const monitors =
    'serviceMonitor: { enabled: false, interval: 15s, scrapeTimeout: 5s }\nmetrics: { serviceMonitor: { enabled: true, interval: 45s } }\n';
  const imported = chart.result(`${HELM}${monitors}`);
  expect(load(imported.text)).toMatchObject({ metrics: { startPort: 9001, interval: '45s' } });
  expect(load(imported.text)).not.toHaveProperty('metrics.scrapeTimeout');
  expect(imported.unused).toEqual(
    expect.arrayContaining(['serviceMonitor.interval', 'serviceMonitor.scrapeTimeout']),
  );
});
