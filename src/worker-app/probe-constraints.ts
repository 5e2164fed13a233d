import type { FieldDiagnostic } from '../diagnostics/diagnostic.js';
import { expected } from '../diagnostics/expected.js';
import type { FieldPath } from '../diagnostics/field-path.js';
import { shapeDiagnostics } from '../kubernetes-shapes/check-shape.js';
import { mergeShapes } from '../kubernetes-shapes/merge-shapes.js';
import { shapeSchema } from '../kubernetes-shapes/shapes.js';
import { at, isMap, mapAt, type Manifest } from '../kubernetes/manifest.js';
import { PORT, wholeNumber } from '../kubernetes/whole-number.js';
import { healthProbes } from './health-probes.js';
import type { DeploymentConstraint, DeploymentValues } from './pod-values.js';
import { PROBE_FIELDS, PROBE_NAMES, type ProbeName } from './keys/probes.js';

/** The conditions of Kubernetes for a probe, after the merge over the computed one. */
export const PROBE_CONSTRAINTS: readonly DeploymentConstraint[] = [
  {
    reads: ['probes', 'http', 'gunicorn'],
    problems: (app) => PROBE_NAMES.flatMap((name) => problemsOf(name, app)),
  },
];

const HANDLERS = ['httpGet', 'tcpSocket', 'exec', 'grpc'];

function problemsOf(name: ProbeName, app: DeploymentValues): FieldDiagnostic[] {
  const given = app.probes?.[name];
  if (given === undefined || given === null) return [];
  const probe = mergeShapes(healthProbes(app).container?.[PROBE_FIELDS[name]], given) as Manifest;
  const path = ['probes', name];
  const [handler, ...others] = HANDLERS.filter((one) => isMap(probe[one]));
  if (handler === undefined)
    return [
      {
        path,
        message: 'missing handler',
        hint: `set ${HANDLERS.join(', ')}${app.http === undefined ? '' : ', or http.healthPath'}`,
      },
    ];
  if (others.length > 0) {
    const message = `a probe has one handler, got ${[handler, ...others].join(' and ')}`;
    return [{ path, message, hint: 'remove one' }];
  }
  return [
    ...shapeDiagnostics(shapeSchema('Probe'), probe, path),
    ...handlerProblems(handler, mapAt(probe, handler), [...path, handler]),
    ...numberProblems(name, probe, path),
  ];
}

function handlerProblems(handler: string, given: Manifest, path: FieldPath): FieldDiagnostic[] {
  if (handler === 'exec' && listAtLength(given, 'command') === 0)
    return [{ path: [...path, 'command'], message: expected('a list of words', undefined) }];
  const { port } = given;
  const isPort = typeof port !== 'number' || (port >= PORT.min && port <= PORT.max);
  return isPort ? [] : [{ path: [...path, 'port'], message: expected(wholeNumber(PORT), port) }];
}

function listAtLength(map: Manifest, field: string): number {
  const list = at(map, field);
  return Array.isArray(list) ? list.length : 0;
}

/** Kubernetes reads 0 as the default, except for the grace period. */
function numberProblems(name: ProbeName, probe: Manifest, path: FieldPath): FieldDiagnostic[] {
  const least = ([field]: readonly [string, unknown]) => (field === 'terminationGracePeriodSeconds' ? 1 : 0);
  const low = Object.entries(probe).flatMap((entry): FieldDiagnostic[] => {
    const [field, value] = entry;
    return typeof value !== 'number' || value >= least(entry)
      ? []
      : [{ path: [...path, field], message: expected(`a whole number from ${least(entry)}`, value) }];
  });
  const { successThreshold, terminationGracePeriodSeconds } = probe;
  if (name !== 'readiness' && typeof successThreshold === 'number' && successThreshold > 1)
    low.push({
      path: [...path, 'successThreshold'],
      message: `expected 1 for ${name}, got ${successThreshold}`,
    });
  if (name === 'readiness' && terminationGracePeriodSeconds !== undefined)
    low.push({
      path: [...path, 'terminationGracePeriodSeconds'],
      message: 'a readiness probe ends no container',
      hint: 'remove it',
      inKey: true,
    });
  return low;
}
