import { createHash } from 'node:crypto';
import { packageFile } from '../package/package-file.js';
import { Html, html } from './html.js';

const GENERATOR = '<meta name="generator" content="cdk8s-worker-metrics report" />';

/** Whether a text is the beginning of a page that this program wrote, or empty. */
export function isReportPage(beginning: string): boolean {
  return beginning === '' || beginning.includes(GENERATOR);
}

/** The head of the page. Its policy allows our style and script, and nothing else: no network, no other script. */
export function pageHead(): Html {
  const [style, script] = [packageFile(STYLE), packageFile(SCRIPT)];
  const policy = [
    "default-src 'none'",
    'img-src data:',
    `style-src ${hashOf(style)}`,
    `script-src ${hashOf(script)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return html`<head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    ${new Html(GENERATOR)}
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <link rel="icon" href="data:," />
    <title>Wiring of the metrics</title>
    ${new Html(`<style>${style}</style>`)}
  </head>`;
}

/** The script of the page. The page is complete without it. */
export function pageScript(): Html {
  return new Html(`<script>${packageFile(SCRIPT)}</script>`);
}

const STYLE = 'src/report/browser/page.css';
const SCRIPT = 'src/report/browser/page.js';

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
