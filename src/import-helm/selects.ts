import { textsAt } from '../kubernetes/manifest.js';
import type { ObjectField } from './release-object.js';

/** Whether a Service selects pods. Without a selector, as in values whose release is not known, it does. */
export function selects(service: ObjectField, template: ObjectField): boolean {
  const labels = textsAt(template.value, 'metadata', 'labels');
  return Object.entries(service.at('spec', 'selector').map).every(([key, value]) => labels[key] === value);
}

/** Whether a Service leads to pods. A port by its name leads only to pods that declare it. */
export function leadsTo(service: ObjectField, template: ObjectField): boolean {
  const containers = ['containers', 'initContainers'].flatMap((list) => template.at('spec', list).items);
  const names = new Set(containers.flatMap((one) => one.at('ports').items.map(({ map }) => map['name'])));
  const ports = service.at('spec', 'ports').items;
  return (
    selects(service, template) &&
    (ports.length === 0 ||
      ports.some(({ map }) => typeof map['targetPort'] !== 'string' || names.has(map['targetPort'])))
  );
}
