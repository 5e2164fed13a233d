import { formatDiagnostic } from '../../../src/diagnostics/diagnostic.js';
import { parseValues } from '../../../src/values/parse-values.js';

const app = (name: string, more = '') => ({
  file: `values/${name}.yaml`,
  text: `name: ${name}\nimage: a/b:1\nworkers: 1\n${more}`,
});

const SHARED = 'selectorLabels: { app: web }\n';

describe('applications whose selectors mix up their pods', () => {
  test('are refused: Prometheus would scrape each pod twice', () => {
    expect(problemsOf([app('blog', SHARED), app('shop', SHARED)])).toEqual([
      'values/blog.yaml:4: selectorLabels: app: web select the pods of shop (values/shop.yaml:4), too: the Service of blog would send them requests, and Prometheus would scrape them twice; add a label that differs, such as app.kubernetes.io/name',
    ]);
  });

  test('also if one selects by fewer labels', () => {
    const narrow = 'selectorLabels: { app: web, tier: shop }\n';
    expect(problemsOf([app('shop', narrow), app('blog', SHARED)])).toEqual([
      expect.stringMatching(/^values\/blog\.yaml:4: selectorLabels: app: web select the pods of shop /),
    ]);
    const name = 'selectorLabels: { app.kubernetes.io/name: blog, app.kubernetes.io/instance: blog, a: b }\n';
    expect(problemsOf([app('shop', name), app('blog')])).toEqual([
      expect.stringMatching(/^values\/blog\.yaml:1: selectorLabels: .* select the pods of shop /),
    ]);
  });

  test('by labels of Defaults, at the name of an application', () => {
    const defaults = { file: 'values/defaults.yaml', text: `kind: Defaults\n${SHARED}` };
    expect(problemsOf([app('blog'), defaults, app('shop')])).toEqual([
      expect.stringMatching(/^values\/blog\.yaml:1: selectorLabels: app: web select the pods of shop /),
    ]);
    const own = (name: string) => app(name, `selectorLabels: { part: ${name} }\n`);
    expect(problemsOf([own('blog'), defaults, own('shop')])).toEqual([]);
  });

  test('are a warning without metrics: it may be a canary', () => {
    const { problems, notes } = parseValues([
      app('blog', `${SHARED}metrics: false\n`),
      app('shop', `${SHARED}metrics: false\n`),
    ]);
    expect([problems, notes.map(({ severity }) => severity)]).toEqual([[], ['warning']]);
  });

  test('are none in other namespaces or environments', () => {
    expect(problemsOf([app('blog', SHARED), app('shop', `${SHARED}namespace: other\n`)])).toEqual([]);
    expect(
      problemsOf([
        app('blog', `${SHARED}environments: { dev: {} }\n`),
        app('shop', `${SHARED}environments: { production: {} }\n`),
      ]),
    ).toEqual([]);
  });
});

function problemsOf(sources: Parameters<typeof parseValues>[0]): string[] {
  return parseValues(sources).problems.map(formatDiagnostic);
}
