import type { Chain } from '../checks/trace/chain.js';

/**
 * Joins the two ends of a cut path, so that one row shows both: an endpoint that reaches no container, and a container port
 * of the same name or number that nothing scrapes.
 * @param portOf the port that the endpoint of a chain names
 */
export function joinChains(chains: readonly Chain[], portOf: (chain: Chain) => unknown): Chain[] {
  const lost = chains.filter(
    ({ monitor, workload, isWhole }) => !isWhole && monitor && workload === undefined,
  );
  const joined = new Set<Chain>();
  const all = chains.map((chain) => {
    const start = isUnscraped(chain)
      ? lost.find((one) => !joined.has(one) && leadsTo(one, chain, portOf))
      : undefined;
    if (start === undefined) return chain;
    joined.add(start);
    return { ...chain, ...start };
  });
  return all.filter((chain) => !joined.has(chain));
}

function isUnscraped({ monitor, containerPort, isWhole }: Chain): boolean {
  return !isWhole && monitor === undefined && containerPort !== undefined;
}

function leadsTo(start: Chain, { containerPort }: Chain, portOf: (chain: Chain) => unknown): boolean {
  const wanted = new Set([start.servicePort?.name, start.servicePort?.number, portOf(start)]);
  return [containerPort?.name, containerPort?.number].some((port) => port !== undefined && wanted.has(port));
}
