import { readdirSync, readFileSync } from 'node:fs';
import { listAt } from '../../../src/kubernetes/manifest.js';
import { full, https, synthesized } from './a-server.js';

test('promtool and Prometheus see the same files at the same paths', () => {
  const { mounts } = synthesized(full);
  const shared = [
    '/etc/prometheus/own',
    '/etc/prometheus/alertmanagers',
    '/etc/prometheus/secrets/scrape.passwords',
  ];
  for (const name of ['prometheus', 'git-sync', 'first-configuration']) {
    expect(mounts(name)).toEqual(expect.arrayContaining([...shared, '/config']));
  }
});

test('git-sync follows the branch, trusts pinned hosts only, and runs the hook', () => {
  const { args } = synthesized(full);
  expect(args('git-sync')).toEqual([
    '--repo=git@git.example.com:config.git',
    '--ref=refs/heads/staging',
    '--root=/git',
    '--link=checkout',
    '--period=1m',
    '--depth=1',
    '--submodules=off',
    '--max-failures=-1',
    '--exechook-command=/hook/config-hook.sh',
    '--exechook-timeout=180s',
    '--exechook-backoff=1m',
    '--ssh-key-file=/etc/git-secret/ssh',
    '--ssh-known-hosts=true',
    '--ssh-known-hosts-file=/etc/git-known-hosts/known_hosts',
    '--http-bind=:2112',
    '--http-metrics=true',
  ]);
});

test('the first configuration is waited for by the same hook, with no Prometheus to reload', () => {
  const { container, args } = synthesized(https);
  const first = container('first-configuration');
  expect(first['command']).toEqual(['/bin/sh', '/hook/config-hook.sh', 'first', '/git-sync']);
  expect(args('first-configuration').at(-1)).toBe('--one-time');
  expect(listAt(first, 'env').map(({ name }) => name)).toEqual(['CONFIG_DIR', 'CONFIG_FILE', 'PROMTOOL']);
  expect(listAt(container('git-sync'), 'env').map(({ name }) => name)).toContain('PROMETHEUS_ADDRESS');
});

test('the hook is the files of this repository, to the byte: nothing of the values is in them', () => {
  const { all } = synthesized(full);
  const names = readdirSync('src/stack/prometheus-server').filter((name) => name.endsWith('.sh'));
  const files = names.map((name) => [name, readFileSync(`src/stack/prometheus-server/${name}`, 'utf8')]);
  expect(all('ConfigMap').map((one) => one['data'])).toContainEqual(Object.fromEntries(files));
});
