// What a synthesis costs, as ratios to a bare `node -e 0` measured in the same run: machines differ, ratios less so.
// Usage: npm run bench, in minutes without other work on the disk (see secondsToMakeFiles)
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

/** Runs of a bare node, one beside each run that is measured: the machine's own floor, as noisy as the rest. */
const floors = [];

try {
  main();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function main() {
  const bundles = new URL('../node_modules/.cache/cdk8s-worker-metrics/bundles', import.meta.url);
  rmSync(bundles, { recursive: true, force: true });
  const rows = [];
  const row = (name, result) => rows.push([name, result.seconds, result.megabytes]);

  row('1 application × 5 workers, right after a change of the sources', synthesis(1, 5, 1));
  row('1 application × 5 workers', synthesis(1, 5, 15));
  const one = synthesis(1, 1, 15);
  const hundred = synthesis(1, 100, 15);
  row('1 application × 1 worker', one);
  row('1 application × 100 workers', hundred);
  const thousand = synthesis(1_000, 5, 5);
  row('1,000 applications × 5 workers', thousand);
  row('of these, making 1,000 files on this disk', { seconds: secondsToMakeFiles(1_000) });
  const tenThousand = synthesis(10_000, 5, 1);
  row('10,000 applications × 5 workers', tenThousand);

  const floor = median(floors);
  console.log('| what | seconds | × bare node | peak MB |\n| --- | ---: | ---: | ---: |');
  for (const [name, seconds, megabytes] of [['bare `node -e 0`', floor], ...rows]) {
    console.log(
      `| ${name} | ${seconds.toFixed(2)} | ${(seconds / floor).toFixed(1)} | ${megabytes?.toFixed(0) ?? ''} |`,
    );
  }
  console.log(`\n100 workers / 1 worker: ${(hundred.seconds / one.seconds).toFixed(2)}`);
  console.log(`10,000 / 1,000 applications: ${(tenThousand.seconds / thousand.seconds).toFixed(2)}`);
}

/** Runs `worker-metrics synth` for so many applications, each time into a new folder. */
function synthesis(applications, workers, runs) {
  const folder = path.join(scratch, `${applications}-${workers}`);
  mkdirSync(folder, { recursive: true });
  for (let i = 1; i <= applications; i++)
    writeFileSync(path.join(folder, `app-${i}.yaml`), values(`app-${i}`, workers));
  const seconds = [];
  let megabytes = 0;
  for (let run = 0; run < runs; run++) {
    floors.push(secondsOf(['-e', '0']).seconds);
    const output = newFolder();
    const synth = ['synth', '--values', folder, '--output', output];
    const result = secondsOf(['--import', reportPeak, command, ...synth]);
    seconds.push(result.seconds);
    megabytes = Math.max(megabytes, Number(/peak ([0-9]+)/.exec(result.stderr)?.[1]) / 1024);
  }
  return { seconds: median(seconds), megabytes };
}

/**
 * What of a synthesis is the file system's. ext4 is some 30 times slower at it for minutes after as many files were
 * removed, so nothing is removed here before the end, and a bench right after a bench tells more of the disk than of us.
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

function secondsOf(args) {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  if (status !== 0) throw new Error(stderr);
  return { seconds, stderr };
}

/** A shared machine is as slow for the floor as for the rest, and at times much slower for a single run. */
function median(seconds) {
  return seconds.toSorted((a, b) => a - b)[Math.floor(seconds.length / 2)];
}
