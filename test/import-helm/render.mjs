// Renders the old-style chart beside this file with Helm, for the workers and start ports of cases.json, and for the
// spellings of YAML 1.1, into rendered/; and the names that the templates of `helm create` make, into rendered/names.json.
// The tests compare that with what we synthesize, and need no Helm themselves. Made with Helm v3.19.0:
//   GOPATH=/tmp/go go install helm.sh/helm/v3/cmd/helm@v3.19.0
//   HELM=/tmp/go/bin/helm node test/import-helm/render.mjs
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const helm = process.env.HELM ?? 'helm';
const cases = JSON.parse(readFileSync(here('cases.json'), 'utf8'));

rmSync(here('rendered'), { recursive: true, force: true });
mkdirSync(here('rendered'));
for (const { workers, startPort } of cases) {
  const config = `env.config.WEB_CONCURRENCY=${workers},env.config.METRICS_START_PORT=${startPort}`;
  const args = ['template', 'app', here('chart'), '--namespace', 'app', '--set', config];
  writeFileSync(here(`rendered/${workers}-workers-from-${startPort}.yaml`), execFileSync(helm, args));
}

const inSpellings = ['template', 'app', here('chart'), '--namespace', 'app', '-f', here('spellings.yaml')];
writeFileSync(here('rendered/spellings.yaml'), execFileSync(helm, inSpellings));

const folder = mkdtempSync(path.join(tmpdir(), 'helm-'));
const names = JSON.parse(readFileSync(here('names.json'), 'utf8')).map(({ chart, release, ...overrides }) => {
  execFileSync(helm, ['create', chart], { cwd: folder });
  const set = Object.entries(overrides).flatMap(([key, value]) => ['--set', `${key}=${value}`]);
  const args = ['template', release, chart, '-s', 'templates/deployment.yaml', ...set];
  const deployment = execFileSync(helm, args, { cwd: folder, encoding: 'utf8' });
  const [, fullname] = /^metadata:\n  name: (.*)$/m.exec(deployment);
  const [, labels] = /matchLabels:\n((?: {6}.*\n)+)/.exec(deployment);
  const selector = Object.fromEntries(
    labels
      .trim()
      .split('\n')
      .map((line) => line.trim().split(': ')),
  );
  return { fullname, selector };
});
rmSync(folder, { recursive: true });
writeFileSync(here('rendered/names.json'), `${JSON.stringify(names, null, 2)}\n`);
