import { expected } from '../problems/expected.js';
import {
  DNS_1035_LABEL,
  DNS_1123_LABEL,
  DNS_1123_SUBDOMAIN,
  keeps,
  LABEL_KEY,
  LABEL_VALUE,
} from '../kubernetes/text-rules.js';
import { at, mapAt, nameOf, textAt, type Finding, type Manifest } from './manifest.js';

/** Names and labels are such as the API server takes. */
export function checkNames(manifest: Manifest): Finding[] {
  const object = nameOf(manifest);
  const findings: Finding[] = [];
  const report = (field: string, message: string) => findings.push({ object, field, message });

  if (textAt(manifest, 'apiVersion') === undefined)
    report('apiVersion', expected('a version such as v1 or apps/v1', manifest['apiVersion']));
  if (textAt(manifest, 'kind') === undefined)
    report('kind', expected('a kind such as Service', manifest['kind']));
  const rule =
    manifest['kind'] === 'Service'
      ? DNS_1035_LABEL
      : manifest['kind'] === 'Namespace'
        ? DNS_1123_LABEL
        : DNS_1123_SUBDOMAIN;
  const name = at(manifest, 'metadata', 'name');
  if (!keeps(rule, name)) report('metadata.name', expected(rule.what, name));
  const namespace = at(manifest, 'metadata', 'namespace');
  if (namespace !== undefined && !keeps(DNS_1123_LABEL, namespace))
    report('metadata.namespace', expected(DNS_1123_LABEL.what, namespace));

  for (const path of [
    ['metadata', 'labels'],
    ['spec', 'template', 'metadata', 'labels'],
  ]) {
    for (const [key, value] of Object.entries(mapAt(manifest, ...path))) {
      const field = `${path.join('.')}[${JSON.stringify(key)}]`;
      if (!keeps(LABEL_KEY, key)) report(field, expected(LABEL_KEY.what, key));
      if (value !== '' && !keeps(LABEL_VALUE, value)) report(field, expected(LABEL_VALUE.what, value));
    }
  }
  return findings;
}
