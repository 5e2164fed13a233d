import fc from 'fast-check';
import type { Manifest } from '../../src/kubernetes/manifest.js';
import { html } from '../../src/report/html.js';
import { reportPage } from '../../src/report/page.js';
import { anyCodePoint } from '../any-code-point.js';
import { alertOf, application, traced } from './manifests.js';
import { attributeOf, elements, elementsOf, textOf } from './page-reader.js';
import { runs } from '../runs.js';

const HOSTILE = [
  '</script><script>alert(1)</script>',
  '</style><img src=x onerror=alert(1)>',
  '" onfocus="alert(1)" x="',
  "' autofocus onfocus='alert(1)",
  '<!--',
  ']]>',
  '</title></table></td></tr>',
  '&lt;b&gt;&#0;',
  '\u202E\u2066abc',
  '\u0000\u001B[31m',
  '\uD800',
  '${alert(1)}',
  '<svg/onload=alert(1)>',
];

/** Texts that try to leave their place in the page. */
const hostile = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: anyCodePoint, maxLength: 20 }),
  fc.tuple(fc.constantFrom(...HOSTILE), fc.string({ maxLength: 5 })).map(([a, b]) => b + a),
);

test('no text of a manifest becomes an element or an attribute of the page', () => {
  const expected = shape(pageWith(Array.from({ length: 6 }, () => 'x')));
  fc.assert(
    fc.property(fc.array(hostile, { minLength: 6, maxLength: 6 }), (texts) => {
      expect(shape(pageWith(texts))).toEqual(expected);
    }),
    { numRuns: runs(20) },
  );
});

test.each(HOSTILE)('%j in every place stays a text', (text) => {
  expect(shape(pageWith(Array.from({ length: 6 }, () => text)))).toEqual(shape(pageWith(Array.from({ length: 6 }, () => 'x'))));
}); // prettier-ignore

test('the page contains the text of an expression as it is, except for characters that change the direction of text', () => {
  const expr = 'up{job=~"<a>&amp;\'"} < 1 \u202E# end';
  const page = reportPage([traced([...application('shop'), alertOf('shop', expr)])]).html;
  const [code] = elements(page, 'table', 'rules').flatMap(() => elements(page, 'code').filter((one) => textOf(one).startsWith('up{')));
  expect(code && textOf(code)).toBe('up{job=~"<a>&amp;\'"} < 1 \\u{202e}# end');
}); // prettier-ignore

test('the template escapes texts and keeps HTML', () => {
  expect(html`<p title="${'"'}">${html`<b>${'<'}</b>`}${['&', undefined, false, 1]}</p>`.text).toBe(
    '<p title="&quot;"><b>&lt;</b>&amp;1</p>',
  );
});

/** A page in which texts of every kind are hostile: names, labels, ports, environments, rules, annotations. */
function pageWith([name = '', port = '', env = '', expr = '', summary = '', environment = '']: readonly string[]): string {
  const [deployment, service, monitor] = application('shop', {
    endpoints: ['metrics-1', `p${port}`],
    env: [{ name: 'METRICS_START_PORT', value: `s${env}` }, { name: 'WEB_CONCURRENCY', value: '2' }],
  });
  const rule = alertOf('shop', `e${expr}`);
  const summaries = { groups: [{ name: 'g', rules: [{ alert: `a${name}`, expr: `e${expr}`, annotations: { summary: `s${summary}` } }] }] };
  const renamed = (manifest: Manifest) => ({ ...manifest, metadata: { ...(manifest['metadata'] as object), name: `n${name}` } });
  const { name: _, ...rest } = traced([renamed(deployment), renamed(service), renamed(monitor), { ...rule, spec: summaries }]);
  const diagnostic = { severity: 'error' as const, object: `n${name}`, message: `m${summary}`, hint: `h${port}` };
  return reportPage([{ ...rest, diagnostics: [diagnostic], name: `e${environment}` }]).html;
} // prettier-ignore

/** The tags and attribute names of a page: its structure without texts. */
function shape(page: string): string[] {
  return elementsOf(page)
    .filter(({ tagName }) => tagName !== 'option')
    .map((one) => [one.tagName, ...one.attrs.map(({ name }) => name), attributeOf(one, 'class')].join(' '));
}
