import { isDeepStrictEqual } from 'node:util';
import { isMap, type Manifest } from '../../kubernetes/manifest.js';

const PROBE = '(liveness|readiness|startup)Probe';

/** Fields with the values that the API server gives them if they are not set. */
const DEFAULTS: readonly (readonly [RegExp, unknown])[] = [
  [/^spec\.replicas$/, 1],
  [/^spec\.strategy$/, { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } }],
  [/^spec\.strategy$/, { type: 'RollingUpdate' }],
  [/^spec\.revisionHistoryLimit$/, 10],
  [/^spec\.progressDeadlineSeconds$/, 600],
  [/^spec\.minReadySeconds$/, 0],
  [/^spec\.template\.spec\.restartPolicy$/, 'Always'],
  [/^spec\.template\.spec\.terminationGracePeriodSeconds$/, 30],
  [/^spec\.template\.spec\.dnsPolicy$/, 'ClusterFirst'],
  [/^spec\.template\.spec\.schedulerName$/, 'default-scheduler'],
  [/^spec\.template\.spec\.enableServiceLinks$/, true],
  [/^spec\.template\.spec\.automountServiceAccountToken$/, true],
  [/^spec\.template\.spec\.serviceAccountName$/, 'default'],
  [/\.(protocol)$/, 'TCP'],
  [/\.httpGet\.scheme$/, 'HTTP'],
  [new RegExp(`\\.${PROBE}\\.initialDelaySeconds$`), 0],
  [new RegExp(`\\.${PROBE}\\.periodSeconds$`), 10],
  [new RegExp(`\\.${PROBE}\\.timeoutSeconds$`), 1],
  [new RegExp(`\\.${PROBE}\\.successThreshold$`), 1],
  [new RegExp(`\\.${PROBE}\\.failureThreshold$`), 3],
  [/\.env\[\]\.value$/, ''],
  [/\.fieldRef\.apiVersion$/, 'v1'],
  [/\.resourceFieldRef\.divisor$/, '0'],
  [/\.volumes\[\]\.\w+\.defaultMode$/, 420],
  [/\.(terminationMessagePath)$/, '/dev/termination-log'],
  [/\.(terminationMessagePolicy)$/, 'File'],
  [/^spec\.type$/, 'ClusterIP'],
  [/^spec\.sessionAffinity$/, 'None'],
  [/\.(parentRefs\[\])\.group$/, 'gateway.networking.k8s.io'],
  [/\.(parentRefs\[\])\.kind$/, 'Gateway'],
  [/\.backendRefs\[\]\.group$/, ''],
  [/\.backendRefs\[\]\.kind$/, 'Service'],
  [/\.backendRefs\[\]\.weight$/, 1],
  [/\.matches$/, [{ path: { type: 'PathPrefix', value: '/' } }]],
  [/\.matches\[\]\.path$/, { type: 'PathPrefix', value: '/' }],
];

/** An object without the fields that the API server would add, and without empty maps and lists. */
export function withoutDefaults(manifest: Manifest): Manifest {
  return (without(manifest, '') ?? {}) as Manifest;
}

function without(value: unknown, path: string): unknown {
  if (value === null || value === undefined) return undefined;
  if (DEFAULTS.some(([field, fallback]) => field.test(path) && isDeepStrictEqual(value, fallback)))
    return undefined;
  if (Array.isArray(value)) {
    const items = (path.endsWith('.env') ? lastOfEachName(value) : value).map(
      (item: unknown) => without(item, `${path}[]`) ?? {},
    );
    return items.length === 0 ? undefined : items;
  }
  if (!isMap(value)) return value;
  const fields = Object.entries(value).flatMap(([field, inner]) => {
    const kept = without(inner, path === '' ? field : `${path}.${field}`);
    return kept === undefined ? [] : [[field, kept] as const];
  });
  return fields.length === 0 ? undefined : Object.fromEntries(fields);
}

/** Of two variables with one name, the container gets the later one. */
function lastOfEachName(env: readonly unknown[]): unknown[] {
  return [...new Map(env.map((item) => [isMap(item) ? item['name'] : item, item])).values()];
}
