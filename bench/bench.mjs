// The cost of each command, as ratios to a bare `node -e 0` measured in the same run: machines differ, ratios less so.
// Usage: npm run bench, in minutes without other work on the machine and its disk (see secondsToMakeFiles)
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { helmTemplate, kubectlKustomize } from './other-programs.mjs';
import { medians, runNode, unpackedPackage } from './runs.mjs';
import { printTable } from './table.mjs';

const clone = fileURLToPath(new URL('..', import.meta.url));
const inClone = path.join(clone, 'bin/worker-metrics.cjs');
const scratch = mkdtempSync(path.join(tmpdir(), 'worker-metrics-bench-'));

/** Runs of a bare node, one beside each run that is measured: the machine's own floor, as noisy as the rest. */
const floors = [];

try {
  main();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function main() {
  const bundles = 'node_modules/.cache/cdk8s-worker-metrics/bundles';
  rmSync(path.join(clone, bundles), { recursive: true, force: true });
  const rows = [];
  const row = (name, measured, goal = {}) => rows.push({ name, ...measured, goal });

  row('1 application × 5 workers, right after a change of the sources', synthesis(1, 5, 1));
  row('1 application × 5 workers', synthesis(1, 5, 15), { times: 2 });
  const installed = unpackedPackage(clone, scratch);
  row('1 application × 5 workers, installed package', synthesis(1, 5, 15, installed), { times: 2.2 });
  const one = synthesis(1, 1, 15);
  const hundred = synthesis(1, 100, 15);
  row('1 application × 1 worker', one);
  row('1 application × 100 workers', hundred);

  const thousand = synthesis(1_000, 5, 5);
  const { values, output } = thousand;
  const likeSynthesis = { seconds: 1.3 * thousand.seconds };
  row('1,000 applications × 5 workers', thousand, { times: 18, processor: 1.2 });
  row('of these, making 1,000 files on this disk', { seconds: secondsToMakeFiles(1_000) });
  row('`trace` of these files', command(['trace', output]), likeSynthesis);
  row('`diff` with these files', command(['diff', '--values', values, '--output', output]), likeSynthesis);
  const page = path.join(scratch, 'wiring.html');
  row('`report` of the same values', command(['report', '--values', values, '--output', page]), {
    seconds: 2,
  });
  const helm = helmTemplate(path.join(clone, 'test/import-helm/chart'));
  const kustomize = kubectlKustomize(path.join(newFolder(), 'base'));
  if (helm) row('`helm template` of a chart with loops, 1,000 times', helm);
  if (kustomize) row('`kubectl kustomize` of an overlay, 1,000 times', kustomize);
  const tenThousand = synthesis(10_000, 5, 1);
  row('10,000 applications × 5 workers', tenThousand, { megabytes: 400 });

  printTable([{ name: 'bare `node -e 0`', ...medians(floors), goal: {} }, ...rows]);
  const ratio = (name, larger, smaller, goal) =>
    console.log(`${name}: ${(larger.seconds / smaller.seconds).toFixed(2)}${goal ? ` (goal: ${goal})` : ''}`);
  console.log();
  ratio('100 workers / 1 worker', hundred, one);
  ratio('10,000 / 1,000 applications', tenThousand, thousand);
  if (helm) ratio('Helm / 1,000 applications', helm, thousand, 'at least 45');
}

/** Runs `worker-metrics synth` for several applications, each time into a new folder. */
function synthesis(applications, workers, runs, program = inClone) {
  const values = path.join(scratch, `${applications}-${workers}`);
  mkdirSync(values, { recursive: true });
  for (let i = 1; i <= applications; i++)
    writeFileSync(path.join(values, `app-${i}.yaml`), valuesOf(`app-${i}`, workers));
  let output;
  const measured = repeated(runs, () => {
    output = newFolder();
    return runNode([program, 'synth', '--values', values, '--output', output]);
  });
  return { ...measured, values, output };
}

function command(args) {
  return repeated(3, () => runNode([inClone, ...args]));
}

function repeated(runs, run) {
  return medians(
    Array.from({ length: runs }, () => {
      floors.push(runNode(['-e', '0']));
      return run();
    }),
  );
}

/**
 * The part of a synthesis that the file system takes. ext4 is some 30 times slower at it for minutes after as many files
 * were removed: nothing is removed here before the end, and a bench right after a bench measures the disk.
 */
function secondsToMakeFiles(count) {
  const folder = newFolder();
  const text = 'x'.repeat(8_192);
  const start = process.hrtime.bigint();
  for (let i = 0; i < count; i++) writeFileSync(path.join(folder, String(i)), text);
  return Number(process.hrtime.bigint() - start) / 1e9;
}

function newFolder() {
  return mkdtempSync(path.join(scratch, 'out-'));
}

function valuesOf(name, workers) {
  return `name: ${name}
instance: shop
namespace: shop
image: registry.example.com/shop/${name}:v1.2.3
container: django
workers: ${workers}
http: { port: 5000, servicePort: 80, healthPath: /health/ }
metrics: { startPort: 5001, interval: 15s }
env:
  DATABASE_URL: { secret: ${name}, key: url }
  LOG_LEVEL: info
`;
}
