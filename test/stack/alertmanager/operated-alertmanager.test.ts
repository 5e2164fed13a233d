import { checkManifests } from '../../../src/checks/check-manifests.js';
import { at, nameOf } from '../../../src/kubernetes/manifest.js';
import { alertingSection } from '../../../src/stack/alertmanager/alerting-section.js';
import type { AlertmanagerClusterProps } from '../../../src/stack/alertmanager/alertmanager-cluster-props.js';
import { operated, synthesized } from './synthesized-cluster.js';

test('the Alertmanager object has the same settings, and operatorAlerting leads Prometheus to every peer', () => {
  const { cluster, find } = synthesized(operated);
  expect(at(find('Alertmanager'), 'spec')).toMatchObject({
    replicas: 3,
    clusterLabel: 'monitoring/main',
    alertmanagerConfiguration: { name: 'main' },
    image: 'quay.io/prometheus/alertmanager:v0.34.2',
  });
  expect(nameOf(find('AlertmanagerConfig') ?? {})).toBe('AlertmanagerConfig monitoring/main');
  expect(cluster.operatorAlerting).toEqual({
    alertmanagers: [{ name: 'main', namespace: 'monitoring', port: 'web', apiVersion: 'v2' }],
  });
  expect(find('Service', 'main')).toBeDefined();
});

describe('of two clusters of the operator in one namespace', () => {
  const team = (name: string) => synthesized({ ...operated, name, peers: 2 });
  const clusters = ['a', 'b'].map((name) => team(name).cluster);

  test('Prometheus finds each by a name of its own: that of the operator is of both', () => {
    expect(alertingSection(clusters)).toEqual({
      alertmanagers: [
        { dns_sd_configs: [{ names: ['a-peers.monitoring.svc'], type: 'A', port: 9093 }] },
        { dns_sd_configs: [{ names: ['b-peers.monitoring.svc'], type: 'A', port: 9093 }] },
      ],
    });
  });

  test('that name is of the pods of one cluster, ready or not', () => {
    expect(team('a').find('Service', 'a-peers')?.['spec']).toEqual({
      type: 'ClusterIP',
      clusterIP: 'None',
      publishNotReadyAddresses: true,
      selector: { 'app.kubernetes.io/name': 'alertmanager', alertmanager: 'a' },
      ports: [{ name: 'web', port: 9093, protocol: 'TCP', targetPort: 'web' }],
    });
  });

  test('each peer has the name that it has by the Service of the operator', () => {
    const peer = (pod: string) => `${pod}.alertmanager-operated.monitoring.svc:9093`;
    expect(alertingSection(clusters, 'name')).toEqual({
      alertmanagers: [
        { static_configs: [{ targets: ['alertmanager-a-0', 'alertmanager-a-1'].map(peer) }] },
        { static_configs: [{ targets: ['alertmanager-b-0', 'alertmanager-b-1'].map(peer) }] },
      ],
    });
  });
});

test("every object for the operator is valid in the operator's schema", () => {
  const everything: AlertmanagerClusterProps = {
    ...operated,
    storage: { size: '1Gi', storageClass: 'fast' },
    secrets: ['receivers'],
    externalUrl: 'https://alerts.example.com/',
    retention: '1y',
    spread: 'required',
    resources: { limits: { cpu: 1 } },
  };
  expect(checkManifests(synthesized(everything).manifests)).toEqual([]);
});

test("an AlertmanagerConfig that is none in the operator's schema is refused", () => {
  const alertmanagerConfig = { route: { receiver: 'team', groupWait: 5 }, receivers: [{ name: 'team' }] };
  expect(() => synthesized({ ...operated, alertmanagerConfig })).toThrow(
    'AlertmanagerCluster test/cluster: alertmanagerConfig.route.groupWait: expected a duration such as 30s, 5m or 1h30m (units y, w, d, h, m, s and ms, in this order), got 5',
  );
});

test.each([
  [{}, 'v0.34.2'],
  [{ image: 'docker.io/bitnami/alertmanager:0.28.1-debian-12-r3' }, 'v0.28.1'],
  [{ image: `example/am:0.33@sha256:${'a'.repeat(64)}` }, 'v0.33.0'],
  [{ image: `example/am@sha256:${'a'.repeat(64)}` }, undefined],
  [{ image: 'example/am:build-2024.1' }, undefined],
  [{ image: 'example/am:main', version: 'v0.30.1' }, 'v0.30.1'],
])('with %j the operator gets the version %j', (props, version) => {
  expect(at(synthesized({ ...operated, ...props }).find('Alertmanager'), 'spec', 'version')).toBe(version);
});
