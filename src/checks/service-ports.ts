import { DNS_1123_LABEL, keeps, PORT_NAME } from '../kubernetes/text-rules.js';
import { PORT, wholeNumber } from '../kubernetes/whole-number.js';
import { expected } from '../problems/expected.js';
import { at, type Finding, type Manifest } from './manifest.js';
import { serviceOf } from './service.js';
import { isPort, repeated } from './ports.js';

/** The ports of a Service are such as the API server takes. */
export function checkServicePorts(manifest: Manifest): Finding[] {
  const service = serviceOf(manifest);
  if (service === undefined) return [];
  const { object, ports, isHeadless } = service;
  const findings: Finding[] = [];
  const report = (field: string, message: string) => findings.push({ object, field, message });

  const needsPorts = !isHeadless && at(manifest, 'spec', 'type') !== 'ExternalName';
  if (needsPorts && ports.length === 0) report('spec.ports', expected('at least one port', undefined));
  for (const { name, number, target, field } of ports) {
    if (name === undefined ? ports.length > 1 : !keeps(DNS_1123_LABEL, name))
      report(`${field}.name`, expected(DNS_1123_LABEL.what, name));
    if (!isPort(number)) report(`${field}.port`, expected(wholeNumber(PORT), number));
    else if (!isPort(target) && !keeps(PORT_NAME, target))
      report(`${field}.targetPort`, expected(`${PORT_NAME.what}, or ${wholeNumber(PORT)}`, target));
  }
  for (const { name, field } of repeated(ports, ({ name }) => name))
    report(`${field}.name`, `${name} is the name of another port too`);
  for (const { number, protocol, field } of repeated(
    ports,
    ({ number, protocol }) => `${protocol} ${String(number)}`,
  )) {
    report(`${field}.port`, `${protocol} ${String(number)} is another port's too`);
  }
  return findings;
}
