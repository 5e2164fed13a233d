import { App, Chart } from 'cdk8s';
import { PROMETHEUS_SERVER_KEYS } from '../../../src/stack/prometheus-server/prometheus-server-keys.js';
import type { PrometheusServerProps } from '../../../src/stack/prometheus-server/prometheus-server-props.js';
import { PrometheusServer } from '../../../src/stack/prometheus-server/prometheus-server.js';
import { testEveryKey } from '../../schema/key-samples.js';

const paths = testEveryKey({
  keys: PROMETHEUS_SERVER_KEYS,
  base: { name: 'prom', git: { repository: 'https://git.example.com/config.git', branch: 'main' } },
  document: (props) => ({ kind: 'PrometheusServer', ...props }),
  manifests: (props) => {
    const chart = new Chart(new App(), 'chart');
    new PrometheusServer(chart, 'server', props as unknown as PrometheusServerProps);
    return JSON.stringify(chart.toJson());
  },
  // Its keys change the manifests.
  changeNothing: new Set(['retention']),
});

test('no key is forgotten: those of lists and objects count, too', () => {
  expect(paths).toEqual(
    expect.arrayContaining(['replicas', 'git.ssh.knownHosts', 'decrypt.image', 'clients[0].labels']),
  );
});
