import { inspect, knownAre, nearestName } from '../../diagnostics/expected.js';
import { at, isMap, textAt } from '../../kubernetes/manifest.js';
import { PORT_NAME } from '../../kubernetes/text-formats.js';
import { PORT, wholeNumber } from '../../kubernetes/whole-number.js';
import type { ObjectDiagnostics } from '../object-diagnostics.js';
import { isNumberAsText, isPort, quotedPort, replacedPort } from '../cluster/ports.js';
import type { WorkloadContainer } from '../cluster/workload.js';

/** A probe or hook that the kubelet runs in a container. */
interface Handler {
  /** `livenessProbe`, or `lifecycle` and `preStop`. */
  readonly path: readonly string[];
  /** The consequence if it always fails. */
  readonly effect: string;
  readonly severity: 'broken' | 'unwise';
}

/** Without the port, the kubelet does not run a liveness probe, and the others fail. */
const HANDLERS: readonly Handler[] = [
  { path: ['livenessProbe'], effect: 'the probe never fails', severity: 'unwise' },
  { path: ['readinessProbe'], effect: 'the pod never becomes ready', severity: 'broken' },
  { path: ['startupProbe'], effect: 'the pod never becomes ready', severity: 'broken' },
  {
    path: ['lifecycle', 'postStart'],
    effect: 'the hook fails, and the container is killed',
    severity: 'broken',
  },
  {
    path: ['lifecycle', 'preStop'],
    effect: 'the hook fails, and the container ends at once',
    severity: 'unwise',
  },
];

/** Checks the ports of probes and hooks. The kubelet finds a named port in the container of the probe or hook alone. */
export function checkHandlers(
  { manifest, field, ports }: WorkloadContainer,
  diagnostics: ObjectDiagnostics,
): void {
  const names = ports.flatMap(({ name }) => name ?? []);
  for (const { path, effect, severity } of HANDLERS) {
    const handler = at(manifest, ...path);
    if (!isMap(handler)) continue;
    const place = [field, ...path].join('.');
    // Kubernetes accepts tcpSocket in a hook, and the kubelet cannot run it.
    if (path[0] === 'lifecycle' && isMap(handler['tcpSocket'])) {
      const message = `Kubernetes has no hook with tcpSocket: ${effect}`;
      diagnostics[severity](`${place}.tcpSocket`, message, 'write exec or httpGet');
      continue;
    }
    for (const action of ['httpGet', 'tcpSocket']) {
      const given = at(handler, action, 'port');
      if (typeof given === 'number' && !isPort(given))
        diagnostics.wrongValue(`${place}.${action}.port`, wholeNumber(PORT), given);
      const port = textAt(handler, action, 'port');
      if (port === undefined || names.includes(port) || replacedPort(port, ports) !== undefined) continue;
      if (isNumberAsText(port)) {
        const what = `${PORT_NAME.what}, or ${wholeNumber(PORT)}`;
        diagnostics.wrongValue(`${place}.${action}.port`, what, port, quotedPort(port));
        continue;
      }
      const message = `${inspect(port)} is not a port of the container: ${effect}`;
      const hint = nearestName(port, names) ?? (names.length > 0 ? knownAre(names) : 'write its number');
      diagnostics[severity](`${place}.${action}.port`, message, hint);
    }
  }
}
