import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { alertingSection } from '../../../src/stack/alertmanager/alerting-section.js';
import { PEERS_FILE } from '../../../src/stack/alertmanager/alertmanager-cluster.js';
import { eventually } from '../cluster/eventually.js';
import { Prometheus } from '../cluster/prometheus.js';
import { AlertmanagerPods, PEER_TIMEOUT, type AlertmanagerPod } from './alertmanager-pods.js';
import { holds } from './holds.js';
import { ALERTMANAGER, needTools } from './tools.js';
import { Webhook } from './webhook.js';

/** Seconds: the second and third peer wait one and two timeouts longer, and then must know that it is done. */
const UNTIL_ALL_PEERS_ACT = 2 * PEER_TIMEOUT + 3;

let webhook: Webhook;
let cluster: AlertmanagerPods;
let folder: string;

const props = (name: string) => ({
  name,
  namespace: 'monitoring',
  peers: 3,
  config: {
    route: { receiver: 'hook', group_by: ['alertname'], group_wait: '1s' },
    receivers: [{ name: 'hook', webhook_configs: [{ url: webhook.url }] }],
  },
});

beforeAll(async () => {
  needTools(ALERTMANAGER, 'prometheus');
  folder = mkdtempSync(path.join(tmpdir(), 'alertmanager-cluster-'));
  webhook = await Webhook.start();
  cluster = await AlertmanagerPods.of(props('alertmanager'), 71);
  await cluster.start();
});

afterAll(async () => {
  await cluster?.end();
  await webhook?.end();
  rmSync(folder, { recursive: true, force: true });
});

const [first, second, third] = [0, 1, 2].map((i) => () => cluster.pods[i] as AlertmanagerPod) as [
  () => AlertmanagerPod,
  () => AlertmanagerPod,
  () => AlertmanagerPod,
];

test('every peer sees every peer', async () => {
  await eventually(async () => {
    for (const pod of cluster.pods) expect(await pod.peers()).toHaveLength(3);
  });
});

test('an alert that all peers get is notified of once', async () => {
  await Promise.all(cluster.pods.map((pod) => pod.fire('Once')));
  await eventually(() => expect(webhook.countOf('Once')).toBe(1));
  await holds(UNTIL_ALL_PEERS_ACT, () => expect(webhook.countOf('Once')).toBe(1));
});

test('a silence set on one peer is on all', async () => {
  await first().silence('Quiet');
  await eventually(async () => {
    for (const pod of cluster.pods) expect(await pod.silences()).toEqual(['Quiet']);
  });
  await Promise.all(cluster.pods.map((pod) => pod.fire('Quiet')));
  await holds(4, () => expect(webhook.countOf('Quiet')).toBe(0));
});

test('when a peer is killed the others go on, and it comes back', async () => {
  await third().end();
  await eventually(async () => {
    expect(await first().peers()).toHaveLength(2);
    expect(await second().peers()).toHaveLength(2);
  });
  await Promise.all([first(), second()].map((pod) => pod.fire('Alone')));
  await eventually(() => expect(webhook.countOf('Alone')).toBe(1));

  third().start();
  await eventually(async () => {
    for (const pod of cluster.pods) expect(await pod.peers()).toHaveLength(3);
    expect(await third().silences()).toEqual(['Quiet']);
  });
});

/** The section `alerting`, in the forms that need no name server. */
const findingPeers = {
  'the list in the ConfigMap': () => {
    const file = path.join(folder, PEERS_FILE);
    writeFileSync(file, cluster.resolved(cluster.fileOfConfigMap(PEERS_FILE)));
    return { alertmanagers: [{ file_sd_configs: [{ files: [file] }] }] };
  },
  "each peer's own name": () =>
    JSON.parse(cluster.resolved(JSON.stringify(alertingSection([cluster.cluster], 'name')))) as object,
};

test.each(Object.entries(findingPeers))(
  'a Prometheus that knows the peers by %s sends an alert to each, and it is notified of once',
  async (by, section) => {
    const alert = `Sent by ${by}`;
    // An alert that fires before Prometheus knows its peers, some 5 s after the start, is sent a minute later only.
    const rule = { alert, expr: 'vector(1)', for: '8s' };
    const prometheus = await Prometheus.start(
      { global: { evaluation_interval: '1s' }, alerting: section() },
      { groups: [{ name: 'e2e', rules: [rule] }] },
    );
    try {
      await eventually(async () => {
        expect(await prometheus.alertmanagers()).toHaveLength(3);
        for (const pod of cluster.pods) expect(await pod.alerts()).toContain(alert);
        expect(webhook.countOf(alert)).toBe(1);
      });
      await holds(UNTIL_ALL_PEERS_ACT, () => expect(webhook.countOf(alert)).toBe(1));
    } finally {
      await prometheus.end();
    }
  },
);

test('two clusters with different labels do not merge, though one has an address of the other', async () => {
  const other = await AlertmanagerPods.of({ ...props('other'), peers: 2 }, 72);
  try {
    const stray = `--cluster.peer=${first().gossip}`;
    for (const pod of other.pods) pod.start(stray);
    await eventually(async () => {
      for (const pod of other.pods) expect(await pod.peers()).toHaveLength(2);
    });
    await holds(3, async () => {
      for (const pod of other.pods) expect((await pod.peers()).length).toBeLessThanOrEqual(2);
      for (const pod of cluster.pods) expect((await pod.peers()).length).toBeLessThanOrEqual(3);
    });
  } finally {
    await other.end();
  }
});

test('with one label the same address makes them one: it is the label that keeps clusters apart', async () => {
  const other = await AlertmanagerPods.of(
    { ...props('other'), peers: 2, label: 'monitoring/alertmanager' },
    73,
  );
  const [pod] = other.pods as [AlertmanagerPod];
  try {
    pod.start(`--cluster.peer=${first().gossip}`);
    await eventually(async () => expect(await pod.peers()).toHaveLength(4));
  } finally {
    await other.end();
  }
});
