import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import { formatPath, type FieldPath } from '../../diagnostics/field-path.js';

/** The keys by which a process or job may choose a program without `command` and `args`. */
const CHOOSING = ['image', 'env', 'envFrom', 'files', 'volumes'] as const;

interface Own {
  readonly command?: readonly string[] | null | undefined;
  readonly args?: readonly string[] | null | undefined;
}

/**
 * A warning about a process or job that runs the program of the application's image, usually the web server.
 *
 * @param effect of a web server in its place
 */
export function programOfImage(place: FieldPath, own: Own, effect: string): FieldDiagnostic[] {
  const hasWords = [...(own.command ?? []), ...(own.args ?? [])].length > 0;
  const isChosen = CHOOSING.some(
    (key) => ((own as Readonly<Record<string, unknown>>)[key] ?? undefined) !== undefined,
  );
  if (hasWords || isChosen) return [];
  const key = formatPath(place);
  return [
    {
      severity: 'warning',
      path: place,
      message: `without command and args, it runs the program of the image, and ${effect} if that is a server`,
      hint: `set ${key}.command, or ${key}.args`,
      inKey: true,
    },
  ];
}
