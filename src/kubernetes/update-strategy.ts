import { expected, nearestName, oneOf } from '../diagnostics/expected.js';
import type { FieldDiagnostic } from '../diagnostics/diagnostic.js';
import { isMap } from './manifest.js';
import { isNoPod, podShareProblem } from './pod-share.js';

/** How a kind replaces its pods. @see pkg/apis/apps/validation and pkg/apis/apps/v1/defaults.go of Kubernetes */
interface UpdateStrategies {
  /** The default type comes first. */
  readonly types: readonly string[];
  /** The types that have no `rollingUpdate`. */
  readonly withoutRolling: readonly string[];
  /** The defaults of `maxSurge` and `maxUnavailable`, if the kind has both. */
  readonly defaults?: readonly [unknown, unknown];
}

const OF_KINDS: ReadonlyMap<string, UpdateStrategies> = new Map(
  Object.entries({
    Deployment: {
      types: ['RollingUpdate', 'Recreate'],
      withoutRolling: ['Recreate'],
      defaults: ['25%', '25%'],
    },
    DaemonSet: { types: ['RollingUpdate', 'OnDelete'], withoutRolling: [], defaults: [0, 1] },
    StatefulSet: { types: ['RollingUpdate', 'OnDelete'], withoutRolling: ['OnDelete'] },
  }),
);

/** The values in the strategy of a Deployment, DaemonSet or StatefulSet that the API server refuses. */
export function updateStrategyProblems(kind: string, strategy: unknown): FieldDiagnostic[] {
  const strategies = OF_KINDS.get(kind);
  if (strategies === undefined || !isMap(strategy)) return [];
  const { types, withoutRolling, defaults } = strategies;
  const type = strategy['type'] || types[0]; // an empty text is no value
  const rolling = strategy['rollingUpdate'] ?? undefined;
  if (typeof type !== 'string' || !types.includes(type)) {
    const hint = typeof type === 'string' ? nearestName(type, types) : undefined;
    return [{ path: ['type'], message: expected(oneOf(types), type), ...(hint !== undefined && { hint }) }];
  }
  if (rolling !== undefined && withoutRolling.includes(type))
    return [{ path: ['rollingUpdate'], message: `${type} has no rolling update`, hint: 'remove it' }];
  if (type !== 'RollingUpdate' || defaults === undefined || !isMap(rolling)) return [];
  const [maxSurge, maxUnavailable] = [
    rolling['maxSurge'] ?? defaults[0],
    rolling['maxUnavailable'] ?? defaults[1],
  ];
  const wrong = Object.entries({ maxSurge, maxUnavailable }).flatMap(([field, pods]) =>
    wrongShare(kind, field, pods),
  );
  return wrong.length > 0 ? wrong : bothShares(kind, isNoPod(maxSurge), isNoPod(maxUnavailable));
}

function wrongShare(kind: string, field: string, pods: unknown): FieldDiagnostic[] {
  const found = podShareProblem(pods, { isAnyPercentage: kind === 'Deployment' && field === 'maxSurge' });
  return found === undefined ? [] : [{ path: ['rollingUpdate', field], ...found }];
}

function bothShares(kind: string, isNoSurge: boolean, isNoneUnavailable: boolean): FieldDiagnostic[] {
  if (isNoSurge && isNoneUnavailable) {
    const message = 'with neither a surplus pod nor a missing one, no pod can be replaced';
    return [{ path: ['rollingUpdate'], message, hint: 'raise maxSurge or maxUnavailable' }];
  }
  if (kind !== 'DaemonSet' || isNoSurge || isNoneUnavailable) return [];
  const message =
    'a DaemonSet has either maxSurge or maxUnavailable, and maxUnavailable is 1 if it is not set';
  return [
    { path: ['rollingUpdate', 'maxSurge'], message, hint: 'set maxUnavailable: 0, or remove maxSurge' },
  ];
}
