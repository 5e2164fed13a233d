import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { temporaryFolder, writeFiles } from '../an-output-folder.js';
import { ROOT, run, succeeded } from '../run-command.js';
import { open, startBrowser } from './browser.js';

// The page of `worker-metrics report` in a real Chromium.

const folder = temporaryFolder();
const [fleet, pair] = [path.join(folder, 'fleet.html'), path.join(folder, 'pair.html')];
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let browser: Browser;

beforeAll(async () => {
  browser = await startBrowser();
  const applications = Array.from({ length: 1000 }, (_, i) => [
    `fleet/app-${i + 1}.yaml`,
    valuesOf(`app-${i + 1}`, 1 + (i % 8)),
  ]);
  writeFiles(
    folder,
    Object.fromEntries([
      ...applications,
      ['pair/shop.yaml', valuesOf('shop', 5)],
      ['pair/billing.yaml', valuesOf('billing', 3)],
    ]),
  );
  report('--values', path.join(folder, 'fleet'), '-o', fleet);
  worker('synth', '--values', path.join(folder, 'pair'), '-o', path.join(folder, 'dist'));
  const shop = path.join(folder, 'dist/shop.k8s.yaml');
  writeFileSync(shop, readFileSync(shop, 'utf8').replace('targetPort: metrics-3', 'targetPort: metric-3'));
  report(path.join(folder, 'dist'), '-o', pair);
});

afterAll(() => browser.close());

describe('the page in Chromium', () => {
  test('opens without a message in the console and without a request', async () => {
    const { page, complaints } = await open(browser, pair);
    expect(await page.locator('h3').allTextContents()).toEqual(['shop', 'billing']);
    expect(complaints).toEqual([]);
  });

  test.each(['light', 'dark'] as const)(
    'has no violation of accessibility that axe finds, in %s colours',
    async (colorScheme) => {
      const { page } = await open(browser, pair, { colorScheme, bypassCSP: true });
      await page.locator('button').click(); // contrast is judged in open tables only
      expect(await violations(page)).toEqual([]);
      await page.setViewportSize({ width: 400, height: 900 });
      expect(await violations(page)).toEqual([]);
    },
  );

  test('follows the colours that the reader prefers', async () => {
    const background = async (colorScheme: 'light' | 'dark') => {
      const { page } = await open(browser, pair, { colorScheme });
      return page.evaluate('getComputedStyle(document.body).backgroundColor');
    };
    expect(await background('light')).not.toBe(await background('dark'));
  });

  test('shows the numbers of a path to the pointer and to the keyboard, until Escape', async () => {
    const { page } = await open(browser, pair);
    const row = page.locator('tr.broken');
    const numbers = row.locator('.numbers');
    expect(await numbers.isVisible()).toBe(false);
    await row.hover();
    expect(await numbers.innerText()).toContain('broken: no container has this port');
    await page.mouse.move(0, 0);
    await row.focus();
    expect(await numbers.isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    expect(await numbers.isVisible()).toBe(false);
  });

  test('is reached by the keyboard: links, search, each path, each table', async () => {
    const { page } = await open(browser, pair);
    const focused = new Set<string>();
    for (let i = 0; i < 30; i++) {
      await page.keyboard.press('Tab');
      focused.add(String(await page.evaluate('document.activeElement?.tagName')));
    }
    expect([...focused].toSorted()).toEqual(['A', 'BODY', 'BUTTON', 'INPUT', 'SELECT', 'SUMMARY', 'TR']);
    const stops = await page.locator('tr[tabindex], summary, a, input, select, button').count();
    expect(stops).toBeLessThan(30);
  });

  test('searches by name, port and status, and says how many are shown', async () => {
    const { page } = await open(browser, pair);
    const shown = () => page.locator('h3:visible').allTextContents();
    await page.getByLabel('Search').fill('billing');
    expect(await shown()).toEqual(['billing']);
    expect(await page.locator('output').innerText()).toBe('1 of 2 applications');
    await page.getByLabel('Search').fill('metrics-4');
    expect(await shown()).toEqual(['shop']);
    await page.getByLabel('Search').fill('');
    await page.getByLabel('Status').selectOption('ok');
    expect(await shown()).toEqual(['billing']);
    await page.getByLabel('Status').selectOption('');
    expect(await shown()).toEqual(['shop', 'billing']);
  });

  test('shows everything without JavaScript', async () => {
    const { page, complaints } = await open(browser, pair, { javaScriptEnabled: false });
    expect(await page.locator('h3').allTextContents()).toEqual(['shop', 'billing']);
    expect(await page.locator('form').isVisible()).toBe(false);
    await page.locator('summary').first().click();
    expect(await page.locator('table.rules').first().isVisible()).toBe(true);
    expect(complaints).toEqual([]);
  });

  test.each([320, 400, 1200])('fits a window of %i pixels without scrolling sideways', async (width) => {
    const { page } = await open(browser, pair, { viewport: { width, height: 900 } });
    await page.locator('button').click();
    const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
    expect(overflow).toBeLessThanOrEqual(0);
  });
});

test('the page of 1,000 applications opens, and its search answers', async () => {
  const began = performance.now();
  const { page, complaints } = await open(browser, fleet);
  const opened = performance.now() - began;
  await page.getByLabel('Search').fill('app-77');
  expect(await page.locator('output').innerText()).toBe('11 of 1000 applications');
  expect(complaints).toEqual([]);
  const megabytes = readFileSync(fleet).length / 1e6;
  process.stderr.write(`a page of 1,000 applications: ${megabytes.toFixed(1)} MB, opened in ${(opened / 1000).toFixed(2)} s\n`);
  expect(megabytes).toBeLessThan(10);
}); // prettier-ignore

/** The rules that the page breaks, with the elements. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const results = (await page.evaluate('axe.run()')) as AxeResults;
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' ')}`);
} // prettier-ignore

function valuesOf(name: string, workers: number): string {
  return `name: ${name}\nnamespace: shop\nimage: example/${name}:1\nreplicas: 3\nworkers: ${workers}\nalerts: true\n`;
}

function report(...args: string[]): void {
  worker('report', ...args);
}

function worker(...args: string[]): void {
  succeeded(run(process.execPath, [path.join(ROOT, 'bin/worker-metrics.cjs'), ...args], { cwd: folder }));
}
