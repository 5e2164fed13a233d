import { mkdtempSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eventually } from '../cluster/eventually.js';
import type { Program } from '../cluster/program.js';
import { holds } from './holds.js';
import { PrometheusPod } from './prometheus-pod.js';
import { Repository } from './repository.js';
import { needTools } from './tools.js';

const URL = 'https://git.example.com/monitoring/configuration.git';
const REFUSED = 'git_sync_hook_run_count_total{name="exechook",status="error"}';
const UNREACHABLE = 'git_sync_count_total{status="error"}';

/** A configuration that can be told by its number. */
const configuration = (number: number, more = '') => ({
  'prometheus.yml': `
global:
  external_labels: { number: "${number}", cluster: "\${EXTERNAL_LABEL_CLUSTER}", replica: "\${POD_NAME}" }${more}
rule_files: [rules/*.yaml, ${pod.at('/etc/prometheus/own')}/*.yaml]
`,
  'rules/one.yaml': `groups: [{ name: one, rules: [{ record: number, expr: vector(${number}) }] }]\n`,
});
/** What only promtool can tell: PromQL in a file that the configuration refers to. */
const brokenRule = {
  'rules/one.yaml': 'groups: [{ name: one, rules: [{ record: number, expr: "sum(" }] }]\n',
};

let repository: Repository;
let pod: PrometheusPod;
let prometheus: Program;
let gitSync: Program;

beforeAll(async () => {
  needTools('prometheus', 'promtool', 'git', 'socat');
  repository = new Repository(URL, 'production');
  pod = await PrometheusPod.of(
    {
      name: 'prometheus',
      git: { repository: URL, branch: 'production' },
      externalLabels: { cluster: 'eu-1' },
      storage: { size: '1Gi' },
    },
    repository.env,
  );
});

afterAll(async () => {
  await pod?.end();
  repository?.end();
});

const isInForce = async (number: number) =>
  expect(await pod.configuration()).toContain(`number: "${number}"`);

/** Waits until the hook is done with a commit: before, it may have to note that Prometheus has loaded it. */
const comesIntoForce = (commit: string) =>
  eventually(() => expect(gitSync.text).toContain(`commit ${commit} is in force`));

/** Starts the init container, and waits for its end. */
const waitForConfiguration = async () => {
  const waiting = pod.waitForConfiguration();
  await waiting.ended();
  return waiting;
};

test('the pod waits while no commit is valid, and starts with the first that is', async () => {
  // A hook that takes another branch or a tag for the branch finds a valid commit.
  repository.mislead(repository.commit(configuration(0)));
  repository.commit(brokenRule);
  const waiting = pod.waitForConfiguration();
  await eventually(() => expect(waiting.text).toContain('promtool finds the commit invalid'));
  expect(waiting.hasEnded).toBe(false);
  expect(() => readlinkSync(pod.at('/config/current'))).toThrow('ENOENT');

  const commit = repository.commit(configuration(1));
  await waiting.ended();
  expect(readlinkSync(pod.at('/config/current'))).toBe(`releases/${commit}`);

  prometheus = await pod.startPrometheus();
  gitSync = pod.startGitSync();
  await comesIntoForce(commit);
  await isInForce(1);
});

test('external labels are those of the values, and replica is the name of the pod', async () => {
  const text = await pod.configuration();
  expect(text).toContain('cluster: eu-1');
  expect(text).toContain('replica: prometheus-0');
});

test('the rules that watch over the server itself are loaded', async () => {
  const rules = await (await fetch(`${pod.url}/api/v1/rules?type=alert`)).text();
  expect(rules).toContain('PrometheusConfigurationOutOfDate');
});

test('a good commit comes into force', async () => {
  await comesIntoForce(repository.commit(configuration(2)));
  await isInForce(2);
});

test('a bad commit never is: the last good one goes on, the metric counts, the log says why', async () => {
  const commit = repository.commit(brokenRule);
  await eventually(async () => {
    expect(gitSync.text).toContain(`commit ${commit} is not in force; the one before it still is`);
    expect(gitSync.text).toContain('parse error');
    expect(await pod.metric('git-sync', REFUSED)).toBeGreaterThan(0);
  });
  await holds(2, () => isInForce(2));
  expect(await pod.metric('prometheus', 'prometheus_config_last_reload_successful')).toBe(1);
});

test('a pod that starts while the newest commit is bad comes up on the last good one', async () => {
  await pod.endContainers();
  // git-sync is often killed while git fetches
  writeFileSync(pod.at('/git/.git/shallow.lock'), '');
  const waiting = await waitForConfiguration();
  expect(waiting.text).toContain('starting with the last good configuration');
  prometheus = await pod.startPrometheus();
  gitSync = pod.startGitSync();
  await eventually(async () => expect(await pod.metric('git-sync', REFUSED)).toBeGreaterThan(0));
  await isInForce(2);
});

test('a configuration that promtool takes and Prometheus refuses does not stay, and a pod that starts comes up without it', async () => {
  const commit = repository.commit(configuration(9, '\n  query_log_file: /nowhere/queries.log'));
  await eventually(() => {
    expect(gitSync.text).toContain(`commit ${commit} is not in force`);
    expect(gitSync.text).toContain('Prometheus refuses to load it (500)');
  });
  await holds(2, () => isInForce(2));

  await pod.endContainers();
  await waitForConfiguration();
  // git-sync may be there before Prometheus answers
  gitSync = pod.startGitSync();
  await eventually(() => expect(gitSync.text).toContain('Prometheus is not ready; the commit waits'));
  prometheus = await pod.startPrometheus();
  await eventually(() => expect(gitSync.text).toContain('Prometheus refuses to load it (500)'));
  await isInForce(2);
});

test('the next good commit is in force again', async () => {
  await comesIntoForce(repository.commit(configuration(3)));
  await isInForce(3);
});

test('a commit with a symbolic link is refused: what it leads to could change', async () => {
  const commit = repository.commit(configuration(4), { 'rules/two.yaml': '/etc/hostname' });
  await eventually(() => {
    expect(gitSync.text).toContain(`commit ${commit} is not in force`);
    expect(gitSync.text).toContain('there are symbolic links in the commit; commit the files themselves');
  });
  await isInForce(3);
  await comesIntoForce(repository.commit({ 'rules/two.yaml': null }));
  await isInForce(4);
});

test('a Prometheus that does not start with the last good one any more is given the newest', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'queries-'));
  await comesIntoForce(repository.commit(configuration(5, `\n  query_log_file: ${folder}/queries.log`)));
  await isInForce(5);
  await pod.endContainers();
  rmSync(folder, { recursive: true });

  const newest = repository.commit(configuration(6));
  const waiting = await waitForConfiguration();
  expect(waiting.text).toContain('starting with the last good configuration');
  await expect(pod.startPrometheus()).rejects.toThrow('queries.log: no such file or directory');
  gitSync = pod.startGitSync({ FIRST_TURN: '1' });
  // as the kubelet does
  await eventually(async () => void (prometheus = await pod.startPrometheus()));
  await isInForce(6);
  await comesIntoForce(newest);
});

test('while git is unreachable the configuration stays, also through a restart, and the metric counts', async () => {
  repository.disappear();
  try {
    await eventually(async () => expect(await pod.metric('git-sync', UNREACHABLE)).toBeGreaterThan(0));
    await pod.endContainers();
    await waitForConfiguration();
    prometheus = await pod.startPrometheus();
    await isInForce(6);
  } finally {
    repository.reappear();
  }
  expect(prometheus.hasEnded).toBe(false);
});
