import type { FieldDiagnostic } from '../diagnostics/diagnostic.js';
import { Quantity } from './quantity.js';
import type { ResourceQuantities, Resources } from './resources.js';

const NAME = /^hugepages-([1-9][0-9]*[KMGT]i)$/;

/** Whether a resource is memory in pages of one size, such as hugepages-2Mi. */
export function isHugePages(name: string): boolean {
  return NAME.test(name);
}

/** The problem if an amount is not a multiple of the page size; otherwise undefined. */
export function partOfPage(
  name: string,
  amount: string | number,
): Pick<FieldDiagnostic, 'message' | 'hint'> | undefined {
  const size = Quantity.parse(NAME.exec(name)?.[1] ?? '');
  const pages = Quantity.parse(amount).value / size.value;
  if (Number.isInteger(pages)) return undefined;
  const whole = [Math.floor(pages), Math.ceil(pages)].filter((count) => count > 0);
  const advice = whole.map((count) => String(size.times(count))).join(' or ');
  return { message: `${amount} is no multiple of a page of ${String(size)}`, hint: `write ${advice}` };
}

/** A problem if a container requests huge pages without cpu or memory: the API server refuses it. */
export function hugePagesAlone({ requests, limits }: Resources, field: readonly string[]): FieldDiagnostic[] {
  const isBeside =
    !isRemoved(requests, 'cpu') ||
    !isRemoved(requests, 'memory') ||
    !isRemoved(limits, 'memory') ||
    (limits?.['cpu'] ?? null) !== null; // this limit has no default
  if (isBeside) return [];
  const named = Object.entries({ requests, limits }).flatMap(([list, amounts]) =>
    Object.entries(amounts ?? {}).map(([name, amount]) => ({ path: [...field, list, name], name, amount })),
  );
  const pages = named.find(({ name, amount }) => isHugePages(name) && amount !== null);
  const message = 'huge pages are refused without cpu or memory beside them';
  const hint = 'request one of the two';
  return pages === undefined ? [] : [{ path: pages.path, message, hint }];
}

/** Whether the user removes a default. */
function isRemoved(amounts: ResourceQuantities | null | undefined, name: string): boolean {
  return amounts === null || amounts?.[name] === null;
}
