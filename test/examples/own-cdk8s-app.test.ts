import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { checkManifests } from '../../src/checks/check-manifests.js';
import { filesIn, temporaryFolder } from '../an-output-folder.js';
import { manifests, type Loose } from '../manifests-of.js';

const folder = path.join(temporaryFolder(), 'dist');
let written: Record<string, Loose[]>;

beforeAll(async () => {
  process.env['CDK8S_OUTDIR'] = folder;
  await import('../../examples/own-cdk8s-app/main.js');
  written = Object.fromEntries(
    Object.entries(filesIn(folder)).map(([file, text]) => [
      file,
      parseAllDocuments(text).map((document) => document.toJS() as Loose),
    ]),
  );
});

test('the example writes a file for each chart', () => {
  expect(Object.keys(written)).toEqual(['billing.k8s.yaml', 'shop.k8s.yaml']);
});

test('its manifests have no problem', () => {
  expect(checkManifests(Object.values(written).flat())).toEqual([]);
});

test('each worker of the application that is made whole is scraped', () => {
  const { container, monitor } = manifests(written['shop.k8s.yaml'] ?? []);
  expect(container.env).toContainEqual({ name: 'WEB_CONCURRENCY', value: '8' });
  expect(monitor.spec.endpoints).toHaveLength(8);
});

test('each worker of the Deployment that was there before is scraped', () => {
  const { container, service, monitor } = manifests(written['billing.k8s.yaml'] ?? []);
  const names = ['metrics-1', 'metrics-2', 'metrics-3', 'metrics-4'];
  const named = (ports: readonly { name: string }[]) => ports.map(({ name }) => name);
  expect(named(container.ports)).toEqual(['http', ...names]);
  expect(named(service.spec.ports)).toEqual(['http', ...names]);
  expect(monitor.spec.endpoints.map(({ port }: { port: string }) => port)).toEqual(names);
});
