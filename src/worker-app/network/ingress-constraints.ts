import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import type { FieldPath } from '../../diagnostics/field-path.js';
import type { Constraint } from '../../schema/constraint.js';
import type { ResolvedWorkerApp } from '../keys/index.js';
import { clientPort } from './client-ports.js';
import type { Path } from './ingress.js';

export const INGRESS_CONSTRAINTS: readonly Constraint<ResolvedWorkerApp>[] = [
  { reads: ['ingress'], problems: oneOfTwo },
  { reads: ['ingress'], problems: emptyLists },
  { reads: ['ingress', 'ports', 'http', 'name', 'metrics.service'], problems: backends },
];

const EITHER = [
  ['host', 'hosts'],
  ['path', 'paths'],
  ['host', 'rules'],
  ['hosts', 'rules'],
] as const;

/** Fields that say the same. */
function oneOfTwo({ ingress = {} }: ResolvedWorkerApp): FieldDiagnostic[] {
  return EITHER.filter(([one, other]) => ingress[one] !== undefined && ingress[other] !== undefined).map(
    ([one, other]) => ({
      path: ['ingress', one],
      message: `ingress.${other} is set, too`,
      hint: `remove one of the two; an environment removes that of the base with ${one}: null`,
    }),
  );
}

/** The API server refuses an Ingress without a rule, and a rule without a path. */
function emptyLists({ ingress = {} }: ResolvedWorkerApp): FieldDiagnostic[] {
  const { hosts, paths, rules } = ingress;
  const lists = [
    { path: ['hosts'], list: hosts },
    { path: ['paths'], list: paths },
    { path: ['rules'], list: rules },
    ...(rules ?? []).map((rule, i) => ({ path: ['rules', i, 'paths'], list: rule.paths })),
  ];
  return lists
    .filter(({ list }) => list?.length === 0)
    .map(({ path }) => ({
      path: ['ingress', ...path],
      message: 'the list is empty: the Ingress would lead nowhere',
      hint: `add one of them, or remove ${String(path.at(-1))}`,
    }));
}

/** An Ingress leads to ports of the Service that are no metrics ports. */
function backends(app: ResolvedWorkerApp): FieldDiagnostic[] {
  const { paths = [], rules = [] } = app.ingress ?? {};
  return [
    ...paths.flatMap((one, i) => backend(app, one, ['ingress', 'paths', i])),
    ...rules.flatMap((rule, i) =>
      (rule.paths ?? []).flatMap((one, j) => backend(app, one, ['ingress', 'rules', i, 'paths', j])),
    ),
  ];
}

function backend(app: ResolvedWorkerApp, { service, port }: Path, path: FieldPath): FieldDiagnostic[] {
  return clientPort(app, { service, port }, path, { service: 'service', port: 'port' });
}
