import { Parser, type Node } from 'commonmark';
import * as fc from 'fast-check';
import { digits } from '../../src/diagnostics/count.js';
import { diffComment, failureComment } from '../../src/cli/diff-markdown.js';
import type { Compared, FileDifference } from '../../src/cli/diff-folder.js';
import type { ObjectChange } from '../../src/output/diff/object-changes.js';
import { Workplace } from './command-line.js';

const MOST_CHARACTERS = 65_536; // of a comment on GitHub

function compared(...differences: FileDifference[]): Compared {
  return { differences, equal: 0, kept: [] };
}

function changed(object: string, fields: ObjectChange['fields'] = []): ObjectChange {
  return { object, change: 'changed', fields, warnings: [] };
}

function different(file: string, ...changes: ObjectChange[]): FileDifference {
  return { file, state: 'different', changes };
}

function nodesOf(markdown: string): Node[] {
  const nodes: Node[] = [];
  const walker = new Parser().parse(markdown).walker();
  for (let event = walker.next(); event !== null; event = walker.next())
    if (event.entering) nodes.push(event.node);
  return nodes;
}

function literals(markdown: string, ...types: string[]): string[] {
  return nodesOf(markdown)
    .filter(({ type }) => types.includes(type))
    .map(({ literal }) => literal ?? '');
}

