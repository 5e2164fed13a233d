import { count, digits } from '../diagnostics/count.js';
import { applicationSection, STATUSES } from './application-section.js';
import {
  applicationsOf,
  statusOf,
  type Application,
  type Applications,
  type Status,
  type TracedManifests,
} from './applications.js';
import { factsOf } from './facts.js';
import { diagnosticsList } from './diagnostics-list.js';
import { html, type Html } from './html.js';
import { Ids } from './ids.js';
import { pageHead, pageScript } from './page-head.js';
import { rulesTable } from './rules-table.js';
import { searchForm } from './search-form.js';

/** A page, and numbers about its contents. */
export interface ReportPage {
  readonly html: string;
  readonly applications: number;
  /** The number of applications of each status. */
  readonly statuses: Readonly<Record<Status, number>>;
}

/** One page that needs no other file and no network. It can be read without JavaScript. */
export function reportPage(environments: readonly TracedManifests[]): ReportPage {
  const ids = new Ids();
  const shown = environments.map((environment) => prepared(environment, ids));
  const all = shown.flatMap(({ applications }) => applications);
  const statuses = { broken: 0, warning: 0, undecided: 0, ok: 0 };
  for (const { status } of all) statuses[status] += 1;
  const page = html`<!doctype html>
    <html lang="en">
      ${pageHead()}
      <body>
        <a class="skip" href="#main">Skip to the applications</a>
        <header>
          <h1>Wiring</h1>
          <p>${summary(all.length, statuses)}</p>
          ${brokenLinks(all)}
        </header>
        ${searchForm(
          shown.map(({ given }) => given.name),
          ORDER.map((status) => [status, STATUSES[status]]),
        )}
        <main id="main">${shown.map(environmentSection)}</main>
        <footer>
          <p>
            Each row of a drawing is a path of metrics, from the monitor to the workers. Point at a row, or
            move to it with the Tab key, to see its numbers. Written by <code>worker-metrics report</code>.
          </p>
        </footer>
        ${pageScript()}
      </body>
    </html> `;
  return { html: page.text, applications: all.length, statuses };
}

interface Shown {
  readonly application: Application;
  readonly id: string;
  readonly status: Status;
}

interface Prepared {
  readonly id: string;
  readonly given: TracedManifests;
  readonly applications: readonly Shown[];
  readonly found: Applications;
}

const ORDER = Object.keys(STATUSES) as Status[];

/** Finds the applications of an environment: the broken ones first, then by name. */
function prepared(given: TracedManifests, ids: Ids): Prepared {
  const id = ids.next(given.name);
  const found = applicationsOf(given);
  const applications = found.applications
    .map((application) => ({ application, status: statusOf(application) }))
    .toSorted(
      (a, b) =>
        ORDER.indexOf(a.status) - ORDER.indexOf(b.status) || compare(a.application.name, b.application.name),
    )
    .map((one) => ({ ...one, id: ids.next(`${given.name}-${one.application.name}`) }));
  return { id, given, applications, found };
}

const { compare } = new Intl.Collator('en', { numeric: true });

function environmentSection({ id, given: { name, manifests }, applications, found }: Prepared): Html {
  const facts = factsOf(manifests);
  return html`<section aria-labelledby="${id}" data-environment="${name}">
    <h2 id="${id}">${name}</h2>
    ${applications.map(({ application, id }) => applicationSection(application, id, facts))}${rest(found)}
  </section> `;
}

/** Shows everything that belongs to no application. */
function rest({ diagnostics, rules, others, applications }: Applications): Html | false {
  if (diagnostics.length + rules.length + others.length + (applications.length === 0 ? 1 : 0) === 0)
    return false;
  const nothing =
    applications.length === 0 && html`<p>No monitor, and no container port named metrics-#.</p>`;
  const without =
    others.length > 0 &&
    html`<p>${count(others.length, 'workload')} without metrics: ${others.join(', ')}.</p>`;
  return html`<div class="rest">
    ${nothing}${without}${diagnosticsList(diagnostics)}${rulesTable(rules, 'no application')}
  </div> `;
}

const WORDS: Readonly<Record<Status, string>> = {
  broken: 'broken',
  warning: 'with warnings',
  undecided: 'undecided',
  ok: 'ok',
};

function summary(applications: number, statuses: Readonly<Record<Status, number>>): Html {
  const parts = ORDER.filter((status) => statuses[status] > 0).map(
    (status) => html` <span class="${status}">${digits(statuses[status])} ${WORDS[status]}</span>`,
  );
  return html`<b>${count(applications, 'application')}</b>${parts}`;
}

/** Most broken applications that are listed at the top. */
const MOST_LINKED = 20;

function brokenLinks(all: readonly Shown[]): Html | false {
  const broken = all.filter(({ status }) => status === 'broken');
  if (broken.length === 0) return false;
  const links = broken
    .slice(0, MOST_LINKED)
    .map(({ id, application }) => html`<li><a href="#${id}">${application.name}</a></li>`);
  const more = broken.length - MOST_LINKED;
  return html`<nav aria-label="Broken applications">
    <ul>
      ${links}${more > 0 && html`<li>and ${digits(more)} more</li>`}
    </ul>
  </nav>`;
}
