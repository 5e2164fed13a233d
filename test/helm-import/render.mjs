// Renders the old-style chart beside this file with Helm, for a matrix of workers and start ports, into rendered/.
// The tests compare that with what we synthesize, and need no Helm themselves. Made with Helm v3.19.0:
//   GOPATH=/tmp/go go install helm.sh/helm/v3/cmd/helm@v3.19.0
//   HELM=/tmp/go/bin/helm node test/helm-import/render.mjs
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const helm = process.env.HELM ?? 'helm';
const { workers, startPorts } = JSON.parse(readFileSync(here('matrix.json'), 'utf8'));

rmSync(here('rendered'), { recursive: true, force: true });
mkdirSync(here('rendered'));
for (const count of workers) {
  for (const start of startPorts) {
    const config = `env.config.WEB_CONCURRENCY=${count},env.config.METRICS_START_PORT=${start}`;
    const args = ['template', 'app', here('chart'), '--namespace', 'app', '--set', config];
    writeFileSync(here(`rendered/${count}-workers-from-${start}.yaml`), execFileSync(helm, args));
  }
}
