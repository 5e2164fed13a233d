// Writes docs/wiring.png, the picture of a report: `npm run picture`. It needs Chromium (`npm run e2e:tools`).
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const FILES = ['dist', 'examples/broken-wiring'];

const folder = mkdtempSync(path.join(tmpdir(), 'worker-metrics-picture-'));
const file = path.join(folder, 'wiring.html');
const executablePath = execFileSync('which', ['chromium'], { encoding: 'utf8' }).trim();
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
try {
  execFileSync(process.execPath, ['bin/worker-metrics.cjs', 'report', ...FILES, '-o', file]);
  const page = await browser.newPage({ viewport: { width: 1100, height: 860 } });
  await page.goto(pathToFileURL(file).href);
  await page.locator('summary', { hasText: 'Alerts' }).click();
  await page.mouse.move(0, 0);
  await page.evaluate('document.activeElement.blur()');
  await page.screenshot({ path: 'docs/wiring.png' });
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}
