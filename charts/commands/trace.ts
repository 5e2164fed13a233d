import { Command, InvalidArgumentError, Option } from 'commander';
import { formatFinding } from '../../src/checks/manifest.js';
import { DNS_1123_LABEL, keeps } from '../../src/kubernetes/text-rules.js';
import { paintFor, type Paint } from '../../src/terminal/paint.js';
import { table } from '../../src/terminal/table.js';
import type { Chain, Port } from '../../src/trace/trace.js';
import type { TraceOf } from '../trace.js';
import { count, outputFolder, report, type Environment, type Finish } from './command.js';

interface TraceFlags {
  readonly output: 'table' | 'json';
  readonly namespace?: string;
  readonly quiet?: true;
}

/** `worker-metrics trace`. */
export function traceCommand(environment: Environment, finish: Finish): Command {
  const folder = outputFolder(environment);
  return new Command('trace')
    .description('follow the metrics of every worker, from the monitor to the application')
    .argument(
      '[file...]',
      'manifests that belong together: YAML or JSON files, folders, - for standard input',
    )
    .addOption(
      new Option('-o, --output <format>', 'how to print').choices(['table', 'json']).default('table'),
    )
    .option(
      '-n, --namespace <name>',
      'namespace of the objects that name none (default: "default")',
      dnsLabel,
    )
    .option('-q, --quiet', 'print only what is broken')
    .addHelpText(
      'after',
      `
Without files: the manifests in ${folder}, those of each environment by themselves.

Exit code: 0 when every chain is whole and nothing else is wrong, else 1.

Examples:
  $ worker-metrics trace
  $ helm template ./chart -n shop | worker-metrics trace - -n shop
  $ kubectl get deploy,service,servicemonitor -n shop -o yaml | worker-metrics trace - --output json`,
    )
    .action(async (files: readonly string[], { output, namespace, quiet }: TraceFlags) => {
      const { traceFiles } = await import('../trace.js');
      const result = await traceFiles({ files, output: folder, namespace, stdin: process.stdin });
      if ('problems' in result) {
        console.error(report(result.problems, 'nothing was traced'));
        finish(1);
        return;
      }
      const isWhole = result.traces.every((trace) => isWholeTrace(trace));
      if (output === 'json') console.log(JSON.stringify(result.traces, null, 2));
      else print(result.traces, quiet === true, paintFor(process.stdout));
      finish(isWhole ? 0 : 1);
    });
}

function dnsLabel(text: string): string {
  if (!keeps(DNS_1123_LABEL, text)) throw new InvalidArgumentError(`Expected ${DNS_1123_LABEL.what}.`);
  return text;
}

function isWholeTrace({ chains, findings }: TraceOf): boolean {
  return findings.length === 0 && chains.every((chain) => chain.isWhole);
}

function print(traces: readonly TraceOf[], quiet: boolean, paint: Paint): void {
  for (const trace of traces.filter((trace) => !quiet || !isWholeTrace(trace))) {
    const chains = trace.chains.filter(({ isWhole }) => !quiet || !isWhole);
    const broken = chains.filter(({ isWhole }) => !isWhole).length;
    console.log(paint('heading', `${trace.of}: ${count(trace.chains.length, 'chain')}, ${broken} broken`));
    if (chains.length > 0)
      console.log(table([HEADINGS, ...chains.map((chain) => row(chain, paint))]).join('\n'));
    if (trace.chains.length === 0) console.log(paint('warning', NOTHING));
    for (const finding of trace.findings) console.log(paint('bad', formatFinding(finding)));
  }
}

const NOTHING =
  'there is no monitor here, no container port named metrics or metrics-#, and no application told a port for each worker';

const HEADINGS = ['', 'MONITOR ENDPOINT', 'SERVICE PORT', 'CONTAINER PORT', 'APPLICATION IS TOLD'];

function row(chain: Chain, paint: Paint): string[] {
  const { monitor, endpoint, service, servicePort, workload, container, containerPort, env } = chain;
  const missing = paint('bad', 'none');
  const behind = chain.isUnseen ? 'not seen: the Service selects no pods' : missing;
  return [
    state(chain, paint),
    monitor === undefined ? missing : `${monitor} ${endpoint?.replace('spec.', '')}`,
    service === undefined ? '-' : [service, portText(servicePort)].filter(Boolean).join(' '),
    containerPort === undefined ? behind : `${workload} ${container} ${portText(containerPort)}`,
    Object.entries(env ?? {})
      .map(([name, value]) => `${name}=${value}`)
      .join(' ') || '-',
  ];
}

function state({ isUnseen, isUndecided, isWhole }: Chain, paint: Paint): string {
  if (isUnseen) return paint('warning', 'unseen');
  if (isUndecided && isWhole) return paint('warning', 'undecided');
  return isWhole ? paint('good', 'ok') : paint('bad', 'broken');
}

/** `metrics-1:5001` */
function portText(port: Port | undefined): string {
  return port === undefined
    ? ''
    : [port.name, String(port.number)].filter((part) => part !== undefined).join(':');
}
