import { formatDiagnostic, formatMessage, placed } from '../src/diagnostics/diagnostic.js';
import { parseValues } from '../src/values/parse-values.js';
import { checkWorkerApp } from '../src/worker-app/check-worker-app.js';
import {
  isScrapedSpec,
  workerAppSpec,
  type ScrapedSpec,
  type WorkerAppSpec,
} from '../src/worker-app/worker-app-spec.js';
import type { WorkerAppProps } from '../src/worker-app/worker-app-props.js';

/** Props of an application that nothing is wrong with, with as many of them changed as a test is about. */
export function shop(changes: Partial<WorkerAppProps> = {}): WorkerAppProps {
  return { name: 'shop', image: 'example/shop:v1', workers: 3, ...changes };
}

/** The same, as what may be no props at all. */
export function shopWith(changes: Readonly<Record<string, unknown>>): WorkerAppProps {
  return shop(changes as Partial<WorkerAppProps>);
}

/** The spec of valid props. */
export function specOf(props: WorkerAppProps): WorkerAppSpec {
  const { app, problems } = checkWorkerApp(props);
  if (problems !== undefined) throw new Error(problems.map(formatMessage).join('\n'));
  return workerAppSpec(app);
}

/** The spec of valid props without `metrics: false`. */
export function scrapedSpecOf(props: WorkerAppProps): ScrapedSpec {
  const spec = specOf(props);
  if (!isScrapedSpec(spec)) throw new Error('metrics is false');
  return spec;
}

/** What is wrong in props, one line a field. */
export function problemsOf(props: unknown): string[] {
  return (checkWorkerApp(props).problems ?? []).map((problem) => formatDiagnostic(placed(problem, {})));
}

/** What is wrong in a values file of this text, one line a problem. */
export function refusalsOf(text: string, file = 'values/shop.yaml'): string[] {
  return parseValues([{ file, text }]).problems.map(formatDiagnostic);
}
