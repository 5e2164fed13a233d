import type { ScrapeAlternative } from '../worker-app/scraping/scrape-alternatives.js';
import { recommendationLine, selectionLine } from '../worker-app/scraping/recommendation-line.js';
import { recommendScraping } from '../worker-app/scraping/scrape-recommendation.js';
import { count, digits } from '../diagnostics/count.js';
import { html, type Html } from './html.js';
import type { ScrapeSetup } from './scrape-setup.js';

const COLUMNS = [
  ['Jobs', 'jobs'],
  ['Targets', 'targets'],
  ['Relabelings', 'relabelings'],
  ['Dropped', 'droppedTargets'],
  ['iptables', 'iptablesRules'],
] as const;

/** The costs of scraping an application, those of the alternatives, and a recommendation. */
export function costsTable(setup: ScrapeSetup | undefined, name: string): Html | false {
  if (setup === undefined) return false;
  const { workers, replicas } = setup;
  const recommendation = recommendScraping(setup);
  const { now, best, alternatives } = recommendation;
  const mark = (method: ScrapeAlternative) => (method === now ? 'now' : method === best ? 'best' : undefined);
  const summary = [
    count(now.jobs, 'scrape job'),
    count(now.targets, 'target'),
    count(now.relabelings, 'relabeling'),
  ];
  return html`<details>
    <summary>Costs <span>${summary.join(', ')}</span></summary>
    ${[recommendationLine(recommendation), ...selectionLine(recommendation)].map((line) => html`<p>${line}</p> `)}
    <table class="costs">
      <caption>
        Costs of scraping ${name}: ${count(workers, 'worker')} in each of ${count(replicas, 'pod')}
      </caption>
      <thead>
        <tr>
          <th scope="col">Method</th>
          ${COLUMNS.map(([heading]) => html`<th scope="col">${heading}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${alternatives.map((method) => row(method, mark(method)))}
      </tbody>
    </table>
  </details> `;
}

function row(method: ScrapeAlternative, mark: string | undefined): Html {
  const { strategy, monitor, endpoints, service } = method;
  const words = [strategy, monitor, endpoints, service].filter((word) => word !== undefined);
  const marked = mark !== undefined && html` <b>${mark}</b>`;
  return html`<tr class="${mark ?? ''}">
    <th scope="row">${words.join(' · ')}${marked}</th>
    ${COLUMNS.map(([, key]) => html`<td>${digits(method[key])}</td>`)}
  </tr> `;
}
