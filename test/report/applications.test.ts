import type { Manifest } from '../../src/kubernetes/manifest.js';
import { applicationsOf, statusOf, type Applications } from '../../src/report/applications.js';
import { alertOf, application, traced } from './manifests.js';

const NAME = 'app.kubernetes.io/name';

describe('the applications in manifests', () => {
  test('are the workloads, each with its monitor, its Service and its rules', () => {
    const found = applicationsOf(traced([...application('shop'), alertOf('shop'), ...application('billing')]));
    expect(inShort(found)).toEqual(['shop: 2 chains, 0 diagnostics, 2 rules', 'billing: 2 chains, 0 diagnostics, 0 rules']);
  }); // prettier-ignore

  test('unite workloads with the same part-of and instance', () => {
    const labels = { [NAME]: 'shop', 'app.kubernetes.io/instance': 'shop' };
    const queue = {
      [NAME]: 'shop-queue',
      'app.kubernetes.io/instance': 'shop',
      'app.kubernetes.io/part-of': 'shop',
    };
    const [web, worker] = [application('shop', { labels }), application('shop-queue', { labels: queue })];
    expect(inShort(applicationsOf(traced([...web, ...worker])))).toEqual([
      'shop: 4 chains, 0 diagnostics, 0 rules',
    ]);
  });

  test('keep two releases of one chart apart, by their names', () => {
    const release = (instance: string) => application(`${instance}-web`, { labels: { [NAME]: 'web', 'app.kubernetes.io/instance': instance } });
    expect(inShort(applicationsOf(traced([...release('a'), ...release('b')])))).toEqual([
      'a-web: 2 chains, 0 diagnostics, 0 rules',
      'b-web: 2 chains, 0 diagnostics, 0 rules',
    ]);
  }); // prettier-ignore

  test('include monitors that reach nothing, with their diagnostics', () => {
    const [, , monitor] = application('lost');
    expect(inShort(applicationsOf(traced([monitor])))).toEqual(['lost: 2 chains, 1 diagnostics, 0 rules']);
  });

  test('need no labels: chains connect their objects', () => {
    const found = applicationsOf(traced([...application('shop', { labels: { app: 'shop' } })]));
    expect(inShort(found)).toEqual(['shop: 2 chains, 0 diagnostics, 0 rules']);
  });

  test('leave out workloads without metrics, and name them', () => {
    const [redis] = application('redis', { workers: 0, env: [] });
    const found = applicationsOf(traced([...application('shop'), redis]));
    expect([inShort(found).length, found.others]).toEqual([1, ['Deployment shop/redis']]);
  });
});

test.each<[string, Manifest[], string]>([
  ['ok: every path is whole', application('a'), 'ok'],
  ['broken: a port is not scraped', application('a', { endpoints: ['metrics-1'] }), 'broken'],
  ['warning: the variables are missing', application('a', { env: [] }), 'warning'],
])('the status of an application is %s', (_, manifests, expected) => {
  const [first] = applicationsOf(traced(manifests)).applications;
  expect(first && statusOf(first)).toBe(expected);
});

function inShort({ applications }: Applications): string[] {
  return applications.map(
    ({ name, chains, diagnostics, rules }) =>
      `${name}: ${chains.length} chains, ${diagnostics.length} diagnostics, ${rules.length} rules`,
  );
}