describe('diff --format markdown', () => {
  let place: Workplace;
  beforeEach(async () => {
    place = new Workplace();
    const app = 'image: a/b:1\nworkers: 1\nnamespace: shop\n';
    place.write('values/shop.yaml', `name: shop\n${app}environments: { live: {} }\n`);
    place.write('values/blog.yaml', `name: blog\n${app}`);
    await place.runInside('synth');
    place.write(
      'values/shop.yaml',
      `name: shop\n${app.replace('1\n', '2\n')}metrics: { monitor: PodMonitor }\ninstance: store\nenvironments: { live: {} }\n`,
    );
  });
  afterEach(() => place.remove());

  const run = (...flags: string[]) => place.runInside('diff', '--format', 'markdown', ...flags);

  test('has a heading, a summary and a folded diff for each application that changes', async () => {
    const { exitCode, stdout, stderr } = await run();
    expect([exitCode, stderr]).toEqual([1, '']);
    expect(stdout).toMatch(/^<!-- worker-metrics diff -->\n## Manifests: 1 file changes\n/);
    expect(stdout).toContain('\n\n### `shop` in `live`\n\n');
    expect(stdout).toContain(
      '`dist/live/shop.k8s.yaml` differs: 1 object added, 2 changed, 1 removed. Pods are replaced: `Deployment shop/shop`. ' +
        '**The API server refuses the change:** `Deployment shop/shop`. **Delete by hand:** `ServiceMonitor shop/shop`.\n\n' +
        '<details><summary>Diff of 4 objects</summary>\n\n```diff\n@@ Deployment shop/shop @@\n',
    );
    expect(stdout).toContain('\n- spec.template.spec.containers[app].image: "a/b:1"\n+ ');
    expect(stdout).toContain('kubectl delete servicemonitor.monitoring.coreos.com shop -n shop\n');
    expect(stdout).toMatch(/\n```\n\n<\/details>\n$/);
    expect(stdout).not.toContain('blog');
    expect((await run()).stdout).toBe(stdout);
  });

  test('says that nothing changes, and exits with 0', async () => {
    await place.runInside('synth');
    const { exitCode, stdout } = await run();
    expect([exitCode, stdout]).toEqual([
      0,
      '<!-- worker-metrics diff -->\n## Manifests: no changes\n\n`dist`: 2 files up to date.\n',
    ]);
  });

  test('has the problems for which nothing was compared; standard error has them too', async () => {
    place.write('values/blog.yaml', 'name: blog\nimage: a/b:1\nworkers: 0\n');
    const { exitCode, stdout, stderr } = await run();
    const problem = 'values/blog.yaml:3: workers: expected a whole number from 1 to 100, got 0';
    expect([exitCode, stderr.split('\n')[0]]).toEqual([2, problem]);
    expect(stderr).toMatch(/\n1 problem; nothing was compared\n$/);
    expect(literals(stdout, 'code_block')).toEqual([`${problem}\n`]);
  });

  test('is offered by no command for which it means nothing', async () => {
    expect(await place.runInside('synth', '--format', 'markdown')).toMatchObject({ exitCode: 1, stdout: '' });
  });
});

describe('a comment', () => {
  const HOSTILE = [
    '</details><script>alert(1)</script>',
    '@everyone #1 https://evil.example',
    '```\n</details>\n# owned',
    '`', '``````', ' ', '', '\n\n', '\r\n- [ ] x', '|', '[a](javascript:x)', '![](http://x)', '<!--', '-->', '&lt;', '\\', '~~~',
    '\u001B[31m', '\u202E', '\uD800', '**b**',
  ]; // prettier-ignore
  const text = fc.array(fc.constantFrom('a', ...HOSTILE), { maxLength: 6 }).map((parts) => parts.join(''));
  const value = fc.oneof(text, fc.constant(undefined), fc.record({ a: text }));
  const change = fc.record({
    object: text,
    change: fc.constantFrom('added' as const, 'changed' as const, 'removed' as const),
    fields: fc.array(fc.record({ path: fc.array(text, { minLength: 1, maxLength: 3 }), before: value, after: value }), { maxLength: 3 }),
    warnings: fc.array(fc.record({ effect: fc.constantFrom('rolls' as const, 'refused' as const, 'stays' as const, 'merged' as const), message: text }), { maxLength: 2 }),
  }); // prettier-ignore
  const difference = fc.record({
    file: text.map((name) => `${name}.k8s.yaml`),
    state: fc.constantFrom('missing' as const, 'stale' as const, 'different' as const, 'not YAML' as const),
    changes: fc.array(change, { maxLength: 3 }),
  });

  /** Our Markdown around the texts of users. */
  const OUR_HTML =
    /^(?:<!-- worker-metrics diff -->|<details><summary>(?:Problems|Diff of \d+ objects?)<\/summary>|<\/details>)$/;
  const OUR_WORDS = /^[-A-Za-z0-9 .,:]*$/;

  test('shows no text of a user outside of code, whatever it contains', () => {
    fc.assert(
      fc.property(text, fc.array(difference, { minLength: 1, maxLength: 3 }), (output, differences) => {
        const markdown = diffComment(output, compared(...differences));
        const foreign = nodesOf(markdown).filter(({ type }) =>
          ['html_inline', 'link', 'image', 'thematic_break', 'list', 'block_quote'].includes(type),
        );
        expect(foreign.map(({ type }) => type)).toEqual([]);
        for (const html of literals(markdown, 'html_block')) expect(html).toMatch(OUR_HTML);
        for (const words of literals(markdown, 'text')) expect(words).toMatch(OUR_WORDS);
        // eslint-disable-next-line no-control-regex
        expect(markdown).not.toMatch(/[\0-\u0009\u000B-\u001F\u202E\uD800]/u);
      }),
    );
  });

  test('shows the problems of values in code, whatever they contain', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 3 }), (messages) => {
        const markdown = failureComment(messages.map((message) => ({ severity: 'error', message })));
        expect(literals(markdown, 'code_block')).toHaveLength(1);
        for (const html of literals(markdown, 'html_block')) expect(html).toMatch(OUR_HTML);
      }),
    );
  });

  test('keeps every block that fits, and shortens the long one', () => {
    const fields = Array.from({ length: 5000 }, (_, i) => ({ path: [`f${i}`], before: 'a', after: 'b' }));
    const markdown = diffComment(
      'dist',
      compared(
        different('big.k8s.yaml', changed('ConfigMap a/big', fields)),
        different('small.k8s.yaml', changed('ConfigMap a/small', fields.slice(0, 2))),
      ),
    );
    const [big = '', small] = literals(markdown, 'code_block');
    expect(small).toBe('@@ ConfigMap a/small @@\n- f0: "a"\n+ f0: "b"\n- f1: "a"\n+ f1: "b"\n');
    const [, more = ''] = /\n# … ([\d,]+) more lines\n$/.exec(big) ?? [];
    expect(big.split('\n').length - 2 + Number(more.replaceAll(',', ''))).toBe(10_001);
    expect(markdown).toContain(`_Cut: ${more} lines, as a comment has at most 65536 characters.`);
    expect(markdown.length).toBeLessThanOrEqual(MOST_CHARACTERS);
    expect(markdown.length).toBeGreaterThan(MOST_CHARACTERS - 1000);
  });

  test('counts the files that are left out of a comment on thousands of applications', () => {
    const files = Array.from({ length: 1000 }, (_, i) =>
      different(
        `app-${i}.k8s.yaml`,
        changed(`Service a/app-${i}`, [{ path: ['spec'], before: 1, after: 2 }]),
      ),
    );
    const markdown = diffComment('dist', compared(...files));
    const shown = markdown.match(/^### /gm)?.length ?? 0;
    const blocks = literals(markdown, 'code_block').length;
    expect(markdown).toContain('1,000 files change');
    expect(markdown).toContain(
      `_Cut: ${1000 - shown} files and ${digits((1000 - blocks) * 3)} lines, as a comment`,
    );
    expect(markdown.length).toBeLessThanOrEqual(MOST_CHARACTERS);
  });

  test('is never longer than GitHub accepts', () => {
    const long = fc.tuple(text, fc.integer({ min: 0, max: 800 })).map(([part, times]) => part.repeat(times));
    fc.assert(
      fc.property(fc.array(long, { minLength: 1, maxLength: 12 }), (texts) => {
        const files = texts.map((each, i) =>
          different(`${each}${i}.k8s.yaml`, ...texts.map((value) => changed(each, [{ path: [each], before: value, after: each }]))),
        ); // prettier-ignore
        expect(diffComment(texts[0] ?? '', compared(...files)).length).toBeLessThanOrEqual(MOST_CHARACTERS);
      }),
      { numRuns: 10 },
    );
  });

  test('shortens a long line, and counts its rest', () => {
    const field = { path: ['data'], before: 'x'.repeat(200_000), after: 'y' };
    const markdown = diffComment(
      'dist',
      compared(different('a.k8s.yaml', changed('ConfigMap a/a', [field]))),
    );
    expect(markdown).toMatch(/\n- data: "x{900,}… \(199\d\d\d more characters\)\n\+ data: "y"\n/);
  });

  test('puts the objects for Argo CD under the heading of their application', () => {
    const markdown = diffComment(
      'dist',
      compared(
        different('live/shop.k8s.yaml', changed('Service a/shop')),
        different('live/delivery/shop.k8s.yaml', changed('Application argocd/shop')),
        different('delivery/shop.k8s.yaml', changed('Application argocd/shop')),
      ),
    );
    expect(markdown.match(/^### .*/gm)).toEqual(['### `shop` in `live`', '### `shop`']);
  });
});
