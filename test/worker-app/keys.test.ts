import type { WorkerAppProps } from '../../src/worker-app/worker-app-props.js';
import { manifestsOf } from '../manifests-of.js';
import { testEveryKey } from '../schema/key-samples.js';
import { WORKER_APP } from '../schema/kinds-under-test.js';

const paths = testEveryKey({
  ...WORKER_APP,
  manifests: (props) => JSON.stringify(manifestsOf(props as unknown as WorkerAppProps).all),
  changeNothing: new Set([
    'alerts.latency.largestBucket',
    'http',
    'metrics',
    'probes',
    'processes.worker.probes',
  ]),
});

test('no key is forgotten: those of lists and objects count, too', () => {
  expect(paths).toEqual(
    expect.arrayContaining([
      'workers',
      'http.healthHost',
      'metrics.graphite.host',
      'metrics.relabelings[0].regex',
    ]),
  );
});
