import { readFileSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import { parseValues } from '../../src/values/parse-values.js';
import { Workplace } from '../cli/command-line.js';

const read = (file: string) => readFileSync(path.join(import.meta.dirname, '../..', file), 'utf8');
const DOCS = ['docs/environments.md', 'docs/commands.md'];
const WORKFLOW = 'examples/github-actions/deploy.yaml';

let place: Workplace;
beforeEach(() => (place = new Workplace()));
afterEach(() => place.remove());

test.each(DOCS.flatMap((file) => blocks(read(file), 'yaml')))('values in the documentation are right: %s', (text) => {
  const { values, problems } = parseValues([{ file: 'docs', text }]);
  expect(problems).toEqual([]);
  expect(values.length).toBeGreaterThan(1);
}); // prettier-ignore

test.each([...DOCS.map(read), read(WORKFLOW)].flatMap(commandLines))(
  'a command in the documentation is one: %s',
  async (line) => {
    // Whatever the command finds wrong in this empty place, it is not the command line.
    const args = line.split(' ').map((word) => word.replaceAll('"', ''));
    const { stderr } = await place.run(...args, ...inEmptyPlace(args));
    expect(stderr).not.toMatch(/^error:/);
  },
); // prettier-ignore

test('the values of the first example give what the text says', async () => {
  const [first = ''] = blocks(read('docs/environments.md'), 'yaml');
  const values = place.write('values/shop.yaml', first);
  const output = place.path('dist');
  const synth = await place.run('synth', '--values', values, '--output', output);
  expect(synth.stderr).toBe('dist: 3 files written, 0 unchanged, 0 removed\n');
  const { stdout } = await place.run('explain', 'shop', '--values', values, '--environment', 'dev');
  expect(stdout).toMatch(
    /resources\.limits\.memory +null +values\/shop\.yaml:16: dev, in place of 3Gi in line 11/,
  );
});

test('every documented default of delivery is the one in code', () => {
  const text =
    'name: a\nimage: a/b\nworkers: 1\nenvironments: { x: { delivery: { argocd: { repo: "https://a/b" } } }, y: { delivery: { flux: { repo: "https://a/b" } } } }\n';
  const values = place.write('a.yaml', text);
  return place.run('explain', 'a', '--values', values).then(({ stdout }) => {
    const documented = /\| default +\|\n\| -.*\n((?:\|.*\n)+)/.exec(read('docs/environments.md').split('## Argo CD')[1] ?? '');
    expect(documented).not.toBeNull();
    for (const value of ['main', 'dist/x', 'dist/y', 'argocd', 'flux-system', 'https://kubernetes.default.svc', '10m', '5m'])
      expect(stdout).toContain(value);
    return stdout;
  });
}); // prettier-ignore

test('the workflow is YAML that GitHub reads', () => {
  const workflow = load(read(WORKFLOW)) as { jobs: Record<string, { steps: { run?: string }[] }> };
  expect(Object.keys(workflow.jobs)).toEqual(['check', 'publish']);
  const scripts = Object.values(workflow.jobs).flatMap(({ steps }) => steps.map(({ run }) => run ?? ''));
  expect(scripts.filter((script) => script.includes('${{'))).toEqual([]);
});

function inEmptyPlace(args: readonly string[]): string[] {
  const [command = ''] = args;
  if (['synth', 'check', 'explain'].includes(command)) return ['--values', place.path('none')];
  if (command === 'publish') return ['--output', place.path('none')];
  return args.includes('-') ? ['--help'] : [];
}

function blocks(text: string, language: string): string[] {
  return Array.from(
    text.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms')),
    ([, block = '']) => block,
  );
}

function commandLines(text: string): string[] {
  return Array.from(text.matchAll(/npx worker-metrics ([a-z].*)$/gm), ([, line = '']) =>
    line.replace(/ --message ".*"/, ' --message text'),
  );
}
