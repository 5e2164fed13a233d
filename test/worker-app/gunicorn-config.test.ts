import { expect, test } from '@jest/globals';
import { shop } from '../a-worker-app.js';
import { manifestsOf } from '../manifests-of.js';

test.each([
  ['by default', {}, 8000],
  ['as http.port has it', { http: { port: 5000 } }, 5000],
])('our configuration knows the port at which the pod is reached, %s', (_, props, port) => {
  const { all } = manifestsOf(shop({ gunicorn: {}, ...props }));
  const configMap = all.find(({ kind }) => kind === 'ConfigMap') as { data: Record<string, string> };

  expect(JSON.parse(configMap.data['settings.json'] ?? '')).toMatchObject({ httpPort: port });
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
