import { inspect, inspectName } from '../diagnostics/expected.js';
import { containsPassword, isSecret } from '../diagnostics/secrets.js';
import { scalarText } from '../diagnostics/scalar-text.js';
import type { Diagnostic, Place } from '../diagnostics/diagnostic.js';
import { SCRAPED_ELSEWHERE } from '../kubernetes/scraped-elsewhere.js';
import type { YamlDocument } from '../yaml/yaml-document.js';
import { lostRights } from './carry/carry-migrate.js';
import { leftOut } from './carry/carry-others.js';
import { hasUnscrapedPorts } from './carry/unscraped-ports.js';
import type { Draft } from './draft.js';
import { placeOfObject, type Release } from './release.js';
import type { ImportFacts } from './facts.js';
import { chartNames } from './helm-create/chart-names.js';
import { monitorOff } from './helm-create/render-monitor.js';
import type { HelmPath, HelmValues } from './helm-create/helm-values.js';
import { templatesIn, WRITE_THE_VALUE } from './helm-create/template-texts.js';
import { CONFIG } from './helm-create/render-env.js';

/** Helm values, and where each is written. */
interface ValuesFile {
  readonly helm: HelmValues;
  readonly facts: ImportFacts;
  readonly document: YamlDocument;
  placeOf(path?: HelmPath): Place;
}

/** Warnings about values that are carried over, which the user should check. */
export function importWarnings(draft: Draft, release: Release, file?: ValuesFile): Diagnostic[] {
  return [
    ...passwordsInPlain(draft),
    ...hookBecomesMigrate(draft, release),
    ...unscrapedPorts(release),
    ...(file === undefined
      ? withoutMetrics(draft, release, placeOfObject(release.deployment))
      : [
          ...otherReadings(file),
          ...templates(draft),
          ...withoutMonitor(file, draft, release),
          ...otherDeployment(file, draft),
        ]),
  ];
}

/** The migration of a hook. It runs at another time than the hook did. */
function hookBecomesMigrate(draft: Draft, release: Release): Diagnostic[] {
  const place = draft.placeOf(['migrate']);
  if (draft.at('migrate') === undefined || place === undefined) return [];
  const { file, line, object } = place;
  const at: Place = { file, line, object };
  if (draft.at('migrate', 'run') === 'initContainer')
    return [
      warning(
        at,
        'the hook becomes migrate.run: initContainer, so each web pod migrates before it starts; a Job would not run again when the image changes under its name',
        'write a tag that stays, or a digest, and remove run',
      ),
      ...lostRights(release).map((field) =>
        warning(
          at,
          `its pods have another ${field} than the web pods, and the migration now has that of the web pods`,
          'check its rights; as a Job, migrate can have its own',
        ),
      ),
    ];
  if (draft.at('migrate', 'check') === false)
    return [
      warning(
        at,
        'the hook becomes migrate, and new pods do not wait for it',
        'set migrate.check to a command that succeeds when the database is migrated',
      ),
    ];
  const message = 'the hook becomes migrate, a Job of its own: new pods wait until the database is migrated';
  return [{ severity: 'note', ...at, message }];
}

/** Celery workers with the environment of the web pods: nothing scrapes the ports that it names. */
function unscrapedPorts(release: Release): Diagnostic[] {
  return release.others
    .filter((object) => leftOut(object) !== 'test' && hasUnscrapedPorts(object, release))
    .map((object) => {
      const { file, line } = object.placeOf([]);
      return warning(
        { file, line, object: object.title },
        'METRICS_START_PORT and WEB_CONCURRENCY give its workers metrics ports, which no monitor of the chart scrapes',
        `the annotation ${SCRAPED_ELSEWHERE.join(': ')} keeps that; remove METRICS_START_PORT if its program does not need it`,
      );
    });
}

