import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Workplace } from './command-line.js';

let place: Workplace;
beforeEach(() => {
  place = new Workplace();
  place.write('values/shop.yaml', 'name: shop\nimage: a/b:1\nworkers: 2\n');
  place.write('wrong/shop.yaml', 'name: shop\nimage: a/b:1\nworkers: 0\n');
});
afterEach(() => place.remove());

const WRONG = {
  severity: 'error',
  file: 'wrong/shop.yaml',
  line: 3,
  column: 10,
  endColumn: 11,
  field: 'workers',
};

interface Document {
  readonly diagnostics: readonly object[];
  readonly [result: string]: unknown;
}

async function json(...args: string[]): Promise<Document> {
  return JSON.parse((await place.runInside(...args, '--format', 'json')).stdout) as Document;
}

/** Each command that reads values, what it exits with and what it says that it did not do. */
const READERS: [string[], number, string][] = [
  [['synth'], 1, 'nothing was written'],
  [['diff'], 2, 'nothing was compared'],
  [['check'], 2, 'nothing was compared'],
  [['explain', 'shop'], 1, 'nothing was explained'],
  [['costs'], 1, 'nothing was computed'],
];

describe.each(READERS)('%j of wrong values', (command, exitCode, outcome) => {
  const args = [...command, '-f', 'wrong/shop.yaml', '--format'];

  test('prints one JSON document with the diagnostics', async () => {
    const ran = await place.runInside(...args, 'json');
    expect([ran.exitCode, ran.stderr]).toEqual([exitCode, `1 problem; ${outcome}\n`]);
    const document = JSON.parse(ran.stdout) as unknown;
    expect(document).toEqual({ diagnostics: [{ ...WRONG, message: expect.stringMatching(/, got 0$/) }] });
  });

  test('prints an annotation for GitHub', async () => {
    const ran = await place.runInside(...args, 'github');
    expect([ran.exitCode, ran.stderr]).toEqual([exitCode, `1 problem; ${outcome}\n`]);
    expect(ran.stdout).toMatch(
      /^::error file=wrong\/shop\.yaml,line=3,col=10,endColumn=11,title=workers::expected .*, got 0\n$/,
    );
  });
});

test('an annotation names the file from the root of the repository', async () => {
  const before = process.env['GITHUB_WORKSPACE'];
  process.env['GITHUB_WORKSPACE'] = place.folder;
  try {
    const ran = await place.run('synth', '-f', place.path('wrong/shop.yaml'), '--format', 'github');
    expect(ran.stdout).toContain('::error file=wrong/shop.yaml,line=3,');
  } finally {
    if (before === undefined) delete process.env['GITHUB_WORKSPACE'];
    else process.env['GITHUB_WORKSPACE'] = before;
  }
});

test('synth gives its changes as JSON, and nothing else', async () => {
  const ran = await place.runInside('synth', '--format', 'json');
  expect(ran.stderr).toBe('');
  expect(JSON.parse(ran.stdout)).toEqual({
    diagnostics: [],
    written: ['shop.k8s.yaml'],
    unchanged: 0,
    removed: [],
    kept: [],
  });
});

test('a note is a diagnostic, and an annotation', async () => {
  place.write(
    'values/peers.yaml',
    'kind: AlertmanagerCluster\nname: main\npeers: 2\nconfig: { route: { receiver: none }, receivers: [{ name: none }] }\n',
  );
  expect(await json('synth')).toMatchObject({
    diagnostics: [{ severity: 'note', file: 'values/peers.yaml', line: 3, field: 'peers' }],
  });
  expect((await place.runInside('synth', '--format', 'github')).stdout).toMatch(
    /^::notice file=values\/peers\.yaml,line=3,col=8,endColumn=9,title=peers::2 is even/,
  );
});

