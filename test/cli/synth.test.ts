import { statSync } from 'node:fs';
import path from 'node:path';
import { filesIn, leftBeside, ours, temporaryFolder, writeFiles } from '../an-output-folder.js';
import { ROOT } from '../run-command.js';
import { runMain } from './run-main.js';

const root = temporaryFolder();
let count = 0;
const SHOP = 'name: shop\nimage: example/shop:v1\nworkers: 2\n';
const BLOG = SHOP.replaceAll('shop', 'blog');
const WRONG = 'name: wrong\nimage: example/wrong\nworkers: 0\n';

/** A folder to run the command in, with these files. */
function place(files: Readonly<Record<string, string>>): string {
  const cwd = path.join(root, String((count += 1)));
  writeFiles(cwd, { 'keep/.keep': '', ...files });
  return cwd;
}

function synth(cwd: string, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}) {
  return runMain(['synth', ...args], { cwd, env });
}

test('the committed values give the committed dist/, byte for byte', async () => {
  const output = path.join(place({}), 'dist');
  expect(await synth(ROOT, ['--output', output])).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: `${output}: 1 file written, 0 unchanged, 0 removed\n`,
  });
  expect(filesIn(output)).toEqual(filesIn(path.join(ROOT, 'dist')));
});

test('without options, values/ is read and dist/ is written', async () => {
  const cwd = place({ 'values/shop.yaml': SHOP, 'values/blog.yaml': BLOG, 'dist/old.k8s.yaml': ours('old') });
  expect((await synth(cwd)).stderr).toBe(
    'dist/old.k8s.yaml: removed: no values describe it\ndist: 2 files written, 0 unchanged, 1 removed\n',
  );
  expect(Object.keys(filesIn(path.join(cwd, 'dist')))).toEqual(['blog.k8s.yaml', 'shop.k8s.yaml']);
  expect((await synth(cwd)).stderr).toBe('dist: 0 files written, 2 unchanged, 0 removed\n');
});

test('values in JSON that a folder contains are not read, with a warning', async () => {
  const cwd = place({ 'values/shop.yaml': SHOP, 'values/api.json': '{ "name": "api", "workers": 3 }' });
  expect((await synth(cwd)).stderr).toBe(
    'warning: values/api.json: not read: of a folder, .yaml and .yml files are values; rename api.json to api.yaml: JSON is YAML\ndist: 1 file written, 0 unchanged, 0 removed\n',
  );
});

test('--values can be given again and again, as files and folders', async () => {
  const cwd = place({ 'a/shop.yaml': SHOP, 'b.yaml': BLOG, 'values/wrong.yaml': WRONG });
  expect((await synth(cwd, ['--values', 'a', '--values', 'b.yaml', '--output', 'out'])).exitCode).toBe(0);
  expect(Object.keys(filesIn(path.join(cwd, 'out')))).toEqual(['blog.k8s.yaml', 'shop.k8s.yaml']);
});

test('WORKER_METRICS_VALUES names paths joined by ":", and --values goes before it', async () => {
  const cwd = place({ 'a/shop.yaml': SHOP, 'b.yaml': BLOG });
  expect((await synth(cwd, [], { WORKER_METRICS_VALUES: 'a:b.yaml' })).stderr).toMatch(
    /^dist: 2 files written/,
  );
  expect((await synth(cwd, ['--values', 'b.yaml'], { WORKER_METRICS_VALUES: 'a:b.yaml' })).stderr).toBe(
    'dist/shop.k8s.yaml: not in these values; kept; --prune removes it\ndist: 0 files written, 1 unchanged, 0 removed\n',
  );
});

test.each(['', ':'])('WORKER_METRICS_VALUES=%j does not stand for no application at all', async (paths) => {
  const cwd = place({ 'values/shop.yaml': SHOP, 'dist/shop.k8s.yaml': ours('shop') });
  await synth(cwd, [], { WORKER_METRICS_VALUES: paths });
  expect(Object.keys(filesIn(path.join(cwd, 'dist')))).toEqual(['shop.k8s.yaml']);
});

test('time zones are looked up in the database of them', async () => {
  const window = "serviceWindows: [{ component: c, days: [Mon], start: '08:00', end: '09:00', timeZone: ";
  const cwd = place({
    'values/shop.yaml': `${SHOP}${window}Asia/Kolkata }]\n`,
    'wrong/shop.yaml': `${SHOP}${window}Asia/Kolkatta }]\n`,
  });
  expect((await synth(cwd)).exitCode).toBe(0);
  expect((await synth(cwd, ['--values', 'wrong'])).stderr).toMatch(
    'wrong/shop.yaml:4: serviceWindows[0].timeZone: expected an IANA time zone such as Europe/Amsterdam or UTC, got "Asia/Kolkatta"; did you mean "Asia/Kolkata"?\n',
  );
});

test("cdk8s' own CDK8S_OUTDIR is the output folder, and --output goes before it", async () => {
  const cwd = place({ 'values/shop.yaml': SHOP });
  expect((await synth(cwd, [], { CDK8S_OUTDIR: 'theirs' })).stderr).toMatch(/^theirs: 1 file written/);
  expect((await synth(cwd, ['--output', 'mine'], { CDK8S_OUTDIR: 'theirs' })).stderr).toMatch(
    /^mine: 1 file written/,
  );
});