function passwordsInPlain(draft: Draft): Diagnostic[] {
  return draft.under('env').flatMap(({ name, from }) => {
    const value = draft.at('env', name);
    if (typeof value !== 'string') return [];
    if (!containsPassword(value) && (!isSecret(name, value) || /^[0-9]+$/.test(value))) return [];
    const place = from.object.placeOf(from.path);
    return [warning(place, 'looks like a password, and is readable here', intoASecret(name))];
  });
}

/** Advice to keep a variable in a Secret. */
export function intoASecret(name: string): string {
  return `put it in a Secret, and set env: { ${inspectName(name)}: { secret: …, key: … } }`;
}

function warning(place: Place, message: string, hint?: string): Diagnostic {
  return { severity: 'warning', ...place, message, ...(hint !== undefined && { hint }) };
}

/** Helm reads YAML 1.1: it reads some texts without quotes as numbers or booleans. */
function otherReadings({ helm, document, placeOf }: ValuesFile): Diagnostic[] {
  const config = helm.peek(CONFIG);
  const variables = typeof config === 'object' && config !== null ? Object.keys(config) : [];
  const paths: HelmPath[] = [...variables.map((name) => [...CONFIG, name]), ['image', 'tag']];
  return paths.flatMap((path) => {
    const [value, written] = [helm.peek(path), document.plainAt(path)];
    if (written === undefined || typeof value === 'object' || String(value) === written) return [];
    const message = `Helm reads ${inspectName(written)} as ${inspectName(String(value))}, which is carried over`;
    return [warning(placeOf(path), message, `if you mean ${inspect(written)}, write that`)];
  });
}

/** Values that are templates for `tpl`: they are carried over as they are written. */
function templates(draft: Draft): Diagnostic[] {
  return templatesIn(draft.values).flatMap((path) => {
    const place = draft.placeOf(path);
    return place === undefined
      ? []
      : [warning(place, 'a template of Helm, carried over as text', WRITE_THE_VALUE)];
  });
}

/** No Prometheus scrapes the application. */
function withoutMetrics({ values }: Draft, { monitor }: Release, place: Place): Diagnostic[] {
  if (values['metrics'] !== false) return [];
  const [message, hint] =
    monitor === undefined
      ? ['the chart makes no monitor', 'remove that to have each worker scraped']
      : [
          `${monitor.object.title} does not scrape the port of the application alone`,
          'set metrics, or keep that monitor in objects',
        ];
  return [warning(place, `${message}, and metrics: false is written`, hint)];
}

/** With METRICS_START_PORT the chart has metrics ports, whether or not it makes a monitor. */
function withoutMonitor({ helm, placeOf }: ValuesFile, draft: Draft, release: Release): Diagnostic[] {
  const path = monitorOff(helm);
  if (draft.values['metrics'] === false) return withoutMetrics(draft, release, placeOf(path));
  if (path === undefined) return [];
  const message =
    'the chart makes no monitor, and these values make one for the metrics ports of the workers';
  return [warning(placeOf(path), message, 'for neither, write metrics: false')];
}

/** Warns if the Deployment of `helm create` has another name than ours. */
function otherDeployment({ helm, facts, placeOf }: ValuesFile, { values }: Draft): Diagnostic[] {
  const { instance, chart } = facts;
  const text = (key: string) => {
    const value = helm.valueAt([key]);
    return value === undefined ? undefined : scalarText(value);
  };
  const [name, fullnameOverride] = [String(values['name']), text('fullnameOverride')];
  const chartName = text('nameOverride') ?? chart?.name;
  if (chartName === undefined || text('name') !== undefined) return [];
  if (instance === undefined)
    return fullnameOverride === undefined
      ? [
          warning(
            placeOf(),
            'the name of the release is unknown, and helm create names objects after it',
            'set --instance',
          ),
        ]
      : [];
  const { fullname } = chartNames({ chart: chartName, release: instance, fullnameOverride });
  if (fullname === name) return [];
  const message = `helm create names the Deployment ${inspectName(fullname)}`;
  return [
    warning(
      placeOf(),
      message,
      `ours, ${name}, would be added beside it: omit --name, or delete the old one`,
    ),
  ];
}
