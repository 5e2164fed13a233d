import { textsAt } from '../kubernetes/manifest.js';
import type { ObjectField } from './release-object.js';

/** Whether a Service selects pods. Without a selector, as in values whose release is not known, it does. */
export function selects(service: ObjectField, template: ObjectField): boolean {
  return hasLabels(template, service.at('spec', 'selector').map);
}

/** Whether an object, or the pods of a template, have all of these labels. */
export function hasLabels(object: ObjectField, wanted: Readonly<Record<string, unknown>>): boolean {
  const labels = textsAt(object.value, 'metadata', 'labels');
  return Object.entries(wanted).every(([name, value]) => labels[name] === value);
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
