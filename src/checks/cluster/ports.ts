import { oneOf } from '../../diagnostics/expected.js';
import { PROTOCOLS } from '../../kubernetes/choices.js';
import { textAt } from '../../kubernetes/manifest.js';
import { isReplacedLater, isTemplated } from '../../kubernetes/replaced-later.js';
import type { ObjectDiagnostics } from '../object-diagnostics.js';
import { PORT } from '../../kubernetes/whole-number.js';

/** The protocol of a port: TCP if none is set, or one that the API server refuses. `checkProtocol` reports that. */
export function protocolOf(port: unknown): string {
  const given = textAt(port, 'protocol');
  return PROTOCOLS.find((one) => one === given) ?? 'TCP';
}

/** Checks that the API server accepts the protocol of a port. @param field of the port */
export function checkProtocol(
  protocol: string | undefined,
  field: string,
  diagnostics: ObjectDiagnostics,
): void {
  if (protocol !== undefined && !PROTOCOLS.some((one) => one === protocol) && !isTemplated(protocol))
    diagnostics.wrongValue(`${field}.protocol`, oneOf(PROTOCOLS), protocol);
}

export function isPort(number: unknown): number is number {
  return Number.isInteger(number) && (number as number) >= PORT.min && (number as number) <= PORT.max;
}

/** The fix of a port number that is written as text. */
export function quotedPort(given: unknown): string | undefined {
  return isNumberAsText(given) && isPort(Number(given)) ? 'remove the quotes' : undefined;
}

export function isNumberAsText(given: unknown): given is string {
  return typeof given === 'string' && /^[0-9]+$/.test(given);
}

/** The text that Flux replaces, if it decides which port is wanted: the wanted name or number, or one of those of the ports. */
export function replacedPort(
  wanted: unknown,
  ports: readonly { readonly name: string | undefined; readonly number: unknown }[],
): unknown {
  const known = ports.map(({ name, number }) => (typeof wanted === 'number' ? number : name));
  return [wanted, ...known].find(isReplacedLater);
}

/** Returns the items whose key an earlier item has. */
export function repeated<Item>(items: readonly Item[], keyOf: (item: Item) => string | undefined): Item[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const key = keyOf(item);
    if (key === undefined) return false;
    const again = seen.has(key);
    seen.add(key);
    return again;
  });
}
