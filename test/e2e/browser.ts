import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { PATIENCE } from './cluster/eventually.js';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

/** A page in Chromium, and everything that a reader should never see there. */
export interface OpenPage {
  readonly page: Page;
  /** Messages of the console, errors of scripts, and requests other than for the page itself. */
  readonly complaints: string[];
}

/** Debian's Chromium; `npm run e2e:tools` installs it. */
export async function startBrowser(): Promise<Browser> {
  const { stdout } = spawnSync('which', ['chromium', 'chromium-browser', 'google-chrome'], {
    encoding: 'utf8',
  });
  const [executablePath] = stdout.split('\n');
  if (!executablePath) throw new Error('no Chromium found; run npm run e2e:tools');
  // The sandbox needs privileges that containers do not have. The page is our own.
  return chromium.launch({ executablePath, args: ['--no-sandbox'], timeout: PATIENCE * 1000 });
}

/** Opens a file in a context of its own. */
export async function open(
  browser: Browser,
  file: string,
  options?: BrowserContextOptions,
): Promise<OpenPage> {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options });
  context.setDefaultTimeout(PATIENCE * 1000);
  const page = await context.newPage();
  const complaints: string[] = [];
  const url = pathToFileURL(file).href;
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (request.url() !== url && !request.url().startsWith('data:')) complaints.push(request.url());
  });
  await page.goto(url);
  return { page, complaints };
}
