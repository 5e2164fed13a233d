import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { reportPage } from '../../src/report/page.js';
import { alertOf, application, pageOf, traced } from './manifests.js';
import { attributeOf, elements, elementsOf, textOf } from './page-reader.js';

describe('the page', () => {
  const html = pageOf(...application('shop'), alertOf('shop'));

  test('needs no other file: no element loads anything', () => {
    const loading = new Set(['src', 'srcset', 'action', 'data', 'poster']);
    const found = elementsOf(html).flatMap(({ attrs }) => attrs.filter(({ name }) => loading.has(name)));
    expect(found).toEqual([]);
    expect(elements(html, 'link').map((one) => attributeOf(one, 'href'))).toEqual(['data:,']);
    expect(elements(html, 'a').every((one) => attributeOf(one, 'href')?.startsWith('#'))).toBe(true);
  });

  test('has a policy that allows its own style and script, and no attribute with style or script', () => {
    const policy = elements(html, 'meta').map((one) => attributeOf(one, 'content')).find((content) => content?.includes('default-src'));
    expect(policy).toContain("default-src 'none'");
    for (const tag of ['style', 'script']) {
      const [element, ...others] = elements(html, tag);
      expect(others).toEqual([]);
      const [text] = (element?.childNodes ?? []) as { value: string }[];
      expect(policy).toContain(`${tag}-src 'sha256-${createHash('sha256').update(text?.value ?? '').digest('base64')}'`);
    }
    const inline = elementsOf(html).flatMap(({ attrs }) => attrs).filter(({ name }) => name === 'style' || name.startsWith('on'));
    expect(inline).toEqual([]);
  }); // prettier-ignore

  test('has landmarks, one h1, and a heading for each environment and application', () => {
    for (const tag of ['main', 'footer']) expect(elements(html, tag)).toHaveLength(1);
    expect(elements(html, 'h1')).toHaveLength(1);
    expect(elements(html, 'h2').map(textOf)).toEqual(['production']);
    expect(elements(html, 'h3').map(textOf)).toEqual(['shop']);
  });

  test('has a caption and scoped headers in each table, and unique ids', () => {
    expect(elements(html, 'table')).toHaveLength(3);
    expect(elements(html, 'caption')).toHaveLength(3);
    expect(elements(html, 'th').filter((one) => attributeOf(one, 'scope') === undefined)).toEqual([]);
    const ids = elementsOf(html).flatMap((one) => attributeOf(one, 'id') ?? []);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('shows alerts with expression, duration and severity, and recording rules', () => {
    const [table] = elements(html, 'table', 'rules');
    expect(table && textOf(table)).toBe(
      'Alerts and recording rules of shop Rule For Severity Expression Down It is down. 5m critical up == 0 shop:up:sum recording rule – – sum(up)',
    );
  });

  test('shows the alerts of no application at the end of their environment', () => {
    const page = pageOf(...application('shop'), alertOf('database'));
    const [rest] = elements(page, 'div', 'rest');
    expect(rest && textOf(rest)).toContain('Alerts 1 alert, 1 recording rule');
  });

  test('shows the costs of scraping with all alternatives, and marks the present one', () => {
    const [table] = elements(html, 'table', 'costs');
    expect(table && textOf(table)).toContain('Costs of scraping shop: 2 workers in each of 3 pods');
    expect(elements(html, 'tr', 'now').map(textOf)).toEqual(['port-per-worker · ServiceMonitor · per-port · shared now 2 6 12 6 22']);
  }); // prettier-ignore

  test('hides the search from readers without JavaScript, and nothing else', () => {
    const hidden = elementsOf(html).filter((one) => attributeOf(one, 'hidden') !== undefined);
    expect(hidden.map(({ tagName }) => tagName)).toEqual(['form']);
  });

  test('contains neither secrets nor variables other than those of the metrics', () => {
    const env = [
      { name: 'METRICS_START_PORT', value: '5001' },
      { name: 'WEB_CONCURRENCY', value: '2' },
      { name: 'PASSWORD', value: 'hunter2' },
    ];
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace: 'shop' }, stringData: { key: 'hunter2' } };
    const page = pageOf(...application('shop', { env }), secret);
    expect(page).toContain('METRICS_START_PORT=5001');
    expect(page).not.toContain('hunter2');
  }); // prettier-ignore
});

describe('the order and the numbers of the page', () => {
  const broken = application('zoo', { targetPort: () => 'nothing' });
  const { html, statuses, applications } = reportPage([
    traced([...application('shop'), ...broken]),
    traced(application('shop'), 'staging'),
  ]);

  test('broken applications come first, and are listed at the top', () => {
    expect(elements(html, 'h3').map(textOf)).toEqual(['zoo', 'shop', 'shop']);
    expect(elements(html, 'nav').map(textOf)).toEqual(['zoo']);
    expect([applications, statuses]).toEqual([3, { broken: 1, warning: 0, undecided: 0, ok: 2 }]);
  });

  test('the links at the top lead to the applications', () => {
    const ids = new Set(elements(html, 'article').map((one) => attributeOf(one, 'id')));
    const links = elements(html, 'nav').flatMap(() => elements(html, 'a')).map((one) => attributeOf(one, 'href')?.slice(1));
    expect(links.filter((link) => link !== 'main' && !ids.has(link))).toEqual([]);
  }); // prettier-ignore

  test('a filter for the environment is there if there are several', () => {
    expect(elements(html, 'select').map((one) => attributeOf(one, 'name'))).toEqual([
      'environment',
      'status',
    ]);
    expect(elements(pageOf(...application('shop')), 'select')).toHaveLength(1);
  });
});

test('the page of no application says so', () => {
  const [deployment] = application('redis', { workers: 0, env: [] });
  expect(pageOf(deployment)).toContain('1 workload without metrics: Deployment shop/redis.');
}); // prettier-ignore

test('the script names only controls that the form has', () => {
  const script = readFileSync('src/report/browser/page.js', 'utf8');
  const [, names = ''] = /const \{ ([a-z, ]+) \} = form\.elements/.exec(script) ?? [];
  const html = reportPage([traced(application('a')), traced(application('a'), 'b')]).html;
  const controls = elementsOf(html).flatMap((one) => attributeOf(one, 'name') ?? []);
  expect(controls).toEqual(expect.arrayContaining(names.split(', ')));
});
