import { PARTS, type Cell, type ChainRow } from './chain-rows.js';
import { shortName } from './applications.js';
import { html, type Html } from './html.js';

const MARKS = { ok: '✓', broken: '✕', undecided: '?', unseen: '?' } as const;

const HEADINGS = { monitor: 'Monitor', service: 'Service', pods: 'Pods', workers: 'Workers' } as const;

/**
 * Draws the paths from monitors to workers: a table of real text, whose cells are boxes that wires connect.
 * @param id unique in the page
 * @param namespace of the application; names of objects in it are short
 */
export function drawing(rows: readonly ChainRow[], id: string, name: string, namespace: string): Html {
  const body = rows.map((row, i) => drawnRow(row, rows[i - 1], rows[i + 1], `${id}-${i + 1}`, namespace));
  const headings = PARTS.map((part) => html`<th scope="col">${HEADINGS[part]}</th>`);
  return html`<table class="wiring">
    <caption>
      Paths of the metrics of ${name}
    </caption>
    <thead>
      <tr>
        <th scope="col">State</th>
        ${headings}
      </tr>
    </thead>
    <tbody>
      ${body}
    </tbody>
  </table> `;
}

function drawnRow(
  row: ChainRow,
  above: ChainRow | undefined,
  below: ChainRow | undefined,
  id: string,
  namespace: string,
): Html {
  const { state, cells } = row;
  const drawn = PARTS.map((part) => {
    const cell = cells[part];
    const isFirst = !isSameBox(cell, above?.cells[part]);
    const classes = [
      cell.kind,
      isFirst && 'first',
      !isSameBox(cell, below?.cells[part]) && 'last',
      cell.isBroken && 'bad',
      isWireBroken(row, part) && 'cut',
    ].filter(Boolean);
    return html`<td class="${classes.join(' ')}">${cellText(cell, isFirst, namespace)}</td>`;
  });
  return html`<tr tabindex="0" class="${state}" aria-describedby="${id}">
    <th scope="row">
      ${MARKS[state]} ${state}
      <div class="numbers" id="${id}">${numbers(row)}</div>
    </th>
    ${drawn}
  </tr> `;
}

/** Whether two cells, one above the other, are drawn in one box. */
function isSameBox(cell: Cell, other: Cell | undefined): boolean {
  return cell.kind === 'object' && other?.kind === 'object' && cell.object === other.object;
}

/** Whether the wire that ends at a part is broken: at the first broken part, or right after a broken monitor. */
function isWireBroken({ cells }: ChainRow, part: (typeof PARTS)[number]): boolean {
  if (part === 'monitor') return false;
  const before = PARTS[PARTS.indexOf(part) - 1] ?? 'monitor';
  return (
    cells[part].isBroken ||
    (before === 'monitor' && cells.monitor.isBroken) ||
    (before === 'service' && cells.service.kind === 'passed' && cells.monitor.isBroken)
  );
}

function cellText(cell: Cell, isFirst: boolean, namespace: string): Html {
  const { object, pods, ports, kind } = cell;
  if (kind === 'missing') return html`<b>none</b>`;
  if (kind === 'unseen') return html`not in the manifests: ${ports}`;
  if (object === undefined) return html``;
  const [type = ''] = object.split(' ');
  const name = object.includes(` ${namespace}/`) ? shortName(object) : object.slice(type.length + 1);
  const count = pods !== undefined && html` <i>× ${pods}</i>`;
  const title = isFirst && html`<span>${type}${count}</span><b>${name}</b>`;
  return html`${title}${ports.map((text) => html`<code>${text}</code> `)}`;
}

/** The numbers of each part, one below the other. */
function numbers({ cells, reason, state }: ChainRow): Html {
  const columns = PARTS.map((part) => {
    const { object, numbers } = cells[part];
    const lines = object === undefined ? numbers : [object, ...numbers];
    return html`<div>${lines.map((line) => html`<div>${line}</div>`)}</div>`;
  });
  return html`${reason !== undefined && html`<strong>${state}: ${reason}</strong>`}${columns}`;
}
