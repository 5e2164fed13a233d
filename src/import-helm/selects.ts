import { textsAt } from '../kubernetes/manifest.js';
import type { ObjectField } from './release-object.js';

/** Whether a Service selects pods. Without a selector, as in values whose release is not known, it does. */
export function selects(service: ObjectField, template: ObjectField): boolean {
  const labels = textsAt(template.value, 'metadata', 'labels');
  return Object.entries(service.at('spec', 'selector').map).every(([key, value]) => labels[key] === value);
}
