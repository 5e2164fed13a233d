import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { Workplace } from '../command-line.js';

// Escape sequences that clear the screen, set the title and colours; C1 controls; marks that turn the direction of writing.
const HOSTILE = '\u001B[2J\u001B]0;owned\u0007\u001B[32mok\u001B[0m\u009B31m\u202Egnp\u2066\u200F';
// eslint-disable-next-line no-control-regex
const RAW = /[\0-\u0008\u000B-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069]/;

const place = new Workplace();
afterAll(() => place.remove());

const SHOP = 'name: shop\nimage: example/shop:1\nworkers: 2\n';
/** All that a value may have of it. */
const MARKS = '\u202Egnp\u2066\u200F';
const ENV = `env: { A: ${JSON.stringify(MARKS)} }\n`;

function deployment(): string {
  const container = {
    name: HOSTILE,
    image: `a\n${HOSTILE}`,
    ports: [{ name: 'metrics', containerPort: 5001 }],
    env: [{ name: 'WEB_CONCURRENCY', value: HOSTILE }],
  };
  const template = { metadata: { labels: { app: HOSTILE } }, spec: { containers: [container] } };
  return JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: HOSTILE, namespace: HOSTILE },
    spec: { selector: { matchLabels: { app: HOSTILE } }, template },
  });
}

test.each([
  ['synth, of a value', ['synth', '--values', 'value.yaml', '--output', 'out']],
  ['synth, of a key', ['synth', '--values', 'key.yaml', '--output', 'out']],
  ['synth, of text that is no YAML', ['synth', '--values', 'text.yaml', '--output', 'out']],
  ['synth, of the name of a file', ['synth', '--values', `f${HOSTILE}.yaml`, '--output', 'out']],
  ['synth, of a path that leads nowhere', ['synth', '--values', `none${HOSTILE}`, '--output', 'out']],
  ['synth, of an environment', ['synth', '--values', 'good.yaml', '--environment', HOSTILE, '--output', 'out']],
  ['synth, of an option', ['synth', `--${HOSTILE}`]],
  ['synth, of its folder', ['synth', '--values', 'good.yaml', '--output', `out${HOSTILE}`]],
  ['check', ['check', '--values', 'other.yaml', '--output', 'dist']],
  ['explain', ['explain', 'shop', '--values', 'good.yaml']],
  ['explain, as JSON', ['explain', 'shop', '--values', 'good.yaml', '--format', 'json']],
  ['explain, of a name', ['explain', HOSTILE, '--values', 'good.yaml']],
  ['costs', ['costs', '--values', 'key.yaml']],
  ['trace', ['trace', 'deployment.json']],
  ['trace, as JSON', ['trace', 'deployment.json', '--format', 'json']],
  ['import-helm', ['import-helm', 'helm.yaml', '--name', 'shop', '--output', 'imported.yaml']],
  ['publish, of a folder', ['publish', '--repo', 'repo.git', '--branch', HOSTILE, '--output', 'dist']],
  ['publish, of a repository', ['publish', '--repo', `none${HOSTILE}`, '--branch', 'main', '--output', 'dist']],
  ['publish, of the answer of a remote', ['publish', '--repo', 'repo.git', '--branch', 'main', '--output', 'dist']],
])('no control character or direction mark is printed raw by %s', async (_, args) => {
  place.write('good.yaml', SHOP + ENV);
  place.write('other.yaml', `${SHOP}env: { A: ${JSON.stringify(`${MARKS}!`)} }\n`);
  place.write('value.yaml', `${SHOP}namespace: ${JSON.stringify(HOSTILE)}\n`);
  place.write('key.yaml', `${SHOP}${JSON.stringify(HOSTILE)}: 1\n`);
  place.write('text.yaml', `${SHOP}a: !<tag:gnp\u202E,\u2066> 1\n`);
  place.write(`f${HOSTILE}.yaml`, `${SHOP}replicas: -1\n`);
  place.write('deployment.json', deployment());
  place.write('helm.yaml', `image: { repository: example/shop, tag: "1" }\nname: shop\nenv:\n  config: { WEB_CONCURRENCY: "2" }\n${JSON.stringify(HOSTILE)}: ${JSON.stringify(HOSTILE)}\n`);
  await place.runInside('synth', '--values', 'good.yaml', '--output', 'dist');
  if (args[0] === 'publish') refusingRepository();
  const { stdout, stderr } = await place.runInside(...args);
  expect(stdout + stderr).toMatch(/owned|gnp|shop|not YAML/); // it does speak of it
  expect(stdout + stderr).not.toMatch(RAW);
}); // prettier-ignore

test.each(['explain shop --values good.yaml', 'trace deployment.json'])(
  '%s prints the same text as JSON',
  async (command) => {
    place.write('good.yaml', SHOP + ENV);
    place.write('deployment.json', deployment());
    const { stdout } = await place.runInside(...command.split(' '), '--format', 'json');
    expect(stdout).not.toMatch(RAW);
    expect(JSON.stringify(JSON.parse(stdout))).toContain('\u202Egnp\u2066\u200F');
  },
);

function refusingRepository(): void {
  execFileSync('git', ['init', '--quiet', '--bare', place.path('repo.git')]);
  const hook = `#!/bin/sh\nprintf '\\033[2J\\033]0;owned\\007\\302\\233 \\342\\200\\256 no' >&2\nexit 1\n`;
  writeFileSync(place.path('repo.git/hooks/pre-receive'), hook, { mode: 0o755 });
}
