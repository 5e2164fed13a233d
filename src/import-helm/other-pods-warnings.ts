import { type Diagnostic, type Place, warningAt } from '../diagnostics/diagnostic.js';
import { SCRAPED_ELSEWHERE } from '../kubernetes/scraped-elsewhere.js';
import { lostRights } from './carry/carry-migrate.js';
import { leftOut } from './carry/carry-others.js';
import { serviceOf } from './carry/carry-processes.js';
import { hasUnscrapedPorts } from './carry/unscraped-ports.js';
import type { Draft } from './draft.js';
import type { Release } from './release.js';
import { placeOfObject } from './release-object.js';

/** The migration of a hook. It runs at another time than the hook did. */
export function hookBecomesMigrate(draft: Draft, release: Release): Diagnostic[] {
  const place = draft.placeOf(['migrate']);
  if (draft.at('migrate') === undefined || place === undefined) return [];
  const { file, line, object } = place;
  const at: Place = { file, line, object };
  if (draft.at('migrate', 'run') === 'initContainer')
    return [
      warningAt(
        at,
        'the hook becomes migrate.run: initContainer, so each web pod migrates before it starts; a Job would not run again when the image changes under its name',
        'write a tag that stays, or a digest, and remove run',
      ),
      ...lostRights(release).map((field) =>
        warningAt(
          at,
          `its pods have another ${field} than the web pods, and the migration now has that of the web pods`,
          'check its rights; as a Job, migrate can have its own',
        ),
      ),
    ];
  if (draft.at('migrate', 'check') === false)
    return [
      warningAt(
        at,
        'the hook becomes migrate, and new pods do not wait for it',
        'set migrate.check to a command that succeeds when the database is migrated',
      ),
    ];
  const message = 'the hook becomes migrate, a Job of its own: new pods wait until the database is migrated';
  return [{ severity: 'note', ...at, message }];
}

/** Celery workers with the environment of the web pods: nothing scrapes the ports that it names. */
export function unscrapedPorts(release: Release): Diagnostic[] {
  return release.others
    .filter((object) => leftOut(object) !== 'test' && hasUnscrapedPorts(object, release))
    .map((object) =>
      warningAt(
        placeOfObject(object),
        'METRICS_START_PORT and WEB_CONCURRENCY give its workers metrics ports, which no monitor of the chart scrapes',
        `the annotation ${SCRAPED_ELSEWHERE.join(': ')} keeps that, or remove METRICS_START_PORT if its program does not need it`,
      ),
    );
}

/** Deployments that stay as they are, because a Service leads to them. */
export function servedDeployments(release: Release): Diagnostic[] {
  return release.others.flatMap((object): Diagnostic[] => {
    const service = leftOut(object) === undefined ? serviceOf(object, release) : undefined;
    if (service === undefined) return [];
    const message = `stays in objects, and is no process: ${service.title} leads to its pods`;
    return [{ severity: 'note', ...placeOfObject(object), message }];
  });
}
