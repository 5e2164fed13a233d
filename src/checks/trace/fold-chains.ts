import type { Chain, Port } from './chain.js';

/** Chains that differ only in their numbers: `metrics-1` to `metrics-100` of one container. At least one chain. */
export type FoldedChains = readonly [Chain, ...Chain[]];

/** Folds neighbouring chains that differ only in their numbers, each one more than the number before it. */
export function foldChains(chains: readonly Chain[]): FoldedChains[] {
  const folded: [Chain, ...Chain[]][] = [];
  for (const chain of chains) {
    const last = folded.at(-1);
    const previous = last?.at(-1);
    if (last !== undefined && previous !== undefined && isNext(previous, chain)) last.push(chain);
    else folded.push([chain]);
  }
  return folded;
}

/** `metrics-1…5` from `metrics-1` and `metrics-5`; the text itself if both are equal. */
export function rangeOf(first: string, last: string): string {
  const [, before, number, after = ''] = NUMBERED.exec(first) ?? [];
  if (first === last || before === undefined) return first;
  return `${before}${number}…${last.slice(before.length, last.length - after.length)}${after}`;
}

/** A text with its last number: before it, the number, after it. */
const NUMBERED = /^(.*?)([0-9]+)([^0-9]*)$/s;

function isNext(a: Chain, b: Chain): boolean {
  return (
    (['monitor', 'service', 'workload', 'container', 'reason', 'brokenAt'] as const).every(
      (key) => a[key] === b[key],
    ) &&
    a.isWhole === b.isWhole &&
    a.isUndecided === b.isUndecided &&
    a.isUnseen === b.isUnseen &&
    sameEnv(a, b) &&
    isSameOrNext(a.endpoint, b.endpoint) &&
    isNextPort(a.servicePort, b.servicePort) &&
    isNextPort(a.containerPort, b.containerPort) &&
    (a.containerPort !== undefined || isNextText(a.endpoint, b.endpoint))
  );
}

function sameEnv({ env: a }: Chain, { env: b }: Chain): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** Whether neither path has the port, or name and number of the second port are one more. */
function isNextPort(a: Port | undefined, b: Port | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  const isNextNumber = typeof a.number === 'number' && b.number === a.number + 1;
  return isNextNumber && (a.name === b.name ? a.name === undefined : isNextText(a.name, b.name));
}

function isSameOrNext(a: string | undefined, b: string | undefined): boolean {
  return a === b || isNextText(a, b);
}

function isNextText(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  const [, before, number, after] = NUMBERED.exec(a) ?? [];
  return number !== undefined && b === `${before}${Number(number) + 1}${after}`;
}
