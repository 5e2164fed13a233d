import { inspect, inspectName } from '../diagnostics/expected.js';

type Fields = Readonly<Record<string, unknown>>;

const MOST_WRITTEN = 5;

/**
 * A list of Kubernetes' `{ name, value }` or `{ name, valueFrom }` as a map of a values file; undefined for other
 * lists.
 */
export function mapOfNamed(list: readonly unknown[]): string | undefined {
  const entries = list.slice(0, MOST_WRITTEN).map((item) => {
    const { name, ...rest } = fields(item);
    return typeof name === 'string' ? `${inspectName(name)}: ${valueInOurWords(rest) ?? '…'}` : undefined;
  });
  if (entries.length === 0 || entries.includes(undefined)) return undefined;
  return `{ ${entries.join(', ')}${list.length > MOST_WRITTEN ? ', …' : ''} }`;
}

/** Kubernetes' `{ value }`, `{ valueFrom }` or reference as a values file contains it; undefined for anything else. */
export function valueInOurWords(given: unknown): string | undefined {
  const { value, valueFrom, secretKeyRef, configMapKeyRef } = fields(given);
  if (value !== undefined) return inspect(typeof value === 'object' ? value : String(value));
  if (valueFrom !== undefined) return valueInOurWords(valueFrom);
  return reference('secret', secretKeyRef) ?? reference('configMap', configMapKeyRef);
}

function reference(kind: string, given: unknown): string | undefined {
  const { name, key } = fields(given);
  if (typeof name !== 'string' || typeof key !== 'string') return undefined;
  return `{ ${kind}: ${inspectName(name)}, key: ${inspectName(key)} }`;
}

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}
