import { assert, integer, property } from 'fast-check';
import { AlertmanagerPeers, PEERS } from '../../../src/stack/alertmanager/alertmanager-peers.js';
import { dnsDiscovery, staticDiscovery } from '../../../src/stack/alertmanager/alertmanager-discovery.js';

const place = { statefulSet: 'alertmanager', service: 'alertmanager-peers', namespace: 'monitoring' };
const counts = integer(PEERS);

test('two peers are named and numbered as a StatefulSet names its pods', () => {
  expect([...AlertmanagerPeers.numbered(2, place)]).toEqual([
    {
      number: 0,
      pod: 'alertmanager-0',
      host: 'alertmanager-0.alertmanager-peers.monitoring.svc',
      gossip: 'alertmanager-0.alertmanager-peers.monitoring.svc:9094',
      web: 'alertmanager-0.alertmanager-peers.monitoring.svc:9093',
    },
    {
      number: 1,
      pod: 'alertmanager-1',
      host: 'alertmanager-1.alertmanager-peers.monitoring.svc',
      gossip: 'alertmanager-1.alertmanager-peers.monitoring.svc:9094',
      web: 'alertmanager-1.alertmanager-peers.monitoring.svc:9093',
    },
  ]);
});

test('pods that have their names by another Service answer to that of their cluster together', () => {
  const peers = AlertmanagerPeers.numbered(1, { ...place, governingService: 'alertmanager-operated' });
  expect(peers.map(({ host }) => host)).toEqual(['alertmanager-0.alertmanager-operated.monitoring.svc']);
  expect(peers.host).toBe('alertmanager-peers.monitoring.svc');
});

test('there are as many as there should be, and no two are one', () => {
  assert(
    property(counts, (count) => {
      const peers = AlertmanagerPeers.numbered(count, place);
      expect(new Set(peers.map(({ gossip }) => gossip)).size).toBe(count);
      expect(peers.isCluster).toBe(count > 1);
    }),
  );
});

test('the targets of Prometheus name every peer, or the name that all of them share', () => {
  assert(
    property(counts, (count) => {
      const peers = AlertmanagerPeers.numbered(count, place);
      const [{ targets } = { targets: [] }] = staticDiscovery(peers).static_configs;
      expect(targets).toEqual(peers.map(({ web }) => web));
      expect(dnsDiscovery(peers).dns_sd_configs).toEqual([
        { names: ['alertmanager-peers.monitoring.svc'], type: 'A', port: 9093 },
      ]);
    }),
  );
});

test.each([0, 10, 1.5, Number.NaN])('%d is no number of peers', (count) => {
  expect(() => AlertmanagerPeers.numbered(count, place)).toThrow(
    `peers: expected a whole number from 1 to 9, got ${count}`,
  );
});
