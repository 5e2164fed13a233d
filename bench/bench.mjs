// What a synthesis costs, as ratios to a bare `node -e 0` measured in the same run: machines differ, ratios less so.
// Usage: npm run bench
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const command = fileURLToPath(new URL('../bin/worker-metrics.mjs', import.meta.url));
const scratch = mkdtempSync(path.join(tmpdir(), 'worker-metrics-bench-'));
const reportPeak =
  'data:text/javascript,' +
  encodeURIComponent("process.on('exit', () => console.error(`peak ${process.resourceUsage().maxRSS}`))");

try {
  main();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function main() {
  const floor = measured(['-e', '0'], 15).seconds;
  rmSync(new URL('../node_modules/.cache/cdk8s-worker-metrics', import.meta.url), {
    recursive: true,
    force: true,
  });
  const rows = [['bare `node -e 0`', floor]];
  const row = (name, result) => rows.push([name, result.seconds, result.megabytes]);

  const bundling = synthesis(1, 5, 1);
  row('1 application × 5 workers, right after a change of the sources', bundling);
  row('1 application × 5 workers', synthesis(1, 5, 9));
  const one = synthesis(1, 1, 9);
  const hundred = synthesis(1, 100, 9);
  row('1 application × 1 worker', one);
  row('1 application × 100 workers', hundred);
  const thousand = synthesis(1_000, 5, 3);
  const tenThousand = synthesis(10_000, 5, 1);
  row('1,000 applications × 5 workers', thousand);
  row('10,000 applications × 5 workers', tenThousand);

  console.log('| what | seconds | × bare node | peak MB |\n| --- | ---: | ---: | ---: |');
  for (const [name, seconds, megabytes] of rows) {
    console.log(
      `| ${name} | ${seconds.toFixed(2)} | ${(seconds / floor).toFixed(1)} | ${megabytes?.toFixed(0) ?? ''} |`,
    );
  }
  console.log(`\n100 workers / 1 worker: ${(hundred.seconds / one.seconds).toFixed(2)}`);
  console.log(`10,000 / 1,000 applications: ${(tenThousand.seconds / thousand.seconds).toFixed(2)}`);
}

/** Runs `worker-metrics synth` for so many applications into an empty folder. */
function synthesis(applications, workers, runs) {
  const folder = path.join(scratch, `${applications}-${workers}`);
  mkdirSync(folder, { recursive: true });
  for (let i = 1; i <= applications; i++)
    writeFileSync(path.join(folder, `app-${i}.yaml`), values(`app-${i}`, workers));
  return measured(
    ['--import', reportPeak, command, 'synth', '--values', folder, '--output', path.join(scratch, 'out')],
    runs,
    () => rmSync(path.join(scratch, 'out'), { recursive: true, force: true }),
  );
}

function values(name, workers) {
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

/** The median of some runs: a shared machine is as slow for the floor as for the rest. */
function measured(args, runs, before = () => {}) {
  const seconds = [];
  let megabytes;
  for (let run = 0; run < runs; run++) {
    before();
    const start = process.hrtime.bigint();
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    const elapsed = Number(process.hrtime.bigint() - start) / 1e9;
    if (status !== 0) throw new Error(stderr);
    seconds.push(elapsed);
    const peak = /peak ([0-9]+)/.exec(stderr)?.[1];
    if (peak !== undefined) megabytes = Math.max(megabytes ?? 0, Number(peak) / 1024);
  }
  return { seconds: seconds.toSorted((a, b) => a - b)[Math.floor(runs / 2)], megabytes };
}
