import { load } from 'js-yaml';
import { at, listAt, type Manifest } from '../../src/kubernetes/manifest.js';
import type { WorkerAppProps } from '../../src/worker-app/worker-app-props.js';
import { WorkerApp } from '../../src/worker-app/worker-app.js';
import { Testing } from 'cdk8s';
import { examplesOf } from './pages.js';

/** The Deployment of the example on a page that contains a word. */
const deploymentOf = (page: string, word = '') => {
  const example = examplesOf(page).find(({ text }) => text.includes(word));
  const chart = Testing.chart();
  new WorkerApp(chart, 'app', load(example?.text ?? '') as WorkerAppProps);
  const manifests = Testing.synth(chart) as Manifest[];
  return manifests.find(({ kind }) => kind === 'Deployment') ?? {};
};

test('the values against remarks of scanners give the fields that scanners look for', () => {
  const deployment = deploymentOf('docs/scanners.md');
  const [container = {}] = listAt(deployment, 'spec', 'template', 'spec', 'containers');

  expect(at(deployment, 'spec', 'replicas')).toBe(2);
  expect(at(deployment, 'spec', 'template', 'spec', 'securityContext')).toMatchObject({
    runAsUser: 10001,
    runAsGroup: 10001,
  });
  expect(container).toMatchObject({
    image: expect.stringMatching(/@sha256:[0-9a-f]{64}$/),
    imagePullPolicy: 'Always',
    livenessProbe: {},
    readinessProbe: {},
    resources: {
      requests: { 'ephemeral-storage': '100Mi' },
      limits: { cpu: '2', 'ephemeral-storage': '1Gi' },
    },
  });
});

test('the variables that refer to others come after them', () => {
  const deployment = deploymentOf('docs/environment-variables.md', 'DATABASE_URL');
  const [container = {}] = listAt(deployment, 'spec', 'template', 'spec', 'containers');
  const names = listAt(container, 'env').map(({ name }) => name);

  expect(names.indexOf('DATABASE_URL')).toBeGreaterThan(names.indexOf('DB_USER'));
  expect(names.indexOf('DATABASE_URL')).toBeGreaterThan(names.indexOf('DB_PASSWORD'));
});
