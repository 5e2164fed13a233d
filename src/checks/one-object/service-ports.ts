import { scalarText } from '../../diagnostics/scalar-text.js';
import { DNS_1123_LABEL, matches, PORT_NAME } from '../../kubernetes/text-formats.js';
import { PORT, wholeNumber } from '../../kubernetes/whole-number.js';
import { expected } from '../../diagnostics/expected.js';
import type { CheckedObject } from '../cluster/checked-object.js';
import { ObjectDiagnostics } from '../object-diagnostics.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { at, listAt, textAt, type Manifest } from '../../kubernetes/manifest.js';
import { checkProtocol, isPort, quotedPort, repeated } from '../cluster/ports.js';

/** Checks that the API server accepts the ports of a Service. */
export function checkServicePorts(manifest: Manifest, { service }: CheckedObject): Diagnostic[] {
  if (service === undefined) return [];
  const { ports, isHeadless } = service;
  const diagnostics = new ObjectDiagnostics(manifest);

  const needsPorts = !isHeadless && at(manifest, 'spec', 'type') !== 'ExternalName';
  if (needsPorts && ports.length === 0)
    diagnostics.refused('spec.ports', expected('at least one port', undefined));
  const given = listAt(manifest, 'spec', 'ports');
  for (const [i, { name, number, target, field }] of ports.entries()) {
    checkProtocol(textAt(given[i], 'protocol') || undefined, field, diagnostics);
    if (name === undefined ? ports.length > 1 : !matches(DNS_1123_LABEL, name))
      diagnostics.wrongValue(`${field}.name`, DNS_1123_LABEL.what, name);
    if (!isPort(number))
      diagnostics.wrongValue(`${field}.port`, wholeNumber(PORT), number, quotedPort(number));
    else if (!isPort(target) && !matches(PORT_NAME, target))
      diagnostics.wrongValue(
        `${field}.targetPort`,
        `${PORT_NAME.what}, or ${wholeNumber(PORT)}`,
        target,
        quotedPort(target),
      );
  }
  for (const { name, field } of repeated(ports, ({ name }) => name))
    diagnostics.refused(`${field}.name`, `${name} is the name of another port too`);
  for (const { number, protocol, field } of repeated(ports, ({ number, protocol }) =>
    isPort(number) ? `${protocol} ${scalarText(number)}` : undefined,
  )) {
    diagnostics.refused(`${field}.port`, `${protocol} ${scalarText(number)} is used by another port too`);
  }
  return diagnostics.all;
}
