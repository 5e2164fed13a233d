import type { FieldRule } from '../fields/field-rules.js';
import type { FieldProblem } from '../problems/problem.js';
import { defaultExporter } from '../scraping/scraping.js';
import { SCRAPING_DEFAULTS } from '../scraping/scraping-defaults.js';
import { gunicornOptionsIn } from './gunicorn-args.js';
import { isGunicornConfigured } from './gunicorn-spec.js';
import type { WorkerAppProps } from './worker-app-props.js';

/** What the values say of gunicorn fits what the manifests promise. */
export const GUNICORN_RULES: readonly FieldRule<WorkerAppProps>[] = [
  {
    reads: ['env.GUNICORN_CMD_ARGS', 'metrics.exporter', 'metrics.strategy', 'gunicorn'],
    problems: gunicornArgs,
  },
  { reads: ['gunicorn'], problems: jitter },
];

function gunicornArgs(props: WorkerAppProps): FieldProblem[] {
  const { env = {}, metrics = {}, gunicorn } = props;
  const args = Object.hasOwn(env, 'GUNICORN_CMD_ARGS') ? env['GUNICORN_CMD_ARGS'] : undefined;
  const problem = (message: string): FieldProblem[] => [{ path: ['env', 'GUNICORN_CMD_ARGS'], message }];
  const { strategy = SCRAPING_DEFAULTS.strategy } = metrics;
  const { exporter = defaultExporter(strategy) } = metrics;
  const configured = isGunicornConfigured(exporter, gunicorn);
  if (args !== undefined && typeof args !== 'string') {
    return configured
      ? problem('must be text here, as --config of our gunicorn configuration is put before it')
      : [];
  }
  const given = gunicornOptionsIn(args ?? '');
  if (given.workers !== undefined) {
    return problem(
      `${given.workers} would part the number of workers from that of metrics ports; remove it and set workers`,
    );
  }
  if (given.preload !== undefined && exporter !== 'gunicorn') {
    return problem(
      `${given.preload} would leave workers without a metrics port; remove it, or set metrics.exporter to gunicorn`,
    );
  }
  if (given.config !== undefined && configured) {
    return problem(
      `${given.config} would replace our gunicorn configuration; remove it, and name that file in env.IMAGE_GUNICORN_CONFIG, which ours reads first`,
    );
  }
  return [];
}

function jitter({ gunicorn }: WorkerAppProps): FieldProblem[] {
  if (gunicorn?.maxRequestsJitter === undefined || gunicorn.maxRequests !== undefined) return [];
  const message =
    'without gunicorn.maxRequests no worker is replaced; set that, or remove gunicorn.maxRequestsJitter';
  return [{ path: ['gunicorn', 'maxRequestsJitter'], message }];
}
