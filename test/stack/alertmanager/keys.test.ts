import { App, Chart } from 'cdk8s';
import { loadOperatorModels } from '../../../src/alertmanager/operator-models.js';
import type { AlertmanagerClusterProps } from '../../../src/stack/alertmanager/alertmanager-cluster-props.js';
import { AlertmanagerCluster } from '../../../src/stack/alertmanager/alertmanager-cluster.js';
import { testEveryKey } from '../../schema/key-samples.js';
import { ALERTMANAGER_CLUSTER } from '../../schema/kinds-under-test.js';

beforeAll(loadOperatorModels);

const paths = testEveryKey({
  ...ALERTMANAGER_CLUSTER,
  manifests: (props) => {
    const chart = new Chart(new App(), 'chart');
    new AlertmanagerCluster(chart, 'cluster', props as unknown as AlertmanagerClusterProps);
    return JSON.stringify(chart.toJson());
  },
});

test('no key is forgotten: those of lists and objects count, too', () => {
  expect(paths).toEqual(
    expect.arrayContaining(['peers', 'storage.size', 'clients[0].namespace', 'alertmanagerConfig']),
  );
});
