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

/** The commit with which Prometheus would start: the hook notes it after Prometheus has loaded it. */
const startsWith = (commit: string) =>
  expect(readlinkSync(pod.at('/config/current'))).toBe(`releases/${commit}`);

test('the pod waits while no commit is valid, and starts with the first that is', async () => {
  repository.commit({ ...configuration(0), ...brokenRule });
  const waiting = pod.waitForConfiguration();
  await eventually(20, () => expect(waiting.text).toContain('promtool finds the commit invalid'));
  expect(waiting.hasEnded).toBe(false);
  expect(() => readlinkSync(pod.at('/config/current'))).toThrow('ENOENT');

  repository.mislead(repository.commit(configuration(1)));
  const commit = repository.commit(configuration(1, '\n  scrape_interval: 20s'));
  await eventually(20, () => expect(waiting.hasEnded).toBe(true));
  startsWith(commit);

  prometheus = await pod.startPrometheus();
  gitSync = pod.startGitSync();
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

test('a good commit is in force within two periods', async () => {
  await eventually(10, () => expect(gitSync.text).toContain('is in force'));
  repository.commit(configuration(2));
  await eventually(3, () => isInForce(2));
});

test('a bad commit never is: the last good one goes on, the metric counts, the log says why', async () => {
  const commit = repository.commit(brokenRule);
  await eventually(10, async () => expect(await pod.metric('git-sync', REFUSED)).toBeGreaterThan(0));
  await holds(2, () => isInForce(2));
  expect(gitSync.text).toContain(`commit ${commit} is not in force; the one before it still is`);
  expect(gitSync.text).toContain('parse error');
  expect(await pod.metric('prometheus', 'prometheus_config_last_reload_successful')).toBe(1);
});

test('a pod that starts while the newest commit is bad comes up on the last good one', async () => {
  await pod.endContainers();
  // git-sync is often killed while git fetches
  writeFileSync(pod.at('/git/.git/shallow.lock'), '');
  const waiting = pod.waitForConfiguration();
  await eventually(10, () => expect(waiting.hasEnded).toBe(true));
  expect(waiting.text).toContain('starting with the last good configuration');
  prometheus = await pod.startPrometheus();
  gitSync = pod.startGitSync();
  await eventually(10, async () => expect(await pod.metric('git-sync', REFUSED)).toBeGreaterThan(0));
  await isInForce(2);
});

test('what promtool takes and Prometheus refuses does not stay, and a pod that starts comes up without it', async () => {
  const commit = repository.commit(configuration(9, '\n  query_log_file: /nowhere/queries.log'));
  await eventually(10, () => expect(gitSync.text).toContain(`commit ${commit} is not in force`));
  expect(gitSync.text).toContain('Prometheus refuses to load it (500)');
  await holds(2, () => isInForce(2));

  await pod.endContainers();
  const waiting = pod.waitForConfiguration();
  await eventually(10, () => expect(waiting.hasEnded).toBe(true));
  // git-sync may be there before Prometheus answers
  gitSync = pod.startGitSync();
  await eventually(10, () => expect(gitSync.text).toContain('Prometheus is not ready; the commit waits'));
  prometheus = await pod.startPrometheus();
  await eventually(10, () => expect(gitSync.text).toContain('Prometheus refuses to load it (500)'));
  await isInForce(2);
});

test('the next good commit is in force again', async () => {
  repository.commit(configuration(3));
  await eventually(6, () => isInForce(3));
});

test('a commit with a symbolic link is refused: what it leads to could change', async () => {
  const commit = repository.commit(configuration(4), { 'rules/two.yaml': '/etc/hostname' });
  await eventually(10, () => expect(gitSync.text).toContain(`commit ${commit} is not in force`));
  expect(gitSync.text).toContain('there are symbolic links in the commit; commit the files themselves');
  await isInForce(3);
  repository.commit({ 'rules/two.yaml': null });
  await eventually(6, () => isInForce(4));
});

test('a Prometheus that does not start with the last good one any more is given the newest', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'queries-'));
  const commit = repository.commit(configuration(5, `\n  query_log_file: ${folder}/queries.log`));
  await eventually(6, () => startsWith(commit));
  await isInForce(5);
  await pod.endContainers();
  rmSync(folder, { recursive: true });

  repository.commit(configuration(6));
  const waiting = pod.waitForConfiguration();
  await eventually(10, () => expect(waiting.hasEnded).toBe(true));
  expect(waiting.text).toContain('starting with the last good configuration');
  await expect(pod.startPrometheus()).rejects.toThrow('queries.log: no such file or directory');
  gitSync = pod.startGitSync({ FIRST_TURN: '1' });
  // as the kubelet does
  await eventually(40, async () => void (prometheus = await pod.startPrometheus()));
  await isInForce(6);
  await eventually(10, () => expect(gitSync.text).toContain('is in force'));
});

test('while git is unreachable the configuration stays, also through a restart, and the metric counts', async () => {
  repository.disappear();
  try {
    await eventually(10, async () => expect(await pod.metric('git-sync', UNREACHABLE)).toBeGreaterThan(0));
    await pod.endContainers();
    const waiting = pod.waitForConfiguration();
    await eventually(10, () => expect(waiting.hasEnded).toBe(true));
    prometheus = await pod.startPrometheus();
    await isInForce(6);
  } finally {
    repository.reappear();
  }
  expect(prometheus.hasEnded).toBe(false);
});
