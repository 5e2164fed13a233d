import { inspect } from '../../diagnostics/expected.js';
import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import type { FieldPath } from '../../diagnostics/field-path.js';
import type { Constraint } from '../../schema/constraint.js';
import type { ResolvedWorkerApp } from '../keys/index.js';
import { applicationPorts } from '../ports/application-ports.js';
import type { Path } from './ingress.js';

/** The constraints of an Ingress. */
export const INGRESS_CONSTRAINTS: readonly Constraint<ResolvedWorkerApp>[] = [
  { reads: ['ingress'], problems: oneOfTwo },
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
  const { name, metrics } = app;
  if (service === `${name}-metrics` && metrics.service === 'headless')
    return [
      {
        path: [...path, 'service'],
        message: `${service} is the Service of the metrics ports, which only Prometheus reads`,
        hint: 'remove it, or name another Service',
      },
    ];
  if (service !== undefined && service !== name) return [];
  const known = applicationPorts(app);
  if (port === undefined || known.some((one) => one.name === port || one.servicePort === port)) return [];
  const names = known.map((one) => `${one.name} (${one.servicePort})`).join(', ');
  return [
    {
      path: [...path, 'port'],
      message: `${inspect(port)} is not a port of the Service for clients (${names})`,
      hint: 'name one of them, or add it to ports',
    },
  ];
}
