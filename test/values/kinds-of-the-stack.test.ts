import { loadOperatorModels } from '../../src/alertmanager/operator-models.js';
import { readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { formatDiagnostic } from '../../src/diagnostics/diagnostic.js';
import { editorJsonSchema } from '../../src/values/json-schema/editor-schema.js';
import { parseValues } from '../../src/values/parse-values.js';

beforeAll(loadOperatorModels);

const EXAMPLES = ['examples/alertmanager-cluster', 'examples/prometheus-server'].flatMap((folder) =>
  readdirSync(`${folder}/values`).map((file) => `${folder}/values/${file}`),
);
const validate = new Ajv({ strict: false, code: { optimize: false } }).compile(editorJsonSchema());
const valid = (value: unknown) => validate(value);

test.each(EXAMPLES)('%s is right for editors, and for us', (file) => {
  const text = readFileSync(file, 'utf8');
  valid(parse(text));
  expect(validate.errors).toBeNull();
  expect(parseValues([{ file, text }]).problems).toEqual([]);
});

test.each([
  ['AlertmanagerCluster', { kind: 'AlertmanagerCluster', name: 'a', peers: 0 }, '/peers'],
  ['PrometheusServer', { kind: 'PrometheusServer', name: 'a', git: 5 }, '/git'],
  ['WorkerApp', { kind: 'WorkerApp', name: 'a', image: 'a', workers: 0 }, '/workers'],
  ['no kind', { name: 'a', image: 'a', workers: 0 }, '/workers'],
])('an editor names the fault in the one shape that %s has', (_kind, value, field) => {
  expect(valid(value)).toBe(false);
  expect(validate.errors?.[0]?.instancePath).toBe(field);
});

test('a kind that is none is refused with those that there are', () => {
  const { problems } = parseValues([{ file: 'a.yaml', text: 'kind: AlertManagerCluster\nname: a\n' }]);
  expect(problems.map(formatDiagnostic)).toEqual([
    'a.yaml:1: kind: expected WorkerApp, AlertmanagerCluster, PrometheusServer or Defaults, got "AlertManagerCluster"; did you mean "AlertmanagerCluster"?',
  ]);
});

test('a note has its place, and is no problem', () => {
  const text = `kind: AlertmanagerCluster
name: alertmanager
peers: 4
config: { route: { receiver: team }, receivers: [{ name: team }] }
`;
  const { problems, notes, values } = parseValues([{ file: 'a.yaml', text }]);
  expect(problems).toEqual([]);
  expect(values).toHaveLength(1);
  expect(notes.map(formatDiagnostic)).toEqual([
    'a.yaml:3: peers: 4 is even: this works, because Alertmanager needs no majority, but after a network split neither half may be the larger one; 3 or 5 are usual',
  ]);
});

describe('the docs', () => {
  const blocksOf = (file: string, language: string) =>
    Array.from(
      readFileSync(file, 'utf8').matchAll(new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``, 'g')),
      ([, text = '']) => text,
    );

  test.each(['docs/alertmanager-cluster.md', 'docs/prometheus-server.md'])(
    '%s shows values that are right',
    (file) => {
      const shown = blocksOf(file, 'yaml').filter((text) => text.startsWith('kind:'));
      expect(shown).toHaveLength(1);
      expect(parseValues(shown.map((text) => ({ file, text }))).problems).toEqual([]);
    },
  );

  test('show a part of the configuration that the example has', () => {
    const shown =
      blocksOf('docs/prometheus-server.md', 'yaml').find((text) => text.startsWith('global:')) ?? '';
    const example = readFileSync('examples/prometheus-server/repository/prometheus/prometheus.yml', 'utf8');
    expect(shown).not.toBe('');
    for (const line of shown.trimEnd().split('\n')) expect(example).toContain(line);
  });
});
