import type { FieldDiagnostic } from '../diagnostics/diagnostic.js';
import { formatPath } from '../diagnostics/field-path.js';
import { hugePagesAlone, isHugePages, partOfPage } from './huge-pages.js';
import { Quantity } from './quantity.js';
import type { Resources } from './resources.js';

/**
 * Problems of resources that the API server or the kubelet refuses. Each amount is already a valid quantity.
 * @param field path of the resources
 */
export function resourceProblems(
  resources: Resources | null | undefined,
  field: readonly string[] = ['resources'],
): FieldDiagnostic[] {
  const [requests, limits] = [amounts(resources?.requests), amounts(resources?.limits)];
  return [
    ...requests.flatMap(([name, request]) => {
      const [, limit] = limits.find(([other]) => other === name) ?? [];
      return requestProblems(field, name, request, limit);
    }),
    ...[
      ...requests.map((amount) => ['requests', ...amount] as const),
      ...limits.map((amount) => ['limits', ...amount] as const),
    ].flatMap(([list, name, amount]) => {
      const problem = amountProblem(name, amount);
      return problem === undefined ? [] : [{ path: [...field, list, name], ...problem }];
    }),
    ...hugePagesAlone(resources ?? {}, field),
  ];
}

function requestProblems(
  field: readonly string[],
  name: string,
  request: Amount,
  limit: Amount | undefined,
): FieldDiagnostic[] {
  const path = [...field, 'requests', name];
  const limitField = `${formatPath(field)}.limits.${name}`;
  const lentOnce = isExtended(name) ? 'a device is' : isHugePages(name) ? 'huge pages are' : undefined;
  if (lentOnce !== undefined && (limit === undefined || valueOf(limit) !== valueOf(request))) {
    const message = `${lentOnce} never overcommitted: the limit must equal the request`;
    const hint = `set ${limitField} to ${request}`;
    return [{ path, message, hint }];
  }
  if (limit === undefined || valueOf(request) <= valueOf(limit)) return [];
  const message = `the request of ${request} is above the limit of ${limit}`;
  const hint = `lower it, or raise ${limitField}`;
  return [{ path, message, hint }];
}

function amountProblem(name: string, amount: Amount): Omit<FieldDiagnostic, 'path'> | undefined {
  if (isExtended(name))
    return Number.isInteger(valueOf(amount))
      ? undefined
      : { message: `expected a whole number, got ${amount}` };
  return isHugePages(name) ? partOfPage(name, amount) : undefined;
}

/**
 * Whether a resource is a vendor's, such as a device: its name has a domain (k8s.io/kubernetes
 * IsExtendedResourceName).
 */
function isExtended(name: string): boolean {
  return name.includes('/') && !/(^|\.)kubernetes\.io\//.test(name);
}

type Amount = string | number;

/** The amounts that are not removed by null. */
function amounts(given: Readonly<Record<string, Amount | null>> | null = {}): [string, Amount][] {
  return Object.entries(given ?? {}).filter((entry): entry is [string, Amount] => entry[1] !== null);
}

function valueOf(amount: Amount): number {
  return Quantity.parse(amount).value;
}