describe('diff', () => {
  beforeEach(async () => {
    await place.runInside('synth');
    place.write('values/shop.yaml', 'name: shop\nimage: a/b:2\nworkers: 2\n');
  });

  test('gives a diagnostic for each file that differs, and the differences', async () => {
    expect(await json('diff')).toMatchObject({
      diagnostics: [
        { severity: 'error', file: 'dist/shop.k8s.yaml', message: 'differs', hint: 'run synth and commit' },
        { severity: 'warning', object: 'Deployment default/shop', message: 'the pods are replaced' },
      ],
      differences: [{ file: 'shop.k8s.yaml', state: 'different' }],
      equal: 0,
      kept: [],
    });
  });

  test('annotates each file that differs, above the difference', async () => {
    const { exitCode, stdout } = await place.runInside('diff', '--format', 'github');
    expect(exitCode).toBe(1);
    expect(stdout).toContain('::error file=dist/shop.k8s.yaml::differs; run synth and commit\n');
    expect(stdout).toContain('dist/shop.k8s.yaml differs\n  ~ Deployment default/shop\n');
  });
});

describe('trace', () => {
  beforeEach(async () => {
    await place.runInside('synth');
    const text = readFileSync(place.path('dist/shop.k8s.yaml'), 'utf8');
    place.write('broken.yaml', text.replace('port: metrics-1\n', 'port: metrics-l\n'));
  });

  test('gives the chains, and the diagnostics of all traces', async () => {
    const { diagnostics, traces } = await json('trace', 'broken.yaml');
    expect(diagnostics).toContainEqual(
      expect.objectContaining({
        severity: 'error',
        file: 'broken.yaml',
        object: 'ServiceMonitor default/shop',
        field: 'spec.endpoints[0].port',
      }),
    );
    expect(traces).toMatchObject([{ of: 'broken.yaml', files: 1, chains: expect.any(Array) as unknown }]);
  });

  test('annotates the place of each diagnostic, below its chains', async () => {
    const { exitCode, stdout } = await place.runInside('trace', 'broken.yaml', '--format', 'github');
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^broken\.yaml: \d chains, \d broken\n/);
    expect(stdout).toMatch(
      /^::error file=broken\.yaml,line=\d+,col=\d+,endColumn=\d+,title=ServiceMonitor default\/shop%3A spec\.endpoints\[0\]\.port::/m,
    );
  });
});

test('import-helm reports values that it did not carry over as warnings', async () => {
  place.write(
    'chart/values.yaml',
    'image: { repository: a/b, tag: v1 }\nenv: { config: { WEB_CONCURRENCY: 2, METRICS_START_PORT: 8001 } }\ndatabase: { port: 5432 }\n',
  );
  const args = ['import-helm', 'chart/values.yaml', '--name', 'shop', '-o', 'out/shop.yaml'];
  expect(await json(...args)).toMatchObject({
    name: 'shop',
    written: 'out/shop.yaml',
    diagnostics: expect.arrayContaining([
      expect.objectContaining({
        severity: 'warning',
        file: 'chart/values.yaml',
        line: 3,
        field: 'database.port',
      }),
    ]),
  });
});

test('publish says why as JSON', async () => {
  const document = await json('publish', '--repo', 'none', '--branch', 'main', '-o', 'nothing');
  expect(document).toMatchObject({ diagnostics: [{ severity: 'error', file: 'nothing' }] });
});

test('explain and costs print their result as JSON', async () => {
  expect(await json('explain', 'shop')).toMatchObject({
    diagnostics: [],
    explanations: [{ file: 'values/shop.yaml' }],
  });
  const { applications } = await json('costs');
  expect(applications).toMatchObject([{ name: 'shop', workers: 2, replicas: 1 }]);
});

test('another format is refused, with those that there are', async () => {
  const { exitCode, stderr } = await place.runInside('synth', '--format', 'xml');
  expect(exitCode).toBe(1);
  expect(stderr).toContain('Allowed choices are text, json, github');
});
