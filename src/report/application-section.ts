import { scalarText } from '../diagnostics/scalar-text.js';
import { count } from '../diagnostics/count.js';
import { statusOf, type Application, type Status } from './applications.js';
import { chainRows } from './chain-rows.js';
import { costsTable } from './costs-table.js';
import { drawing } from './drawing.js';
import { diagnosticsList } from './diagnostics-list.js';
import { html, type Html } from './html.js';
import type { Facts } from './facts.js';
import type { PodCounts } from './pod-counts.js';
import { rulesTable } from './rules-table.js';
import { scrapeSetup } from './scrape-setup.js';

export const STATUSES: Readonly<Record<Status, string>> = {
  broken: '✕ Broken',
  warning: '! Warnings',
  undecided: '? Undecided',
  ok: '✓ OK',
};

/** One application: drawing, diagnostics, alerts, costs. @param id unique in the page */
export function applicationSection(application: Application, id: string, facts: Facts): Html {
  const { name, namespace, chains, diagnostics, rules } = application;
  const status = statusOf(application);
  const rows = chainRows(chains, facts);
  return html`<article id="${id}" aria-labelledby="${id}-h" data-status="${status}">
    <header>
      <h3 id="${id}-h">${name}</h3>
      <span>${namespace}</span> <strong class="${status}">${STATUSES[status]}</strong>
      <p>${scraped(application, facts.pods)}</p>
    </header>
    ${rows.length > 0 && drawing(rows, id, name, namespace)}${diagnosticsList(diagnostics)}${rulesTable(rules, name)}${costsTable(scrapeSetup(chains, facts), name)}
  </article> `;
}

/** `4 of 5 workers are scraped, in each of 3 pods` */
function scraped({ chains, workloads }: Application, pods: PodCounts): string {
  const ends = chains.filter(({ containerPort }) => containerPort !== undefined);
  if (ends.length === 0)
    return chains.length > 0 ? 'No path reaches a pod.' : 'No monitor and no metrics port.';
  const portOf = ({ workload, containerPort }: (typeof ends)[number]) =>
    `${workload} ${scalarText(containerPort?.number)}`;
  const all = new Set(ends.map(portOf));
  const whole = new Set(ends.filter(({ isWhole }) => isWhole).map(portOf));
  const areWorkers = ends.every(({ containerPort }) => /^metrics-[0-9]+$/.test(containerPort?.name ?? ''));
  const noun = areWorkers ? 'worker' : 'metrics port';
  const ofAll = whole.size === all.size ? count(all.size, noun) : `${whole.size} of ${count(all.size, noun)}`;
  const podCount = workloads.length === 1 ? pods.get(workloads[0] ?? '') : undefined;
  const inPods =
    podCount === undefined ? '' : podCount === 1 ? ' in 1 pod' : ` in each of ${count(podCount, 'pod')}`;
  return `${ofAll}${inPods} ${whole.size === 1 ? 'is' : 'are'} scraped.`;
}
