import { scalarText } from '../../diagnostics/scalar-text.js';
import { nameOf } from '../../kubernetes/manifest.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { admittedPorts } from '../wiring/network-policies.js';
import type { Wiring } from '../wiring/wiring.js';

/** Checks that NetworkPolicies let Prometheus connect to each port that a monitor scrapes. */
export function checkReachablePorts({ scrapes, policies }: Wiring): Diagnostic[] {
  const found = new Map<string, Diagnostic>();
  for (const scrape of scrapes) {
    const admission = policies.admission(scrape);
    if (admission.result !== 'refused') continue;
    const { workload, port, monitor } = scrape;
    const name =
      port.name === undefined
        ? `port ${scalarText(port.number)}`
        : `${port.name} (${scalarText(port.number)})`;
    const names = admission.policies.map(nameOf).join(', ');
    const { policies: refusing, prometheus } = admission;
    const number = scalarText(port.number);
    const [why, hint] =
      prometheus === undefined
        ? [`other ports (${names}: ${admittedPorts(refusing)})`, `add an ingress rule for port ${number}`]
        : [
            `only other pods to the port (${names})`,
            `add the pods of ${prometheus} to an ingress rule for port ${number}`,
          ];
    const message = `Prometheus cannot reach ${name} for ${monitor.object}: the NetworkPolicies that select the pods admit ${why}`;
    found.set(`${workload.object} ${port.field} ${monitor.object}`, {
      severity: 'error',
      object: workload.object,
      field: port.field,
      message,
      hint,
    });
  }
  return [...found.values()];
}
