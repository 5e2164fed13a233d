import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import { formatPath, withoutValueAt, type FieldPath } from '../../diagnostics/field-path.js';
import { isMap } from '../../kubernetes/manifest.js';
import type { EnvironmentValues } from '../document/environment-values.js';
import { KINDS, type Kind } from '../kinds.js';

type Fields = Readonly<Record<string, unknown>>;

/** Adds to a problem of an application's own value the values of Defaults without which it is not there. */
export function withInheritedCause(
  problem: FieldDiagnostic,
  kind: Kind,
  values: EnvironmentValues,
): FieldDiagnostic {
  if (!values.inherits || values.isInherited(problem.path)) return problem;
  const keys = Object.keys(values.props).filter((key) => values.inheritedAt([key]) !== undefined);
  const own = keys.reduce<Fields>((left, key) => withoutValueAt(left, [key]), values.props);
  if (isThereIn(own, problem, kind)) return problem;
  const causes = keys
    .map((key) => causeIn([key], problem, kind, values))
    .filter((path) => path !== undefined);
  if (causes.length === 0) return problem;
  const words = causes.map((path) => {
    const { file, line, field } = values.originOf(path);
    return `${formatPath(path) === field ? field : `${formatPath(path)} (${field})`} comes from ${file}:${line}`;
  });
  return { ...problem, hint: [problem.hint, ...words].filter(Boolean).join('; ') };
}

/** The smallest inherited value at or below a path without which a problem is not there. */
function causeIn(
  path: FieldPath,
  problem: FieldDiagnostic,
  kind: Kind,
  values: EnvironmentValues,
): FieldPath | undefined {
  if (
    formatPath(path) === formatPath(problem.path.slice(0, path.length)) &&
    path.length === problem.path.length
  )
    return undefined;
  if (isThereIn(withoutValueAt(values.props, path), problem, kind)) return undefined;
  const value = path.reduce<unknown>((around, key) => (around as Fields)[key], values.props);
  if (isMap(value))
    for (const key of Object.keys(value)) {
      const inner = causeIn([...path, key], problem, kind, values);
      if (inner !== undefined) return inner;
    }
  return values.isInherited(path) ? path : undefined;
}

function isThereIn(props: Fields, problem: FieldDiagnostic, kind: Kind): boolean {
  const { problems = [] } = KINDS[kind].check(props);
  const at = formatPath(problem.path);
  return problems.some((other) => formatPath(other.path) === at && other.message === problem.message);
}
