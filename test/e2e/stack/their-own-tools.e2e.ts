import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { dump, load, loadAll } from 'js-yaml';
import { AlertmanagerPeers } from '../../../src/stack/alertmanager/alertmanager-peers.js';
import { alertingSection } from '../../../src/stack/alertmanager/alerting-section.js';
import { textAt } from '../../../src/kubernetes/manifest.js';
import { scrapeJob } from '../../../src/prometheus/scrape-job.js';
import { run } from '../cluster/program.js';
import { needTools } from './tools.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'checked-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const written = (name: string, text: string) => {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
};

const peers = AlertmanagerPeers.numbered(3, {
  statefulSet: 'alertmanager',
  service: 'alertmanager-peers',
  namespace: 'monitoring',
});

test('amtool takes the configuration of the example of an AlertmanagerCluster', () => {
  needTools('amtool');
  const manifests = loadAll(readFileSync('examples/alertmanager-cluster/dist/alertmanager.k8s.yaml', 'utf8'));
  const config = manifests.map((one) => textAt(one, 'data', 'alertmanager.yml')).find(Boolean);
  expect(run('amtool', ['check-config', written('alertmanager.yml', config ?? '')])).toContain('SUCCESS');
});

test('promtool takes the configuration of the example of a PrometheusServer, with what the pod mounts', () => {
  needTools('promtool');
  cpSync('examples/prometheus-server/repository/prometheus', folder, { recursive: true });
  const mounted = (text: string) => text.replaceAll('/etc/prometheus/', `${folder}/mounted/`);
  const file = path.join(folder, 'prometheus.yml');
  // Debian builds Prometheus without the discovery of Kubernetes.
  const configuration = readFileSync(file, 'utf8').replace(
    /kubernetes_sd_configs:\n.*\n.*\n/,
    'static_configs: [{ targets: [shop] }]\n',
  );
  writeFileSync(file, mounted(configuration));
  written('secrets/shop.txt', 'what sops makes of secrets/shop.sops.txt');
  const manifests = [
    ...loadAll(readFileSync('examples/alertmanager-cluster/dist/alertmanager.k8s.yaml', 'utf8')),
    ...loadAll(readFileSync('examples/prometheus-server/dist/prometheus.k8s.yaml', 'utf8')),
  ];
  const data = (file: string) => manifests.map((one) => textAt(one, 'data', file)).find(Boolean) ?? '';
  written('mounted/alertmanagers/alertmanagers.yaml', data('alertmanagers.yaml'));
  written('mounted/own/self-monitoring.rules.yaml', data('self-monitoring.rules.yaml'));
  const printed = run('promtool', ['check', 'config', file]);
  expect(printed).toContain('4 rules found');
  expect(printed).toContain('1 rules found');
});

test('the alerts of a server about itself fire for what they are for, and for nothing else', () => {
  needTools('promtool');
  run('promtool', ['test', 'rules', 'test/stack/prometheus-server/self-monitoring.test.yaml']);
});

test.each(['dns', 'name'] as const)('promtool takes jobs with fixed labels and peers found by %s', (by) => {
  needTools('promtool');
  const job = scrapeJob({
    name: 'shop',
    labels: { team: 'shop', price: '$5' },
    interval: '15s',
    discovery: { dns_sd_configs: [{ names: ['shop.shop.svc'], type: 'A', port: 5001 }] },
  });
  const config = { scrape_configs: [job], alerting: alertingSection([{ peers }], by) };
  const file = written('prometheus.yml', dump(config));
  expect(run('promtool', ['check', 'config', file])).toContain('SUCCESS');
  expect(load(readFileSync(file, 'utf8'))).toEqual(config);
});
