import { readFileSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import { Workplace } from '../cli/command-line.js';

const read = (file: string) => readFileSync(path.join(import.meta.dirname, '../..', file), 'utf8');
const WORKFLOW = 'examples/github-actions/deploy.yaml';

let place: Workplace;
beforeEach(() => (place = new Workplace()));
afterEach(() => place.remove());

test('explain prints the text that docs/environments.md has for its first example', async () => {
  const [first = ''] = blocks(read('docs/environments.md'), 'yaml');
  const values = place.write('values/shop.yaml', first);
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
    const documented = /\| default +\|\n\| -.*\n((?:\|.*\n)+)/.exec(read('docs/argo-cd-and-flux.md'));
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

function blocks(text: string, language: string): string[] {
  return Array.from(
    text.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms')),
    ([, block = '']) => block,
  );
}
