import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { listAt, textAt, type Manifest } from '../../kubernetes/manifest.js';
import { ObjectDiagnostics } from '../object-diagnostics.js';
import { checkProtocol } from '../cluster/ports.js';

/** Checks that the API server accepts the protocols of a NetworkPolicy. It refuses an empty text, too. */
export function checkPolicyPorts(manifest: Manifest): Diagnostic[] {
  const found = new ObjectDiagnostics(manifest);
  if (textAt(manifest, 'apiVersion') !== 'networking.k8s.io/v1') return [];
  for (const direction of ['ingress', 'egress'])
    for (const [i, rule] of listAt(manifest, 'spec', direction).entries())
      for (const [j, port] of listAt(rule, 'ports').entries())
        checkProtocol(textAt(port, 'protocol'), `spec.${direction}[${i}].ports[${j}]`, found);
  return found.all;
}