test('on any problem the output folder stays as it was, and every problem of every file is named', async () => {
  const cwd = place({
    'values/a.yaml': WRONG,
    'values/b.yaml': `${SHOP}http: [`,
    'values/c.yaml': SHOP,
    'dist/shop.k8s.yaml': ours('shop'),
  });
  const before = statSync(path.join(cwd, 'dist/shop.k8s.yaml')).mtimeMs;
  expect(await synth(cwd, ['--values', 'values', '--values', 'nowhere'])).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: [
      'nowhere: cannot be read: no such file or directory; add one, or name another with --values',
      'values/a.yaml:3: workers: expected a whole number from 1 to 100, got 0',
      '  --> values/a.yaml:3:10',
      '  3 | workers: 0',
      '    |          ^',
      'values/b.yaml:4:8: not YAML: unexpected end of the stream within a flow collection; close the brackets',
      '  --> values/b.yaml:4:8',
      '  4 | http: [',
      '    |        ^',
      '3 problems; nothing was written',
      '',
    ].join('\n'),
  });
  expect(filesIn(path.join(cwd, 'dist'))).toEqual({ 'shop.k8s.yaml': ours('shop') });
  expect(statSync(path.join(cwd, 'dist/shop.k8s.yaml')).mtimeMs).toBe(before);
  expect(leftBeside(path.join(cwd, 'dist')).toSorted()).toEqual(['keep', 'values']);
});

test('two applications are refused of which one would overwrite an object of the other', async () => {
  const headless = `${SHOP}metrics: { service: headless }\n`; // has a Service shop-metrics too
  const cwd = place({
    'values/shop.yaml': headless,
    'values/too.yaml': SHOP.replace('name: shop', 'name: shop-metrics'),
  });
  const { exitCode, stderr } = await synth(cwd);
  expect([exitCode, filesIn(path.join(cwd, 'dist'))]).toEqual([1, {}]);
  expect(stderr).toContain('shop-metrics');
});

test.each([
  ['a file in its place', { out: 'text' }, 'out', 'out: cannot be written: not a directory'],
  ['a file above it', { out: 'text' }, 'out/dist', 'out/dist: cannot be written: not a directory'],
  ['no name', {}, '', '--output: an empty path; name a folder'],
  [
    'a manifest of somebody else in its place',
    { 'out/shop.k8s.yaml': 'kind: Namespace\n' },
    'out',
    'out/shop.k8s.yaml: this program did not write it; move it away, or name another folder with --output',
  ],
])('an output folder with %s is refused, and left as it was', async (_, files, output, problem) => {
  const cwd = place({ 'values/shop.yaml': SHOP, ...files });
  const before = filesIn(path.join(cwd, 'out'));
  expect(await synth(cwd, ['--output', output])).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: `${problem}\n1 problem; nothing was written\n`,
  });
  expect(filesIn(path.join(cwd, 'out'))).toEqual(before);
});

test.each(['shop', 'blog'])(
  'a folder in the place of %s.k8s.yaml is named, and nothing is changed',
  async (name) => {
    const cwd = place({
      'values/shop.yaml': SHOP,
      'values/blog.yaml': BLOG,
      'dist/old.k8s.yaml': ours('old'),
      [`dist/${name}.k8s.yaml/in`]: '',
    });
    const { exitCode, stderr } = await synth(cwd);
    expect([exitCode, filesIn(path.join(cwd, 'dist'))]).toEqual([1, { 'old.k8s.yaml': ours('old') }]);
    expect(stderr).toMatch(new RegExp(`^dist/${name}\\.k8s\\.yaml: .+\n1 problem; nothing was written\n$`));
  },
);

test.each([
  [['--help'], 0, /synth \[options\] +write the manifests/],
  [['synth', '--help'], 0, /--values <path> .*WORKER_METRICS_VALUES.*--output <folder> /s],
  [['snyth'], 1, /^error: unknown command 'snyth'\n\(Did you mean synth\?\)\n$/],
  [['synth', '--valeus', 'x'], 1, /^error: unknown option '--valeus'\n\(Did you mean --values\?\)\n$/],
  [['synth', '--values'], 1, /^error: option '-f, --values <path>' argument missing\n$/],
  [['check', 'a.yaml'], 2, /^error: too many arguments.*\n.*; trace FILE checks manifests\n$/],
  [['synth', 'values'], 1, /^error: too many arguments.*\nname files and folders of values with --values\n$/],
  [['template'], 1, /^error: unknown command 'template'\nfor all commands: worker-metrics --help\n$/],
])('worker-metrics %j ends with %i and says so', async (args, exitCode, words) => {
  const ran = await runMain(args, { cwd: place({ 'values/shop.yaml': SHOP }) });
  expect(ran.exitCode).toBe(exitCode);
  expect(ran.stdout + ran.stderr).toMatch(words);
});

test('nothing that a user can do wrong gives a stack trace', async () => {
  const cwd = place({
    'values/a.yaml': `${SHOP}env: { __proto__: 5 }\n`,
    'values/b.yaml': `${BLOG}resources: { requests: { __proto__: x } }\n`,
  });
  const { exitCode, stderr } = await synth(cwd);
  expect(exitCode).toBe(1);
  expect(stderr).not.toMatch(/\n\s+at |a bug in this program/);
});

test('an output folder that contains the values is refused: the next run would read manifests as values', async () => {
  const cwd = place({ 'values/shop.yaml': SHOP });
  const { exitCode, stderr } = await synth(cwd, ['--output', './values']);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^--output: \.\/values contains the values; name another folder\n/);
  expect(Object.keys(filesIn(path.join(cwd, 'values')))).toEqual(['shop.yaml']);
});
