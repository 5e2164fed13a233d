import { matches } from '../../kubernetes/text-formats.js';
import { expected } from '../../diagnostics/expected.js';
import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import { CONFIG_TEXT } from '../../prometheus/config-text.js';
import { PrometheusDuration } from '../../prometheus/prometheus-duration.js';
import { relabelingProblem } from '../../prometheus/relabel-config.js';
import type { Constraint } from '../../schema/constraint.js';
import type { ResolvedWorkerApp } from '../keys/index.js';
import type { WorkerAppProps } from '../worker-app-props.js';
import { graphiteProblems } from './graphite.js';
import { extraEndpoints } from './extra-endpoints.js';
import { whenScraped, type Metrics } from './scraped-app.js';
import { TARGET_LABEL_CONSTRAINTS } from './target-label-constraints.js';

interface Scraped {
  readonly metrics: Metrics;
}

/** The constraints between the keys of `metrics`. */
export const SCRAPING_CONSTRAINTS: readonly Constraint<ResolvedWorkerApp, WorkerAppProps>[] = whenScraped([
  { reads: ['metrics.interval', 'metrics.scrapeTimeout'], problems: scrapeTimeout },
  {
    reads: ['metrics.strategy', 'metrics.exporter', 'metrics.endpoints', 'metrics.workerLabel'],
    problems: onePort,
  },
  { reads: ['metrics.strategy', 'metrics.port', 'metrics.startPort'], problems: portOfStrategy },
  { reads: ['metrics.monitor', 'metrics.service'], problems: metricsService },
  {
    reads: ['metrics.scheme', 'metrics.authorization', 'metrics.exporter', 'metrics.strategy'],
    problems: openHttp,
  },
  { reads: ['metrics.scheme', 'metrics.tls'], problems: tls },
  { reads: ['metrics.graphite', 'metrics.exporter', 'metrics.strategy'], problems: graphiteProblems },
  { reads: ['metrics.path', 'metrics.authorization'], problems: variables },
  ...TARGET_LABEL_CONSTRAINTS,
  { reads: ['metrics.extraEndpoints', 'metrics.monitor'], problems: extraEndpoints },
  { reads: ['metrics.relabelings'], problems: (app) => relabelings(app, 'relabelings') },
  { reads: ['metrics.metricRelabelings'], problems: (app) => relabelings(app, 'metricRelabelings') },
]);

/** Checks the texts of relabeling and labels, each at its own key. */
function variables({ metrics }: Scraped): FieldDiagnostic[] {
  const texts = [
    { path: ['metrics', 'path'], text: metrics.path },
    { path: ['metrics', 'authorization', 'type'], text: metrics.authorization?.type },
  ];
  return texts
    .filter(({ text = '' }) => !matches(CONFIG_TEXT, text))
    .map(({ path, text }) => ({ path, message: expected(CONFIG_TEXT.what, text) }));
}

function scrapeTimeout({ metrics: { scrapeTimeout, interval } }: Scraped): FieldDiagnostic[] {
  if (scrapeTimeout === undefined) return [];
  if (!PrometheusDuration.parse(scrapeTimeout).isLongerThan(PrometheusDuration.parse(interval))) return [];
  const message = `${scrapeTimeout} is above metrics.interval ${interval}, which the operator refuses`;
  const hint = `lower it to ${interval} or below`;
  return [{ path: ['metrics', 'scrapeTimeout'], message, hint }];
}

const SERVED_BY = {
  multiprocess: ['app', "gunicorn's master serves the metrics", 'set gunicorn, or remove it'],
  aggregated: ['gunicorn', 'the application serves the metrics', 'set app, or remove it'],
} as const;

function onePort({ metrics }: Scraped): FieldDiagnostic[] {
  const { strategy } = metrics;
  if (strategy === 'port-per-worker') return [];
  const [exporter, who, remedy] = SERVED_BY[strategy];
  const refused: Partial<Record<keyof typeof metrics, Omit<FieldDiagnostic, 'path'>>> = {
    ...(metrics.exporter === exporter && {
      exporter: { message: `with metrics.strategy: ${strategy} ${who}`, hint: remedy },
    }),
    ...(metrics.endpoints === 'single' && {
      endpoints: {
        message: `with metrics.strategy: ${strategy} there is only one port`,
        hint: 'remove it',
      },
    }),
    ...(metrics.workerLabel && {
      workerLabel: {
        message: `with metrics.strategy: ${strategy} the metrics are sums over all workers`,
        hint: 'remove it',
      },
    }),
  };
  return Object.entries(refused).map(([field, problem]) => ({ path: ['metrics', field], ...problem }));
}

/** Each strategy has one key for its ports. */
function portOfStrategy({ metrics: { strategy } }: Scraped, { metrics }: WorkerAppProps): FieldDiagnostic[] {
  const { port, startPort } = metrics || {};
  if (strategy === 'aggregated')
    return startPort === undefined
      ? []
      : [
          {
            path: ['metrics', 'startPort'],
            message: 'with metrics.strategy: aggregated the application has one port for the metrics',
            hint: 'set metrics.port instead (in an environment, add startPort: null)',
          },
        ];
  if (port === undefined) return [];
  const message = `with metrics.strategy: ${strategy} the ports begin at metrics.startPort`;
  const hint =
    'set that, or metrics.strategy to aggregated if the application serves the sums of its workers';
  return [{ path: ['metrics', 'port'], message, hint }];
}

function metricsService({ metrics: { monitor, service } }: Scraped): FieldDiagnostic[] {
  if (monitor !== 'PodMonitor' || service !== 'headless') return [];
  const message = 'a PodMonitor finds the pods without a Service';
  const hint = 'remove it, or set metrics.monitor to ServiceMonitor';
  return [{ path: ['metrics', 'service'], message, hint }];
}

function openHttp({ metrics: { exporter, scheme, authorization } }: Scraped): FieldDiagnostic[] {
  if (exporter === 'app') return [];
  const refused = {
    ...(scheme === 'https' && { scheme: 'over plain HTTP' }),
    ...(authorization !== undefined && { authorization: 'without a check of credentials' }),
  };
  return Object.entries(refused).map(([field, how]) => ({
    path: ['metrics', field],
    message: `our gunicorn config serves metrics ${how}`,
    hint: 'remove it, or set metrics.exporter to app',
  }));
}

function tls({ metrics }: Scraped): FieldDiagnostic[] {
  if (metrics.tls === undefined) return [];
  const { cert, key } = metrics.tls;
  if (metrics.scheme !== 'https') {
    return [
      {
        path: ['metrics', 'tls'],
        message: 'has no effect over plain HTTP',
        hint: 'set metrics.scheme to https, or remove it',
      },
    ];
  }
  if ((cert === undefined) === (key === undefined)) return [];
  const [given, other] = cert === undefined ? ['key', 'cert'] : ['cert', 'key'];
  const message = 'a certificate needs its key, and a key its certificate';
  const hint = `set metrics.tls.${other} too, or remove metrics.tls.${given}`;
  return [{ path: ['metrics', 'tls', given], message, hint }];
}

function relabelings({ metrics }: Scraped, field: 'relabelings' | 'metricRelabelings'): FieldDiagnostic[] {
  return (metrics[field] ?? []).flatMap((step, i) => {
    const problem = relabelingProblem(step);
    return problem === undefined ? [] : [{ path: ['metrics', field, i], ...problem }];
  });
}
