import { HOST, known, type PartlyKnown } from '../../prometheus/partly-known.js';
import { ADDRESS, simulateRelabeling, type Labels } from '../../prometheus/simulate-relabeling.js';
import { targetAt } from '../cluster/discovery.js';
import type { Scrape } from './scrape-path.js';
import { labelsOf, type Target } from './target-labels.js';

/** The result of relabelling a target. */
export type Relabeled =
  | { readonly result: 'kept' | 'undecided'; readonly scrape: Scrape }
  | { readonly result: 'dropped'; readonly step: number | undefined; readonly labels: Labels };

/** Applies the endpoint's relabelling to a target. */
export function relabeled(target: Target): Relabeled {
  const { relabelings } = target.endpoint;
  const labels = labelsOf(target);
  if (relabelings.length === 0)
    return { result: 'kept', scrape: { page: pageOf(target, labels), ...target } };
  const outcome = simulateRelabeling(relabelings, labels);
  if (outcome.result === 'dropped') return outcome;
  const page = pageOf(target, outcome.labels);
  const address = outcome.labels(ADDRESS);
  if (address === labels(ADDRESS)) return { result: outcome.result, scrape: { page, ...target } };
  const port = portOfPod(address);
  return port === undefined
    ? { result: 'undecided', scrape: { page, ...target } }
    : { result: outcome.result, scrape: { ...target, ...portNumbered(port, target), page } };
}

/** Returns the port of an address that is on the target's pod; undefined for other addresses. */
function portOfPod(address: PartlyKnown): number | undefined {
  const [host, rest, ...others] = address;
  if (host !== HOST || others.length > 0 || typeof rest !== 'string') return undefined;
  return /^:[0-9]+$/.test(rest) ? Number(rest.slice(1)) : undefined;
}

function portNumbered(
  number: number,
  { workload, port, container }: Target,
): Pick<Scrape, 'port' | 'container'> {
  if (port.number === number) return { port, container };
  return targetAt(workload, number);
}

/** Returns the path and parameters of the request; undefined if they depend on values of the running cluster. */
function pageOf({ endpoint }: Target, labels: Labels): string | undefined {
  const { params, relabelings } = endpoint;
  const writtenParams = relabelings.flatMap(
    ({ targetLabel = '' }) => /^__param_(.+)$/.exec(targetLabel)?.[1] ?? [],
  );
  const names = [...new Set([...Object.keys(params), ...writtenParams])].toSorted();
  const path = known(labels('__metrics_path__'));
  const values = names.map((name) => known(labels(`__param_${name}`)));
  if (path === undefined || values.includes(undefined)) return undefined;
  // A label contains only the first value of a parameter; relabelling cannot change the others.
  const query = names.flatMap((name, i) => {
    const all = [values[i] ?? '', ...(params[name] ?? []).slice(1)];
    return all.join('') === '' ? [] : [`${name}=${all.join(',')}`];
  });
  return `/${path.replace(/^\//, '')}${query.length === 0 ? '' : `?${query.join('&')}`}`;
}
