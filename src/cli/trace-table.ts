import type { Chain, Port } from '../checks/trace/chain.js';
import { foldChains, rangeOf, type FoldedChains } from '../checks/trace/fold-chains.js';
import type { Paint } from './terminal/paint.js';
import { table } from './terminal/table.js';

const HEADINGS = ['STATE', 'MONITOR ENDPOINT', 'SERVICE PORT', 'CONTAINER PORT', 'VARIABLES'];

interface Printing {
  /** Whether each chain has its own line. */
  readonly verbose: boolean;
  readonly paint: Paint;
  /** Width of the terminal, if the output is one. */
  readonly columns: number | undefined;
}

/** The chains as a table. Unless it is verbose, whole chains that differ only in their numbers share a line. */
export function chainTable(chains: readonly Chain[], { verbose, paint, columns }: Printing): string[] {
  const lines = verbose ? chains.map((chain): Line => [[chain]]) : sharedLines(chains);
  return table(
    HEADINGS,
    lines.map((line) => row(line, paint)),
    columns,
  );
}

/** The chains in one line of the table; the numbers of each item are consecutive. */
type Line = readonly [FoldedChains, ...FoldedChains[]];

function sharedLines(chains: readonly Chain[]): Line[] {
  const lines = new Map<unknown, [FoldedChains, ...FoldedChains[]]>();
  for (const folded of foldChains(chains)) {
    const [first] = folded;
    for (const each of first.isWhole ? [folded] : folded.map((chain): FoldedChains => [chain])) {
      const key = first.isWhole ? withoutNumbers(first) : each;
      const line = lines.get(key);
      if (line === undefined) lines.set(key, [each]);
      else line.push(each);
    }
  }
  return [...lines.values()];
}

/** Equal for chains whose lines differ only in the numbers of endpoints and ports. */
function withoutNumbers({ endpoint = '', servicePort, containerPort, ...others }: Chain): string {
  const numbered = [endpoint, portText(servicePort), portText(containerPort)];
  return JSON.stringify([numbered.map((text) => text.replaceAll(/[0-9]+/g, '#')), others]);
}

function row(line: Line, paint: Paint): string[] {
  const [[chain]] = line;
  const { monitor, service, workload, container, containerPort, env = {} } = chain;
  const missing = paint('bad', 'none');
  const behind = chain.isUnseen ? `not seen: ${chain.reason}` : missing;
  const endpoints = ranges(line, ({ endpoint = '' }) => [endpoint.replace('spec.', '')]);
  return [
    state(chain, paint),
    monitor === undefined ? missing : `${monitor} ${endpoints || missing}`,
    service === undefined
      ? '-'
      : joined(
          service,
          portRanges(line, ({ servicePort }) => servicePort),
        ),
    joined(workload, container, containerPort ? portRanges(line, (each) => each.containerPort) : behind),
    joined(...Object.entries(env).map(([name, value]) => `${name}=${value}`)) || '-',
  ];
}

function state({ isUnseen, isUndecided, isWhole }: Chain, paint: Paint): string {
  if (isUnseen) return paint('warning', 'unseen');
  if (isUndecided && isWhole) return paint('warning', 'undecided');
  return isWhole ? paint('good', 'ok') : paint('bad', 'broken');
}

/** `metrics-1…3:5001…5003, metrics-5:5005` */
function portRanges(line: Line, portOf: (chain: Chain) => Port | undefined): string {
  return ranges(line, (chain) => portParts(portOf(chain)));
}

/** Each range once; its parts are joined by ":". */
function ranges(line: Line, partsOf: (chain: Chain) => readonly string[]): string {
  const texts = line.map((folded) => {
    const last = partsOf(folded.at(-1) ?? folded[0]);
    return partsOf(folded[0])
      .map((part, i) => rangeOf(part, last[i] ?? part))
      .join(':');
  });
  return [...new Set(texts)].join(', ');
}

/** `metrics-1:5001` */
function portText(port: Port | undefined): string {
  return portParts(port).join(':');
}

function portParts(port: Port | undefined): string[] {
  return port === undefined ? [] : [...(port.name === undefined ? [] : [port.name]), String(port.number)];
}

function joined(...parts: readonly (string | undefined)[]): string {
  return parts.filter(Boolean).join(' ');
}
