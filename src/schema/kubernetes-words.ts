import { inspect, inspectName } from '../diagnostics/expected.js';
import { hideSecrets } from '../diagnostics/secrets.js';
import { DNS_1123_SUBDOMAIN, matches } from '../kubernetes/text-formats.js';
import { scalarText } from '../diagnostics/scalar-text.js';

type Fields = Readonly<Record<string, unknown>>;

const MOST_WRITTEN = 5;

/**
 * A list of Kubernetes' `{ name, value }` or `{ name, valueFrom }` as a map of a values file; undefined for other
 * lists.
 */
export function mapOfNamed(list: readonly unknown[]): string | undefined {
  const entries = list.slice(0, MOST_WRITTEN).map((item) => {
    const { name, ...rest } = fields(hideSecrets(item));
    return typeof name === 'string' ? `${inspectName(name)}: ${valueInOurWords(rest) ?? onOneLine(rest)}` : undefined;
  });
  if (entries.length === 0 || entries.includes(undefined)) return undefined;
  return `{ ${entries.join(', ')}${list.length > MOST_WRITTEN ? ', …' : ''} }`;
}

const LONGEST_MAP = 100;

/** A short map on one line. Longer ones, and lists, are `…`. */
function onOneLine(map: Fields): string {
  const pairs = Object.entries(map).map(([key, value]) => {
    if (Array.isArray(value)) return `${inspectName(key)}: …`;
    const isMap = typeof value === 'object' && value !== null;
    return `${inspectName(key)}: ${isMap ? onOneLine(value as Fields) : inspect(value)}`;
  });
  const text = pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
  return text.length > LONGEST_MAP ? '…' : text;
}

/** Kubernetes' `{ value }`, `{ valueFrom }` or reference as a values file contains it; undefined for anything else. */
export function valueInOurWords(given: unknown): string | undefined {
  const { value, valueFrom, secretKeyRef, configMapKeyRef, fieldRef, resourceFieldRef } = fields(given);
  if (value !== undefined) return inspect(typeof value === 'object' ? value : String(value));
  if (valueFrom !== undefined) return valueInOurWords(valueFrom);
  return (
    keyInOurWords('secret', secretKeyRef) ??
    keyInOurWords('configMap', configMapKeyRef) ??
    inOneLine({ field: fields(fieldRef)['fieldPath'] }) ??
    inOneLine(fields(resourceFieldRef))
  );
}

function keyInOurWords(kind: string, given: unknown): string | undefined {
  const { name, key, optional } = fields(given);
  return key === undefined ? undefined : inOneLine({ [kind]: name, key, optional });
}

/** Kubernetes' item of `envFrom`, or a name, as a values file contains it; undefined for anything else. */
export function sourceInOurWords(given: unknown): string | undefined {
  if (typeof given === 'string' && !matches(DNS_1123_SUBDOMAIN, given)) return undefined;
  if (typeof given === 'string')
    return ['secret', 'configMap'].map((kind) => inOneLine({ [kind]: given })).join(' or ');
  const { secretRef, configMapRef, secret, configMap, prefix, optional } = fields(given);
  const source = (kind: string, reference: unknown) => {
    const { name, ...rest } = fields(reference);
    return name === undefined ? undefined : inOneLine({ [kind]: name, prefix, optional: rest['optional'] });
  };
  return (
    source('secret', secretRef) ??
    source('configMap', configMapRef) ??
    inOneLine({ secret, prefix, optional }) ??
    inOneLine({ configMap, prefix, optional })
  );
}

/** A map of texts and booleans on one line; undefined if it has no text first. */
function inOneLine(map: Fields): string | undefined {
  const entries = Object.entries(map).filter(([, value]) => value !== undefined);
  if (typeof entries[0]?.[1] !== 'string') return undefined;
  const written = entries.map(([name, value]) => `${name}: ${inspectName(scalarText(value))}`);
  return `{ ${written.join(', ')} }`;
}

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}
