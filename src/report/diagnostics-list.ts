import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { html, type Html } from './html.js';

const MARKS = { error: '✕ Error', warning: '! Warning', note: 'Note' } as const;

const ORDER = ['error', 'warning', 'note'] as const;

/** Diagnostics with their remedies, the errors first. */
export function diagnosticsList(diagnostics: readonly Diagnostic[]): Html | false {
  if (diagnostics.length === 0) return false;
  const sorted = ORDER.flatMap((severity) => diagnostics.filter((one) => one.severity === severity));
  return html`<ul class="diagnostics">
    ${sorted.map(item)}
  </ul> `;
}

function item({ severity, file, line, object, field, message, hint }: Diagnostic): Html {
  const place = file !== undefined && html`<small>${file}${line !== undefined && `:${line}`}</small>`;
  const remedy = hint !== undefined && html`<p>→ ${hint}</p>`;
  return html`<li class="${severity}">
    <b>${MARKS[severity]}</b> <code>${[object, field].filter(Boolean).join(' ')}</code>${place}
    <p>${message}</p>
    ${remedy}
  </li> `;
}
