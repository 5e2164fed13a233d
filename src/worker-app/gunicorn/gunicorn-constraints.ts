import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import type { Constraint } from '../../schema/constraint.js';
import { optionsIn } from '../../servers/server-options.js';
import { splitWords } from '../../servers/words.js';
import { replacesConfig, withoutWorkerPorts } from '../server/server-messages.js';
import type { ResolvedWorkerApp } from '../keys/index.js';
import { opensWorkerPorts } from '../scraping/scraped-app.js';

/** The constraints between gunicorn's options and the metrics ports. */
export const GUNICORN_CONSTRAINTS: readonly Constraint<ResolvedWorkerApp>[] = [
  {
    reads: ['env.GUNICORN_CMD_ARGS', 'metrics.exporter', 'metrics.strategy', 'gunicorn'],
    problems: gunicornArgs,
  },
  { reads: ['gunicorn'], problems: jitter },
];

function gunicornArgs(app: ResolvedWorkerApp): FieldDiagnostic[] {
  const { env = {}, metrics, gunicorn } = app;
  const args = Object.hasOwn(env, 'GUNICORN_CMD_ARGS') ? env['GUNICORN_CMD_ARGS'] : undefined;
  const problem = (found: Omit<FieldDiagnostic, 'path'>): FieldDiagnostic[] => [
    { path: ['env', 'GUNICORN_CMD_ARGS'], ...found },
  ];
  const configured = gunicorn !== undefined;
  if (args !== undefined && typeof args !== 'string') {
    return configured
      ? problem({ message: 'must be text, because --config with our gunicorn config is written before it' })
      : [];
  }
  const given = optionsIn('gunicorn', splitWords(args ?? ''));
  const [workers, preload, config] = [given.workers?.at(-1), given.preload?.at(-1), given.config?.at(-1)];
  if (workers !== undefined) {
    return problem({
      message: `${workers.inWords} would make the number of workers differ from ${metrics === false ? 'workers' : 'the number of metrics ports'}`,
      hint: 'remove it and set workers',
    });
  }
  if (preload !== undefined && opensWorkerPorts(app)) {
    return problem(withoutWorkerPorts(preload.inWords));
  }
  if (config !== undefined && configured) {
    return problem(replacesConfig(config.inWords));
  }
  return [];
}

function jitter({ gunicorn }: ResolvedWorkerApp): FieldDiagnostic[] {
  if (gunicorn?.maxRequestsJitter === undefined || gunicorn.maxRequests !== undefined) return [];
  const message = 'has no effect without gunicorn.maxRequests';
  const hint = 'set gunicorn.maxRequests, or remove gunicorn.maxRequestsJitter';
  return [{ path: ['gunicorn', 'maxRequestsJitter'], message, hint }];
}
