import { formatDiagnostic } from '../../src/diagnostics/diagnostic.js';
import { checkManifests } from '../../src/checks/check-manifests.js';
import { parseValues } from '../../src/values/parse-values.js';
import { manifestsOf } from '../manifests-of.js';
import type { WorkerAppProps } from '../../src/worker-app/worker-app-props.js';
import { problemsOf, refusalsOf, shop, shopWith } from '../a-worker-app.js';

const http = { healthPath: '/up', healthHost: 'shop.example.com' };
const containerOf = (probes: object, more: object = { http }) =>
  manifestsOf(shopWith({ ...more, probes })).container;

const HEADERS = [{ name: 'Host', value: 'shop.example.com' }];

test('a probe is merged over that of http.healthPath; the others stay', () => {
  const { all, container } = manifestsOf(
    shop({ http, probes: { readiness: { httpGet: { path: '/ready' }, periodSeconds: 5 } } }),
  );
  expect(container.readinessProbe).toEqual({
    httpGet: { path: '/ready', port: 'http', scheme: 'HTTP', httpHeaders: HEADERS },
    periodSeconds: 5,
    timeoutSeconds: 1,
    successThreshold: 1,
    failureThreshold: 3,
  });
  const without = manifestsOf(shop({ http })).container;
  expect(container.livenessProbe).toEqual(without.livenessProbe);
  expect(container.startupProbe).toEqual(without.startupProbe);
  expect(checkManifests(all).map(formatDiagnostic)).toEqual([]);
});

test.each([
  { exec: { command: ['python', 'alive.py'] } },
  { tcpSocket: { port: 'http' } },
  { grpc: { port: 8000, service: 'shop' } },
])('another handler replaces the request: %j', (handler) => {
  const { livenessProbe } = containerOf({ liveness: handler });
  expect(livenessProbe).toMatchObject({ ...handler, periodSeconds: 30, initialDelaySeconds: 10 });
  expect(livenessProbe).not.toHaveProperty('httpGet');
});

test('null is no probe, and null for a field removes it', () => {
  const container = containerOf({ liveness: null, startup: { httpGet: { httpHeaders: null } } });
  expect(container).not.toHaveProperty('livenessProbe');
  expect(container.startupProbe.httpGet).toEqual({ path: '/up', port: 'http', scheme: 'HTTP' });
});

test('without http.healthPath, a given probe with a handler is the only one', () => {
  const container = containerOf({ readiness: { tcpSocket: { port: 'http' } } }, {});
  expect(container.readinessProbe).toEqual({ tcpSocket: { port: 'http' } });
  expect(container).not.toHaveProperty('livenessProbe');
});

test.each<[string, object, object, string]>([
  ['no handler', {}, { liveness: { periodSeconds: 5 } },
    'probes.liveness: missing handler; set httpGet, tcpSocket, exec, grpc, or http.healthPath'],
  ['a handler that is removed', { http }, { liveness: { httpGet: null } },
    'probes.liveness: missing handler; set httpGet, tcpSocket, exec, grpc, or http.healthPath'],
  ['two handlers', {}, { liveness: { tcpSocket: { port: 80 }, exec: { command: ['x'] } } },
    'probes.liveness: a probe has one handler, got tcpSocket and exec; remove one'],
  ['no port and none to merge over', {}, { startup: { httpGet: { path: '/up' } } },
    'probes.startup.httpGet.port: missing; expected a whole number or text'],
  ['no command', { http }, { liveness: { exec: {} } }, 'probes.liveness.exec.command: missing; expected a list of words'],
  ['an unknown field', { http }, { liveness: { periodSecond: 5 } },
    'probes.liveness.periodSecond: a Probe of Kubernetes 1.28 has no such field; did you mean "periodSeconds"?'],
  ['a header without a name', { http }, { liveness: { httpGet: { httpHeaders: [{ value: 'X' }] } } },
    'probes.liveness.httpGet.httpHeaders[0].name: missing; expected text'],
  ['several successes for liveness', { http }, { liveness: { successThreshold: 2 } },
    'probes.liveness.successThreshold: expected 1 for liveness, got 2'],
  ['a negative number', { http }, { readiness: { periodSeconds: -1 } },
    'probes.readiness.periodSeconds: expected a whole number from 0, got -1'],
  ['a grace period of readiness', { http }, { readiness: { terminationGracePeriodSeconds: 5 } },
    'probes.readiness.terminationGracePeriodSeconds: a readiness probe ends no container; remove it'],
  ['a port above 65535', { http }, { readiness: { httpGet: { port: 80_000 } } },
    'probes.readiness.httpGet.port: expected a whole number from 1 to 65535, got 80000'],
  ['a scheme in lower case', { http }, { readiness: { httpGet: { scheme: 'https' } } },
    'probes.readiness.httpGet.scheme: expected HTTP or HTTPS, got "https"; did you mean "HTTPS"?'],
])('%s is refused', (_, more, probes, problem) => {
  expect(problemsOf(shopWith({ ...more, probes }))).toEqual([problem]);
}); // prettier-ignore

