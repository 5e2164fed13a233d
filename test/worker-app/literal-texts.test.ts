import { App, Chart } from 'cdk8s';
import { array, assert, constantFrom, property } from 'fast-check';
import { AlertmanagerCluster } from '../../src/stack/alertmanager/alertmanager-cluster.js';
import { PrometheusServer } from '../../src/stack/prometheus-server/prometheus-server.js';
import { listAt, textAt, type Manifest } from '../../src/kubernetes/manifest.js';
import { kubernetesExpands } from '../kubernetes/go-expansion.js';
import { runs } from '../runs.js';

/** Texts that a shell, a URL and Kubernetes each read in a way of their own. */
const text = array(constantFrom('$', '$(POD_IP)', '$(POD_NAME)', '$$', 'a', '(', ')', 'é'), {
  minLength: 1,
  maxLength: 6,
}).map((parts) => `x${parts.join('')}x`);

const ascii = text.map((given) => given.replaceAll('é', 'e'));

/** All arguments and literal variables of the containers, as these get them. */
function gotten(define: (chart: Chart) => void): string[] {
  const chart = new Chart(new App(), 'test', { disableResourceNameHashes: true });
  define(chart);
  return (chart.toJson() as Manifest[]).flatMap((manifest) =>
    ['initContainers', 'containers'].flatMap((list) =>
      listAt(manifest, 'spec', 'template', 'spec', list).flatMap((container) => {
        const variables = { POD_IP: '10.0.0.1', POD_NAME: 'pod-0' };
        return [
          ...((container['args'] ?? []) as string[]),
          ...listAt(container, 'env').flatMap((entry) => textAt(entry, 'value') ?? []),
        ].map((one) => kubernetesExpands(one, variables));
      }),
    ),
  );
}

test('Prometheus and git-sync get the texts that were given, whatever Kubernetes would expand in them', () => {
  assert(
    property(ascii, text, (given, label) => {
      const all = gotten((chart) => {
        new PrometheusServer(chart, 'server', {
          name: 'prometheus',
          git: {
            repository: `https://git.example.com/${given}.git`,
            branch: given,
            token: { secret: 'git', key: 'token', username: given },
          },
          externalLabels: { cluster: label },
        });
      });
      expect(all).toContain(`--repo=https://git.example.com/${given}.git`);
      expect(all).toContain(`--ref=refs/heads/${given}`);
      expect(all).toContain(`--username=${given}`);
      expect(all).toContain(label);
    }),
    { numRuns: runs(20) },
  );
});

test('an Alertmanager gets the label and URL that were given, and its own address', () => {
  assert(
    property(ascii, (given) => {
      const all = gotten((chart) => {
        new AlertmanagerCluster(chart, 'cluster', {
          name: 'alertmanager',
          peers: 2,
          label: given,
          externalUrl: `https://alerts.example.com/${given}`,
          config: { route: { receiver: 'a' }, receivers: [{ name: 'a' }] },
        });
      });
      expect(all).toContain(`--cluster.label=${given}`);
      expect(all).toContain(`--web.external-url=https://alerts.example.com/${given}`);
      expect(all).toContain('--cluster.listen-address=[10.0.0.1]:9094');
    }),
    { numRuns: runs(20) },
  );
});

test("the operator's Alertmanager gets them too: the operator passes them on as they are", () => {
  const chart = new Chart(new App(), 'test');
  new AlertmanagerCluster(chart, 'cluster', {
    name: 'alertmanager',
    form: 'operator',
    peers: 2,
    label: 'x-$(POD_IP)',
    externalUrl: 'https://alerts.example.com/$(POD_IP)',
    alertmanagerConfig: { route: { receiver: 'a' }, receivers: [{ name: 'a' }] },
  });
  const object = (chart.toJson() as Manifest[]).find(({ kind }) => kind === 'Alertmanager');
  expect(textAt(object, 'spec', 'clusterLabel')).toBe('x-$$(POD_IP)');
  expect(textAt(object, 'spec', 'externalUrl')).toBe('https://alerts.example.com/$$(POD_IP)');
});
