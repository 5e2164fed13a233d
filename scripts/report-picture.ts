import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { open, startBrowser } from '../test/e2e/browser.js';

// Writes docs/wiring.png, the picture of a report: `npm run picture`. It needs Chromium (`npm run e2e:tools`).

const FILES = ['dist', 'examples/broken-wiring'];

async function takePicture(file: string): Promise<void> {
  spawnSync(process.execPath, ['bin/worker-metrics.mjs', 'report', ...FILES, '-o', file], {
    stdio: 'inherit',
  });
  const browser = await startBrowser();
  const { page } = await open(browser, file, { viewport: { width: 1100, height: 860 } });
  await page.locator('summary', { hasText: 'Alerts' }).click();
  await page.mouse.move(0, 0);
  await page.evaluate('document.activeElement.blur()');
  await page.screenshot({ path: 'docs/wiring.png' });
  await browser.close();
}

const folder = mkdtempSync(path.join(tmpdir(), 'worker-metrics-picture-'));
void takePicture(path.join(folder, 'wiring.html')).finally(() => rmSync(folder, { recursive: true }));