test.each([
  ['readiness', 'error', 'the pod never becomes ready; did you mean "http"?'],
  ['startup', 'error', 'the pod never becomes ready; did you mean "http"?'],
  ['liveness', 'warning', 'the probe never fails; did you mean "http"?'],
])('a port name that the container does not have: in %s an %s of the checks', (probe, severity, end) => {
  const { all } = manifestsOf(shop({ http, probes: { [probe]: { httpGet: { path: '/', port: 'htp' } } } }));
  expect(checkManifests(all).map((one) => `${one.severity}: ${formatDiagnostic(one)}`)).toEqual([
    expect.stringMatching(
      new RegExp(`^${severity}: .*${probe}Probe.httpGet.port: "htp" is not a port of the container`),
    ),
  ]);
  expect(checkManifests(all).map(formatDiagnostic)[0]).toContain(end);
});

test.each([
  ['postStart', 'error', { lifecycle: { postStart: { httpGet: { path: '/', port: 'htp' } } } }],
  ['preStop', 'warning', { lifecycle: { preStop: { httpGet: { path: '/', port: 'htp' } } } }],
  ['postStart', 'error', { sidecars: { a: { image: 'b', lifecycle: { postStart: { httpGet: { port: 'http' } } } } } }],
  ['preStop', 'warning', { processes: { q: { command: ['a'], lifecycle: { preStop: { httpGet: { port: 'http' } } } } } }],
  ['preStop', 'warning', { cronJobs: { q: { schedule: '0 0 * * *', command: ['a'], lifecycle: { preStop: { tcpSocket: { port: 80 } } } } } }],
])('a hook %s that cannot run is an %s of the checks: %j', (hook, severity, props) => {
  const { all } = manifestsOf(shop(props));
  expect(checkManifests(all).map((one) => `${one.severity}: ${formatDiagnostic(one)}`)).toEqual([
    expect.stringMatching(new RegExp(`^${severity}: .*lifecycle.${hook}.*: the hook fails`)),
  ]);
}); // prettier-ignore

test.each([
  [{ lifecycle: { preStop: { httpGet: { path: '/', port: 'http' } } } }],
  [{ lifecycle: { preStop: { httpGet: { path: '/', port: 9 } } } }],
  [{ lifecycle: { preStop: { exec: { command: ['a'] } } } }],
  [{ sidecars: { a: { image: 'b', ports: [{ name: 'a', containerPort: 9 }], lifecycle: { postStart: { httpGet: { port: 'a' } } } } } }],
])('a hook that can run is right: %j', (props) => {
  expect(checkManifests(manifestsOf(shop(props)).all)).toEqual([]);
}); // prettier-ignore

const BASE = 'name: shop\nimage: a/shop:v1\nworkers: 3\n';

test('environments merge probes, replace a handler, and remove a probe', () => {
  const text = `${BASE}probes: { liveness: { httpGet: { path: /live, port: http }, periodSeconds: 9 }, readiness: { tcpSocket: { port: http } } }
environments:
  dev: { probes: { liveness: { exec: { command: [alive] } }, readiness: null } }
  live: {}
`;
  const { values, problems } = parseValues([{ file: 'a.yaml', text }]);
  expect(problems).toEqual([]);
  const [dev, live] = values.map(({ spec }) => manifestsOf(spec as unknown as WorkerAppProps).container);
  expect(dev.livenessProbe).toEqual({ exec: { command: ['alive'] }, periodSeconds: 9 });
  expect(dev).not.toHaveProperty('readinessProbe');
  expect(live.readinessProbe).toEqual({ tcpSocket: { port: 'http' } });
});

test('a probe under its name in Kubernetes is answered with the lines to write', () => {
  expect(refusalsOf(`${BASE}livenessProbe: { exec: { command: [alive] } }\n`)).toEqual([
    'values/shop.yaml:4: livenessProbe: unknown key; write http: { healthPath: /healthz }, or these fields as probes: { liveness: … }',
  ]);
});
