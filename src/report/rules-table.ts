import { count } from '../diagnostics/count.js';
import { html, type Html } from './html.js';
import type { Rule } from './rules.js';

/** Alerts with their expressions, then the recording rules that they may read. */
export function rulesTable(rules: readonly Rule[], name: string): Html | false {
  if (rules.length === 0) return false;
  const alerts = rules.filter(({ isAlert }) => isAlert);
  const records = rules.filter(({ isAlert }) => !isAlert);
  const recorded = records.length > 0 && `, ${count(records.length, 'recording rule')}`;
  return html`<details>
    <summary>Alerts <span>${count(alerts.length, 'alert')}${recorded}</span></summary>
    <table class="rules">
      <caption>
        Alerts and recording rules of ${name}
      </caption>
      <thead>
        <tr>
          <th scope="col">Rule</th>
          <th scope="col">For</th>
          <th scope="col">Severity</th>
          <th scope="col">Expression</th>
        </tr>
      </thead>
      <tbody>
        ${[...alerts, ...records].map(row)}
      </tbody>
    </table>
  </details> `;
}

function row({ isAlert, name, summary, for: duration, severity, expression }: Rule): Html {
  const kind = isAlert ? summary : 'recording rule';
  const about = kind !== undefined && html`<small>${kind}</small>`;
  return html`<tr>
    <th scope="row">${name}${about}</th>
    <td>${duration ?? '–'}</td>
    <td>${severity ?? '–'}</td>
    <td><code>${expression}</code></td>
  </tr> `;
}
