import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import { inspect, nearestName } from '../../diagnostics/expected.js';
import type { Constraint } from '../../schema/constraint.js';
import { CONTAINER_CONSTRAINTS } from '../containers/container-constraints.js';
import type { ResolvedWorkerApp } from '../keys/index.js';
import { POD_CONSTRAINTS, ROLLOUT_CONSTRAINTS } from '../pod-constraints.js';
import type { DeploymentValues } from '../pod-values.js';
import { PROGRAM_CONSTRAINTS } from '../program-constraints.js';
import { PROBE_CONSTRAINTS } from '../probe-constraints.js';
import { SCALE_CONSTRAINTS } from '../scale/scale-constraints.js';
import { VOLUME_CONSTRAINTS, VOLUME_COPIES_CONSTRAINTS } from '../volumes/volume-constraints.js';
import type { WorkerAppProps } from '../worker-app-props.js';
import { BEAT_CONSTRAINTS } from './beat-constraints.js';
import { COMPUTED_VARIABLE_CONSTRAINTS } from './computed-variables.js';
import { ofEachEntry } from './of-each-entry.js';
import type { ResolvedProcess } from './processes-key.js';

/** Constraints between the keys of one process. Most of them are those of the web pods. */
const OF_PROCESS: readonly Constraint<ResolvedProcess & DeploymentValues>[] = [
  ...POD_CONSTRAINTS,
  ...PROGRAM_CONSTRAINTS,
  ...ROLLOUT_CONSTRAINTS,
  ...SCALE_CONSTRAINTS,
  ...VOLUME_CONSTRAINTS,
  ...VOLUME_COPIES_CONSTRAINTS,
  ...CONTAINER_CONSTRAINTS,
  ...PROBE_CONSTRAINTS,
  ...COMPUTED_VARIABLE_CONSTRAINTS,
  ...BEAT_CONSTRAINTS,
  { reads: [], problems: ports },
];

/** The constraints of `processes`. */
export const PROCESS_CONSTRAINTS: readonly Constraint<ResolvedWorkerApp, WorkerAppProps>[] = ofEachEntry(
  'processes',
  OF_PROCESS,
);

/** The port of the metrics exists, and the ports of the Service differ. */
function ports({ ports: given = {}, metrics }: ResolvedProcess): FieldDiagnostic[] {
  const taken = new Map<number, string>();
  const twice = Object.entries(given).flatMap(([port, value]): FieldDiagnostic[] => {
    const number = typeof value === 'number' ? value : (value.servicePort ?? value.port);
    const other = taken.get(number);
    taken.set(number, port);
    if (other === undefined) return [];
    const message = `the Service has port ${number} already, as ${other}`;
    return [{ path: ['ports', port], message, hint: `set servicePort of ${port} to another port` }];
  });
  const wanted = metrics?.port;
  if (typeof wanted !== 'string' || Object.hasOwn(given, wanted)) return twice;
  const known = Object.keys(given);
  const message = `${inspect(wanted)} is not a port of the process${known.length > 0 ? ` (${known.join(', ')})` : ''}`;
  const hint = nearestName(wanted, known) ?? 'write its number, or add it to ports';
  return [...twice, { path: ['metrics', 'port'], message, hint }];
}
