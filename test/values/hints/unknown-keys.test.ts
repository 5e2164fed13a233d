import { explainKey } from '../../../src/values/explain/explain-keys.js';
import { hintsOn } from '../hints-on.js';

test.each([
  ['http: { zzz: 1 }', 'known are port, servicePort, targetPort, healthPath, healthHost'],
  ['probes: { zzz: 1 }', 'known are liveness, readiness, startup'],
  ['tolerations: [{ zzz: 1 }]', 'known are effect, key, operator, tolerationSeconds, value; set a field that is newer with patches'],
])('of a map with few keys, all are listed: %s', (given, hint) => {
  expect(hintsOn(given)).toEqual([hint]);
}); // prettier-ignore

test.each([
  ['zzz: 1', 'WorkerApp', ''],
  ['environments: { dev: { zzz: 1 } }', 'WorkerApp', ''],
  ['metrics: { zzz: 1 }', 'metrics', ''],
  ['processes: { mail: { command: [mail], zzz: 1 } }', 'processes.mail', ''],
  ['sidecars: { proxy: { image: proxy, zzz: 1 } }', 'sidecars.proxy', '; set a field that is newer with patches'],
  ['processes: { mail: { command: [mail], volumes: { data: { zzz: 1 } } } }', 'processes.mail.volumes.data', '; set a field that is newer with patches'],
  ['podSpec: { zzz: 1 }', 'podSpec', '; set a field that is newer with patches'],
])('of a map with many keys, the command that lists them is named: %s', (given, name, also) => {
  expect(hintsOn(given)).toEqual([`worker-metrics explain ${name} lists the keys${also}`]);
  expect(explainKey(name)[0]?.keys.length).toBeGreaterThan(12);
}); // prettier-ignore

test('the keys of another kind are listed with the kind', () => {
  const text = 'kind: AlertmanagerCluster\nname: a\npeers: 3\nconfig: { route: { receiver: none }, receivers: [{ name: none }] }\nzzz: 1\n';
  expect(hintsOn('', text)).toContain('worker-metrics explain AlertmanagerCluster lists the keys');
  expect(explainKey('AlertmanagerCluster')[0]?.keys.length).toBeGreaterThan(12);
}); // prettier-ignore

test.each([
  ['pullPolicy', '"imagePullPolicy"'],
  ['pullSecrets', '"imagePullSecrets"'],
  ['deployment_strategy', '"strategy"'],
  ['imageTag', '"image"'],
  ['nameOverride', '"name"'],
  ['context', '"podSecurityContext" or "containerSecurityContext"'],
  ['pod', '"podLabels", "podAnnotations" or "podSecurityContext"'],
])('%s, which is no typing error, is answered with the keys that share its words', (key, keys) => {
  const list = 'worker-metrics explain WorkerApp lists the keys';
  expect(hintsOn(`${key}: 1`)).toEqual([`${list}; did you mean ${keys}?`]);
});

test('a key that only contains the letters of another one is like none', () => {
  expect(hintsOn('fullnamespaces: 1')).toEqual(['worker-metrics explain WorkerApp lists the keys']);
});

test('an unknown key after many values of the wrong form is answered as any other', () => {
  const env = Array.from({ length: 30 }, (_, i) => `  A${i}: [1]\n`).join('');
  expect(hintsOn(`env:\n${env}metrics: { zzz: 1 }`)).toContain(
    'worker-metrics explain metrics lists the keys',
  );
});
