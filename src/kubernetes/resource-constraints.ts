import type { FieldDiagnostic, Message } from '../diagnostics/diagnostic.js';
import { formatPath } from '../diagnostics/field-path.js';
import { hugePagesAlone, isHugePages, partOfPage } from './huge-pages.js';
import { Quantity } from './quantity.js';
import type { ResourceQuantities, Resources } from './resources.js';

/**
 * Problems of resources that the API server or the kubelet refuses. Each amount is already a valid quantity.
 * @param field path of the resources
 */
export function resourceProblems(
  resources: Resources | null | undefined,
  field: readonly string[] = ['resources'],
): FieldDiagnostic[] {
  if (resources === undefined || resources === null) return [];
  const { requests, limits } = resources;
  const limitOf = new Map(amounts(limits));
  return [
    ...amounts(requests).flatMap(([name, request]) => {
      const problem = requestProblem(name, request, limitOf.get(name), field);
      return problem === undefined ? [] : [{ path: [...field, 'requests', name], ...problem }];
    }),
    ...amountProblems(requests, [...field, 'requests']),
    ...amountProblems(limits, [...field, 'limits']),
    ...hugePagesAlone(resources, field),
  ];
}

function requestProblem(
  name: string,
  request: Amount,
  limit: Amount | undefined,
  field: readonly string[],
): Message | undefined {
  const limitField = () => `${formatPath(field)}.limits.${name}`;
  const lentOnce = isExtended(name) ? 'a device is' : isHugePages(name) ? 'huge pages are' : undefined;
  if (lentOnce !== undefined && (limit === undefined || valueOf(limit) !== valueOf(request)))
    return {
      message: `${lentOnce} never overcommitted: the limit must equal the request`,
      hint: `set ${limitField()} to ${request}`,
    };
  if (limit === undefined || valueOf(request) <= valueOf(limit)) return undefined;
  return {
    message: `the request of ${request} is above the limit of ${limit}`,
    hint: `lower it, or raise ${limitField()}`,
  };
}

function amountProblems(
  given: ResourceQuantities | null | undefined,
  field: readonly string[],
): FieldDiagnostic[] {
  return amounts(given).flatMap(([name, amount]) => {
    const problem = amountProblem(name, amount);
    return problem === undefined ? [] : [{ path: [...field, name], ...problem }];
  });
}

function amountProblem(name: string, amount: Amount): Message | undefined {
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
function amounts(given: ResourceQuantities | null = {}): [string, Amount][] {
  return Object.entries(given ?? {}).filter((entry): entry is [string, Amount] => entry[1] !== null);
}

function valueOf(amount: Amount): number {
  return Quantity.parse(amount).value;
}
