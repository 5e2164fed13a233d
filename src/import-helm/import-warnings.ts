import { inspect, inspectName } from '../diagnostics/expected.js';
import { isPassword } from '../diagnostics/plain-passwords.js';
import { scalarText } from '../diagnostics/scalar-text.js';
import { type Diagnostic, type Place, warningAt } from '../diagnostics/diagnostic.js';
import type { FieldPath } from '../diagnostics/field-path.js';
import type { YamlDocument } from '../yaml/yaml-document.js';
import type { Draft } from './draft.js';
import { nameOf as nameOfManifest } from '../kubernetes/manifest.js';
import { restOfMonitor } from './carry/rest-of-monitor.js';
import { hookBecomesMigrate, servedDeployments, unscrapedPorts } from './other-pods-warnings.js';
import { carriedObjects, type Release } from './release.js';
import { placeOfObject } from './release-object.js';
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
    ...servedDeployments(release),
    ...changedBack(release),
    ...dividedMonitor(draft, release),
    ...(file === undefined
      ? withoutMetrics(draft, release, placeOfObject(release.deployment.object))
      : [
          ...otherReadings(file),
          ...templates(draft),
          ...withoutMonitor(file, draft, release),
          ...otherDeployment(file, draft),
        ]),
  ];
}

/** Objects that the controller of a custom resource made. */
function changedBack(release: Release): Diagnostic[] {
  return [...carriedObjects(release), ...release.others].flatMap((object) =>
    object.owner === undefined
      ? []
      : [
          warningAt(
            placeOfObject(object),
            `${object.owner} made it, and its controller changes it back`,
            'stop that controller before you apply these manifests',
          ),
        ],
  );
}

function passwordsInPlain(draft: Draft): Diagnostic[] {
  return containersIn(draft).flatMap((container) => ofContainer(draft, [...container, 'env']));
}

/** The places of all pods in the values. */
function containersIn(draft: Draft): FieldPath[] {
  const entries = ['processes', 'cronJobs'].flatMap((key) =>
    draft.under(key).map(({ name }): FieldPath => [key, name]),
  );
  return [[], ['migrate'], ...entries];
}

function ofContainer(draft: Draft, env: FieldPath): Diagnostic[] {
  return draft.under(...env).flatMap(({ name, from }) => {
    const value = draft.at(...env, name);
    if (!isPassword(name, value)) return [];
    const place = from.object.placeOf(from.path);
    return [warningAt(place, 'looks like a password, and is readable here', intoASecret(name))];
  });
}

/** Advice to keep a variable in a Secret. */
export function intoASecret(name: string): string {
  return `put it in a Secret, and set env: { ${inspectName(name)}: { secret: …, key: … } }`;
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
    return [warningAt(placeOf(path), message, `if you mean ${inspect(written)}, write that`)];
  });
}

/** Values that are templates for `tpl`: they are carried over as they are written. */
function templates(draft: Draft): Diagnostic[] {
  return templatesIn(draft.values).flatMap((path) => {
    const place = draft.placeOf(path);
    return place === undefined
      ? []
      : [warningAt(place, 'a template of Helm, carried over as text', WRITE_THE_VALUE)];
  });
}

/** Monitors of the chart stay as they are, or there is none. */
function withoutMetrics({ values }: Draft, release: Release, place: Place): Diagnostic[] {
  const { scraping } = release;
  const kept = (scraping?.kept ?? []).map(({ monitor, reason }): Diagnostic => ({
    severity: 'note',
    ...placeOfObject(monitor.object),
    message: `stays in objects, and is not in metrics: ${reason}`,
  }));
  return values['metrics'] !== false || kept.length > 0
    ? [...kept, ...changedMonitor(release)]
    : [
        warningAt(
          place,
          'the chart makes no monitor, and metrics: false is written',
          'remove that to have each worker scraped',
        ),
      ];
}

/** Changes of a monitor that the cluster may notice. */
function changedMonitor({ monitor, deployment }: Release): Diagnostic[] {
  if (monitor === undefined) return [];
  const place = placeOfObject(monitor.object);
  const [from, to] = [monitor, deployment].map((object) => object.at('metadata', 'namespace').text);
  const moved =
    from !== undefined && from !== to
      ? [
          warningAt(
            place,
            `moves to the namespace ${to === undefined ? 'of the Deployment' : inspectName(to)}`,
            'check that your Prometheus selects monitors there',
          ),
        ]
      : [];
  const isByPods = monitor.map['kind'] === 'PodMonitor' && !monitor.at('spec', 'jobLabel').isSet;
  return isByPods
    ? [
        ...moved,
        warningAt(
          place,
          'the label job of its targets becomes the name of the application; it was namespace/name of the monitor',
          'check alerts and dashboards that name it',
        ),
      ]
    : moved;
}

/** A monitor of the workers that selects other Services or pods, too. */
function dividedMonitor({ values }: Draft, release: Release): Diagnostic[] {
  const rest = restOfMonitor(release, scalarText(values['name']));
  if (rest === undefined || release.monitor === undefined) return [];
  return [
    {
      severity: 'note',
      ...placeOfObject(release.monitor.object),
      message: `selects other ${rest['kind'] === 'PodMonitor' ? 'pods' : 'Services'}, too: ${nameOfManifest(rest)} in objects is for them`,
    },
  ];
}

/** With METRICS_START_PORT the chart has metrics ports, whether or not it makes a monitor. */
function withoutMonitor({ helm, placeOf }: ValuesFile, draft: Draft, release: Release): Diagnostic[] {
  const path = monitorOff(helm);
  if (draft.values['metrics'] === false) return withoutMetrics(draft, release, placeOf(path));
  if (path === undefined) return [];
  const message =
    'the chart makes no monitor, and these values make one for the metrics ports of the workers';
  return [warningAt(placeOf(path), message, 'for neither, write metrics: false')];
}

/** Warns if the Deployment of `helm create` has another name than ours. */
function otherDeployment({ helm, facts, placeOf }: ValuesFile, { values }: Draft): Diagnostic[] {
  const { instance, chart } = facts;
  const text = (key: string) => {
    const value = helm.valueAt([key]);
    return value === undefined ? undefined : scalarText(value);
  };
  const [name, fullnameOverride] = [scalarText(values['name']), text('fullnameOverride')];
  const chartName = text('nameOverride') ?? chart?.name;
  if (chartName === undefined || text('name') !== undefined) return [];
  if (instance === undefined)
    return fullnameOverride === undefined
      ? [
          warningAt(
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
    warningAt(
      placeOf(),
      message,
      `ours, ${name}, would be added beside it: omit --name, or delete the old one`,
    ),
  ];
}
