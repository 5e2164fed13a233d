import { App, Chart } from 'cdk8s';
import { at, listAt, type Manifest } from '../../../src/kubernetes/manifest.js';
import { PrometheusServer } from '../../../src/stack/prometheus-server/prometheus-server.js';
import type { PrometheusServerProps } from '../../../src/stack/prometheus-server/prometheus-server-props.js';

export const https: PrometheusServerProps = {
  name: 'prometheus',
  namespace: 'monitoring',
  git: { repository: 'https://git.example.com/config.git', branch: 'production' },
};
export const full: PrometheusServerProps = {
  ...https,
  replicas: 2,
  git: {
    repository: 'git@git.example.com:config.git',
    branch: 'staging',
    file: 'prometheus/prometheus.yml',
    period: '1m',
    ssh: { key: { secret: 'git', key: 'id' }, knownHosts: { configMap: 'hosts', key: 'known' } },
  },
  retention: { time: '30d', size: '40GB' },
  storage: { size: '50Gi' },
  externalLabels: { cluster: 'eu-1' },
  alertmanager: 'alertmanager',
  secrets: ['scrape.passwords'],
  decrypt: { ageKey: { secret: 'age', key: 'keys' } },
};

export function synthesized(props: PrometheusServerProps) {
  const chart = new Chart(new App(), 'test', { disableResourceNameHashes: true });
  new PrometheusServer(chart, 'server', props);
  const manifests = chart.toJson() as Manifest[];
  const all = (kind: string) => manifests.filter((one) => one['kind'] === kind);
  const [statefulSet] = all('StatefulSet');
  const pod = at(statefulSet, 'spec', 'template', 'spec');
  const container = (name: string) =>
    ['initContainers', 'containers']
      .flatMap((list) => listAt(pod, list))
      .find((one) => one['name'] === name) ?? {};
  const args = (name: string) => container(name)['args'] as string[];
  const mounts = (name: string) => listAt(container(name), 'volumeMounts').map(({ mountPath }) => mountPath);
  return { manifests, all, statefulSet, pod, container, args, mounts };
}
