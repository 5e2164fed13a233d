import { App, Chart } from 'cdk8s';
import type { PrometheusServerProps } from '../../../src/stack/prometheus-server/prometheus-server-props.js';
import { PrometheusServer } from '../../../src/stack/prometheus-server/prometheus-server.js';
import { testEveryKey } from '../../schema/key-samples.js';
import { PROMETHEUS_SERVER } from '../../schema/kinds-under-test.js';

const paths = testEveryKey({
  ...PROMETHEUS_SERVER,
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
