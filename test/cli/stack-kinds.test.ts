import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { synth } from '../../charts/main.js';
import { formatDiagnostic } from '../../src/diagnostics/diagnostic.js';
import { runMain } from './run-main.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'stack-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test.each(['alertmanager-cluster', 'prometheus-server'])(
  'the committed manifests of the example %s are what its values give',
  async (example) => {
    const output = path.join(folder, 'dist');
    const result = await synth({ values: [`examples/${example}/values`], output });
    expect(result).not.toHaveProperty('problems');
    const committed = `examples/${example}/dist`;
    expect(readdirSync(output)).toEqual(readdirSync(committed));
    for (const file of readdirSync(output)) {
      expect(readFileSync(path.join(output, file), 'utf8')).toBe(
        readFileSync(path.join(committed, file), 'utf8'),
      );
    }
  },
);

test('a key that is written with an escape is the same key', async () => {
  const values = path.join(folder, 'main.yaml');
  const key = String.raw`"alertmanager\u0043onfig"`;
  const config = '{ route: { receiver: team }, receivers: [{ name: team }] }';
  writeFileSync(
    values,
    `kind: AlertmanagerCluster\nname: main\nform: operator\npeers: 3\n${key}: ${config}\n`,
  );
  expect(await synth({ values: [values], output: path.join(folder, 'dist') })).not.toHaveProperty('problems');
});

test("a value that the operator's schema refuses is reported with its line, and nothing is written", async () => {
  const values = path.join(folder, 'main.yaml');
  const config = '{ route: { receiver: team, groupWait: 5 }, receivers: [{ name: team }] }';
  writeFileSync(
    values,
    `kind: AlertmanagerCluster\nname: main\nform: operator\npeers: 3\nalertmanagerConfig: ${config}\n`,
  );
  const result = await synth({ values: [values], output: path.join(folder, 'dist') });
  if (!('problems' in result)) throw new Error('there should be problems');
  const [text = ''] = result.problems.map(formatDiagnostic);
  expect(text).toBe(
    `${values}:5: alertmanagerConfig.route.groupWait: expected a duration such as 30s, 5m or 1h30m (units y, w, d, h, m, s and ms, in this order), got 5`,
  );
  expect(existsSync(path.join(folder, 'dist'))).toBe(false);
});

test('a remark about valid values is printed as a note, except with --quiet', async () => {
  const values = path.join(folder, 'main.yaml');
  writeFileSync(
    values,
    'kind: AlertmanagerCluster\nname: main\npeers: 2\nconfig: { route: { receiver: none }, receivers: [{ name: none }] }\n',
  );
  const command = ['synth', '--values', values, '--output', path.join(folder, 'dist')];
  const { exitCode, stderr } = await runMain(command);
  expect(exitCode).toBe(0);
  expect(stderr.replaceAll(`${folder}/`, '')).toBe(
    `note: main.yaml:3: peers: 2 is even: this works, because Alertmanager needs no majority, but after a network split neither half may be the larger one; 3 or 5 are usual
dist: 1 file written, 0 unchanged, 0 removed
`,
  );
  expect((await runMain([...command, '--quiet'])).stderr).toBe('');
});
