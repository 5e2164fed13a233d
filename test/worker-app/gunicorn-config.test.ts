import { readdirSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import type { WorkerAppProps } from '../../src/worker-app/worker-app-props.js';
import { shop } from '../a-worker-app.js';
import { manifestsOf } from '../manifests-of.js';

function filesOf(props: Partial<WorkerAppProps>): Record<string, string> {
  const { all } = manifestsOf(shop(props));
  return (all.find(({ kind }) => kind === 'ConfigMap') as unknown as { data: Record<string, string> }).data;
}

test.each([
  ['by default', {}, 8000],
  ['as http.port has it', { http: { port: 5000 } }, 5000],
])('our configuration knows the port at which the pod is reached, %s', (_, props, port) => {
  const files = filesOf({ gunicorn: {}, ...props });

  expect(JSON.parse(files['settings.json'] ?? '')).toMatchObject({ httpPort: port });
});

test('our configuration is mounted where it hides no folder of an image', () => {
  const { container } = manifestsOf(shop({ gunicorn: {} }));

  expect(container.volumeMounts).toContainEqual({
    name: 'gunicorn',
    mountPath: '/etc/worker-metrics/gunicorn',
    readOnly: true,
  });
  expect(container.env).toContainEqual({
    name: 'GUNICORN_CMD_ARGS',
    value: '--config=/etc/worker-metrics/gunicorn/gunicorn.conf.py',
  });
});

const TIMEOUT = { gunicorn: { timeout: 9 } } as const;
const EXPORTER = { metrics: { exporter: 'gunicorn' } } as const;
const GRAPHITE = { metrics: { exporter: 'gunicorn', graphite: { host: 'graphite' } } } as const;
const MULTIPROCESS = { metrics: { strategy: 'multiprocess' } } as const;
const JSON_LOGS = { gunicorn: { logs: 'json' } } as const;
const FEATURES: readonly Partial<WorkerAppProps>[] = [TIMEOUT, EXPORTER, GRAPHITE, MULTIPROCESS, JSON_LOGS];

test('a ConfigMap with a timeout alone has at most 12 KB, each file readable', () => {
  const files = filesOf(TIMEOUT);

  expect(Buffer.byteLength(Object.values(files).join(''))).toBeLessThanOrEqual(12 * 1024);
  expect(JSON.parse(files['settings.json'] ?? '')).toEqual({
    httpPort: 8000,
    features: ['worker_metrics_in_force', 'worker_metrics_worker_ports'],
    gunicorn: { timeout: 9 },
  });
});

test('every Python module of the folder is mounted by some key', () => {
  const mounted = new Set(FEATURES.flatMap((props) => Object.keys(filesOf(props))));

  expect([...mounted].toSorted()).toEqual(
    [
      ...readdirSync('src/worker-app/gunicorn').filter((file) => file.endsWith('.py')),
      'settings.json',
    ].toSorted(),
  );
});

test.each([
  ['Graphite', 'worker_metrics_graphite.py', [GRAPHITE]],
  ['the exporter', 'worker_metrics_exporter.py', [EXPORTER, GRAPHITE]],
  ['multiprocess mode', 'worker_metrics_sums.py', [MULTIPROCESS]],
  ['JSON logs', 'worker_metrics_json_logs.py', [JSON_LOGS]],
] as const)('a module of %s is mounted only where it is used', (_, file, users) => {
  expect(FEATURES.filter((props) => file in filesOf(props))).toEqual(users);
});
