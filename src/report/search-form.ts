import { html, type Html } from './html.js';

/** The search and the filters. It is hidden without JavaScript, which it needs. */
export function searchForm(
  environments: readonly string[],
  statuses: readonly (readonly [value: string, text: string])[],
): Html {
  const names = environments.map((name) => [name, name] as const);
  return html`<form role="search" hidden>
    ${field('Search', html`<input type="search" name="text" autocomplete="off" placeholder="name, port, object" />`)}
    ${names.length > 1 && field('Environment', select('environment', names))}
    ${field('Status', select('status', statuses))}
    <button type="button" name="fold" aria-pressed="false">Open all tables</button>
    <output></output>
  </form>`;
}

function field(label: string, control: Html): Html {
  return html`<label><span>${label}</span> ${control}</label>`;
}

function select(name: string, values: readonly (readonly [value: string, text: string])[]): Html {
  const options = values.map(([value, text]) => html`<option value="${value}">${text}</option>`);
  return html`<select name="${name}">
    <option value="">All</option>
    ${options}
  </select>`;
}
