import { scalarText } from '../diagnostics/scalar-text.js';
import { listAt, textAt, textsAt, at, type Manifest } from '../kubernetes/manifest.js';

/** An alert or a recording rule of a PrometheusRule. */
export interface Rule {
  readonly isAlert: boolean;
  readonly name: string;
  readonly expression: string;
  /** How long the expression must hold before the alert fires. */
  readonly for?: string | undefined;
  readonly severity?: string | undefined;
  readonly summary?: string | undefined;
}

/** The rules of a PrometheusRule; none for other objects. */
export function rulesOf(manifest: Manifest): Rule[] {
  if (manifest['kind'] !== 'PrometheusRule') return [];
  return listAt(manifest, 'spec', 'groups').flatMap((group) =>
    listAt(group, 'rules').map((rule) => {
      const alert = textAt(rule, 'alert');
      return {
        isAlert: alert !== undefined,
        name: alert ?? textAt(rule, 'record') ?? '?',
        expression: scalarText(at(rule, 'expr') ?? ''), // an expression may be a number
        for: textAt(rule, 'for'),
        severity: textsAt(rule, 'labels')['severity'],
        summary: textsAt(rule, 'annotations')['summary'],
      };
    }),
  );
}
