import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { alertingSection } from '../../../src/stack/alertmanager/alerting-section.js';
import { PEERS_FILE } from '../../../src/stack/alertmanager/alertmanager-cluster.js';
import { eventually } from '../cluster/eventually.js';
import { Prometheus } from '../cluster/prometheus.js';
import { AlertmanagerPods, type AlertmanagerPod } from './alertmanager-pods.js';
import { holds } from './holds.js';
import { ALERTMANAGER, needTools } from './tools.js';
import { Webhook } from './webhook.js';

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

/** Lets alerts reach peers, and waits until each peer has looked up for each alert whether another peer has notified. */
async function handled(pods: readonly AlertmanagerPod[], alerts: number, reach: () => Promise<unknown>) {
  const before = await Promise.all(pods.map((pod) => pod.lookups()));
  await reach();
  await eventually(async () => {
    for (const [i, pod] of pods.entries())
      expect(await pod.lookups()).toBeGreaterThanOrEqual((before[i] ?? 0) + alerts);
  });
}

/** The webhook has been notified of an alert once, and no second notification is on its way. */
async function notifiedOnce(alert: string): Promise<void> {
  await eventually(() => expect(webhook.countOf(alert)).toBe(1));
  await holds(1, () => expect(webhook.countOf(alert)).toBe(1));
}

test('every peer sees every peer', async () => {
  await eventually(async () => {
    for (const pod of cluster.pods) expect(await pod.peers()).toHaveLength(3);
  });
});

test('an alert that all peers get is notified of once', async () => {
  await handled(cluster.pods, 1, () => Promise.all(cluster.pods.map((pod) => pod.fire('Once'))));
  await notifiedOnce('Once');
});

test('a silence set on one peer is on all', async () => {
  await first().silence('Quiet');
  await eventually(async () => {
    for (const pod of cluster.pods) expect(await pod.silences()).toEqual(['Quiet']);
  });
  await Promise.all(cluster.pods.map((pod) => pod.fire('Quiet')));
  await eventually(async () => {
    for (const pod of cluster.pods) expect(await pod.silenced()).toBe(1);
  });
  expect(webhook.countOf('Quiet')).toBe(0);
});

test('when a peer is killed the others go on, and it comes back', async () => {
  await third().end();
  await eventually(async () => {
    expect(await first().peers()).toHaveLength(2);
    expect(await second().peers()).toHaveLength(2);
  });
  const others = [first(), second()];
  await handled(others, 1, () => Promise.all(others.map((pod) => pod.fire('Alone'))));
  await notifiedOnce('Alone');

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

test('a Prometheus that knows the peers by name or from the ConfigMap sends an alert to each, and it is notified of once', async () => {
  const ways = Object.entries(findingPeers).map(([by, section]) => ({ alert: `Sent by ${by}`, section }));
  const servers: Prometheus[] = [];
  try {
    await handled(cluster.pods, ways.length, async () => {
      for (const { alert, section } of ways) {
        // An alert that fires before Prometheus knows its peers, some 5 s after the start, is sent a minute later only.
        const rule = { alert, expr: 'vector(1)', for: '8s' };
        const prometheus = await Prometheus.start(
          { global: { evaluation_interval: '1s' }, alerting: section() },
          { groups: [{ name: 'e2e', rules: [rule] }] },
        );
        servers.push(prometheus);
        await eventually(async () => expect(await prometheus.alertmanagers()).toHaveLength(3));
      }
    });
    for (const { alert } of ways) {
      for (const pod of cluster.pods) expect(await pod.alerts()).toContain(alert);
      await notifiedOnce(alert);
    }
  } finally {
    await Promise.all(servers.map((server) => server.end()));
  }
});

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
