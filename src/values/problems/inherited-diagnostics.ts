import { type Diagnostic, formatPlace, type Place } from '../../diagnostics/diagnostic.js';
import type { DocumentProblem } from './document-problems.js';

/** Applications that a message names. */
const MOST_NAMED = 3;

/** An application that takes values from Defaults. */
export interface Inheriting {
  readonly name: unknown;
  readonly place: Place;
}

/** Diagnostics about values of Defaults. Each is reported once, with the applications that have it. */
export class InheritedDiagnostics {
  private readonly found = new Map<
    string,
    { readonly diagnostic: Diagnostic; readonly applications: Set<string> }
  >();
  /** Places in Defaults that are wrong in every application. */
  private readonly reported = new Set<string>();

  /** Marks a problem as reported: the applications with the value do not report it again. */
  markReported(problem: Diagnostic): void {
    this.reported.add(placeKey(problem));
  }

  /** Keeps those that come from Defaults, and returns the application's own. */
  keep(found: readonly DocumentProblem[], application: () => Inheriting): Diagnostic[] {
    for (const { problem, isInherited } of found) if (isInherited) this.add(problem, application());
    return found.filter(({ isInherited }) => !isInherited).map(({ problem }) => problem);
  }

  private add(diagnostic: Diagnostic, application: Inheriting): void {
    const key = JSON.stringify(diagnostic);
    const same = this.found.get(key) ?? { diagnostic, applications: new Set() };
    same.applications.add(nameWithPlace(application));
    this.found.set(key, same);
  }

  /** The diagnostics, with the names of applications in their messages. */
  get all(): Diagnostic[] {
    return [...this.found.values()]
      .filter(({ diagnostic }) => !this.reported.has(placeKey(diagnostic)))
      .map(({ diagnostic, applications }) => inApplications(diagnostic, [...applications]));
  }
}

/** `shop (values/shop.yaml:1)` */
export function nameWithPlace({ name, place }: Inheriting): string {
  return typeof name === 'string' ? `${name} (${formatPlace(place)})` : formatPlace(place);
}

function placeKey({ file, line, column, field }: Diagnostic): string {
  return JSON.stringify([file, line, column, field]);
}

/** A diagnostic about a value of Defaults, with the applications that have it. */
export function inApplications(diagnostic: Diagnostic, applications: readonly string[]): Diagnostic {
  const more = applications.length > MOST_NAMED ? ` and ${applications.length - MOST_NAMED} more` : '';
  const named = applications.slice(0, MOST_NAMED).join(', ');
  return { ...diagnostic, message: `in ${named}${more}: ${diagnostic.message}` };
}
