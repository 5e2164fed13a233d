import type { FieldDiagnostic } from '../diagnostics/diagnostic.js';
import { secondsToEnd } from './gunicorn/gunicorn-part.js';
import type { WorkerAppSpec } from './worker-app-spec.js';

/** Warnings and notes about the pods of a valid WorkerApp. */
export function podNotes(spec: WorkerAppSpec): FieldDiagnostic[] {
  return [...gracePeriod(spec), ...scrapedTwice(spec)];
}

/** gunicorn must be able to end its workers before Kubernetes kills it. */
function gracePeriod({ gunicorn, terminationGracePeriodSeconds: given }: WorkerAppSpec): FieldDiagnostic[] {
  if (gunicorn === undefined || given === undefined) return [];
  const needed = secondsToEnd(gunicorn);
  if (given >= needed) return [];
  return [
    {
      severity: 'warning',
      path: ['terminationGracePeriodSeconds'],
      message: `gunicorn needs ${needed} seconds to end: preStop, and gunicorn.gracefulTimeout; after ${given} seconds Kubernetes kills it, and requests are lost`,
      hint: `raise it to ${needed}, or lower gunicorn.gracefulTimeout`,
    },
  ];
}

/** Annotations by which a Prometheus with a job for annotated pods or Services scrapes them. */
function scrapedTwice({ podAnnotations, service, annotations, ports }: WorkerAppSpec): FieldDiagnostic[] {
  const annotated = [
    { path: ['podAnnotations'], on: 'pods', given: podAnnotations },
    { path: ['service', 'annotations'], on: 'Services', given: service?.annotations },
    { path: ['annotations'], on: 'Services', given: annotations },
  ];
  if (ports.count === 0) return [];
  return annotated.flatMap(({ path, on, given }): FieldDiagnostic[] => {
    if (given?.['prometheus.io/scrape'] !== 'true') return [];
    const port = given['prometheus.io/port'];
    const isOurs = port === undefined || ports.map(({ number }) => String(number)).includes(port);
    if (!isOurs) return [];
    return [
      {
        severity: 'warning',
        path: [...path, 'prometheus.io/scrape'],
        message: `a Prometheus that scrapes annotated ${on} scrapes the workers a second time`,
        hint: 'remove it, or set prometheus.io/port to a port that is no metrics port',
        inKey: true,
      },
    ];
  });
}
