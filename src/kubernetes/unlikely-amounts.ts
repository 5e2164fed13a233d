import type { FieldDiagnostic } from '../diagnostics/diagnostic.js';
import { Quantity } from './quantity.js';
import type { Resources } from './resources.js';

/**
 * Diagnostics about amounts of CPU, memory or disk whose unit is most often a mistake: too few bytes, a fraction of a byte, of
 * which the API server warns (k8s.io/kubernetes warningsForPodSpecAndMeta), or more CPUs than nodes have.
 * @param field path of the resources
 */
export function unlikelyAmounts(
  resources: Resources | null | undefined,
  field: readonly string[] = ['resources'],
): FieldDiagnostic[] {
  if (resources === undefined || resources === null) return [];
  return (['requests', 'limits'] as const).flatMap((list) => [
    ...tooManyCpus(resources[list]?.['cpu'], [...field, list, 'cpu']),
    ...IN_BYTES.flatMap((name) => {
      const [size, path] = [resources[list]?.[name], [...field, list, name]];
      return (
        (name === 'memory' ? tooLittle(size, path, EFFECTS[list]) : undefined) ?? fractionalSize(size, path)
      );
    }),
  ]);
}

/** The effect of too little memory. The default limit is twice the request. */
const EFFECTS = { requests: 'and no process needs so little', limits: 'and no container starts with it' };

/** Up to this number, a number without a unit is probably one of mebibytes: 128Gi. */
const MOST_MEBIBYTES = 2 ** 17;

/** A warning about memory under which no container starts: the runtime itself needs more. */
function tooLittle(size: Size, path: readonly string[], effect: string): FieldDiagnostic[] | undefined {
  const { value } = Quantity.parse(size ?? 0);
  if (value === 0 || value >= MEBIBYTE) return undefined; // Kubernetes reads 0 as no limit
  const message = `${size} is ${value} ${value === 1 ? 'byte' : 'bytes'}, ${effect}`;
  const isLikeMebibytes = /[0-9.]m?$/.test(String(size)) && Number.parseFloat(String(size)) <= MOST_MEBIBYTES;
  const hint = isLikeMebibytes ? adviceOn(String(size), value) : 'write more, such as 128Mi';
  return [{ severity: 'warning', path, message, hint }];
}

/** From this number of CPUs on, a number without a unit is probably one of thousandths. */
const MANY_CPUS = 100;

function tooManyCpus(size: Size, path: readonly string[]): FieldDiagnostic[] {
  if (!/^[0-9]+$/.test(String(size)) || Number(size) < MANY_CPUS) return [];
  const message = `${size} is ${size} CPUs, more than most nodes have`;
  return [{ severity: 'warning', path, message, hint: `write ${size}m for thousandths of a CPU` }];
}

type Size = string | number | null | undefined;

const IN_BYTES = ['memory', 'ephemeral-storage'] as const;

/** A diagnostic about one size that contains a fraction of a byte. */
export function fractionalSize(size: Size, path: readonly string[]): FieldDiagnostic[] {
  if (size === undefined || size === null) return [];
  const { value } = Quantity.parse(size);
  if (Number.isInteger(value)) return [];
  const message = `${size} is ${value} bytes, and Kubernetes warns of a fraction of a byte`;
  return [{ path, message, hint: adviceOn(String(size), value) }];
}

const KIBIBYTE = 2 ** 10;
const MEBIBYTE = 2 ** 20;

function adviceOn(size: string, bytes: number): string {
  const [, number = '', unit = ''] = /^[+]?([0-9.]+)(.*)$/.exec(size) ?? [];
  if (bytes < MEBIBYTE && unit === 'm') return `"m" is a thousandth, write ${number}Mi for mebibytes`;
  if (bytes < MEBIBYTE && unit === '') return `write ${number}Mi for mebibytes`;
  return bytes < MEBIBYTE
    ? `write ${Math.ceil(bytes / KIBIBYTE)}Ki`
    : `write ${Math.ceil(bytes / MEBIBYTE)}Mi`;
}
