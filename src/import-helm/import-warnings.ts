import { inspect, inspectName } from '../diagnostics/expected.js';
import { containsPassword, isSecret } from '../diagnostics/secrets.js';
import { scalarText } from '../diagnostics/scalar-text.js';
import { chartNames } from './chart-names.js';
import { monitorOff, type Converted, type ImportFacts } from './convert.js';
import type { HelmPath, HelmValues } from './helm-values.js';

/** A warning about a value that is carried over: the user should check it. */
export interface ImportWarning {
  /** The Helm value; undefined for the file as a whole. */
  readonly path?: HelmPath;
  readonly message: string;
  readonly hint?: string;
}

/** Returns a scalar as written in the file, if it has no quotes. */
type PlainAt = (path: HelmPath) => string | undefined;

export function importWarnings(
  helm: HelmValues,
  facts: ImportFacts,
  { values, origins }: Converted,
  plainAt: PlainAt,
): ImportWarning[] {
  const texts = [...origins].filter(([field]) => field.startsWith('env.'));
  return [
    ...texts.flatMap(([field, path]) => passwordInPlain(field, helm.peek(path), path)),
    ...[...texts.map(([, path]) => path), ['image', 'tag']].flatMap((path) =>
      otherReading(helm.peek(path), plainAt(path), path),
    ),
    ...withoutMonitor(helm, values),
    ...otherDeployment(helm, facts, values),
  ];
}

/** With METRICS_START_PORT the chart has metrics ports, whether or not it makes a monitor. */
function withoutMonitor(helm: HelmValues, { metrics }: Converted['values']): ImportWarning[] {
  const path = monitorOff(helm);
  if (path === undefined) return [];
  return metrics === false
    ? [
        {
          path,
          message: 'the chart makes no monitor, and metrics: false is written',
          hint: 'remove that to have each worker scraped',
        },
      ]
    : [
        {
          path,
          message:
            'the chart makes no monitor, and these values make one for the metrics ports of the workers',
          hint: 'for neither, write metrics: false',
        },
      ];
}

function passwordInPlain(field: string, value: unknown, path: HelmPath): ImportWarning[] {
  const name = field.slice('env.'.length);
  const text = scalarText(value);
  if (!containsPassword(text) && (!isSecret(name, text) || /^[0-9]+$/.test(text))) return [];
  return [{ path, message: 'looks like a password, and is readable here', hint: intoASecret(name) }];
}

/** Advice to keep a variable in a Secret. */
export function intoASecret(name: string): string {
  return `put it in a Secret, and set env: { ${inspectName(name)}: { secret: …, key: … } }`;
}

/** Helm reads YAML 1.1: it reads some texts without quotes as numbers or booleans. */
function otherReading(value: unknown, written: string | undefined, path: HelmPath): ImportWarning[] {
  if (written === undefined || typeof value === 'object' || String(value) === written) return [];
  return [
    {
      path,
      message: `Helm reads ${inspectName(written)} as ${inspectName(String(value))}, which is carried over`,
      hint: `if you mean ${inspect(written)}, write that`,
    },
  ];
}

/** Warns if the Deployment of `helm create` has another name or selector than ours. */
function otherDeployment(
  helm: HelmValues,
  { instance, namespace = 'default', chart }: ImportFacts,
  values: Readonly<Record<string, unknown>>,
): ImportWarning[] {
  const text = (key: string) => {
    const value = helm.valueAt([key]);
    return value === undefined ? undefined : scalarText(value);
  };
  const [name, nameOverride] = [String(values['name']), text('nameOverride')];
  const chartName = nameOverride ?? chart?.name;
  if (chartName === undefined || text('name') !== undefined) return [];
  if (instance === undefined)
    return text('fullnameOverride') === undefined
      ? [
          {
            message: 'the name of the release is unknown, and helm create names objects after it',
            hint: 'set --instance',
          },
        ]
      : [];
  const fullnameOverride = text('fullnameOverride');
  const theirs = chartNames({ chart: chartName, release: instance, fullnameOverride });
  if (theirs.fullname !== name)
    return [
      {
        message: `helm create names the Deployment ${inspectName(theirs.fullname)}`,
        hint: `ours, ${name}, would be added beside it: omit --name, or delete the old one`,
      },
    ];
  const ours = { 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': instance };
  if (JSON.stringify(theirs.selector) === JSON.stringify(ours)) return [];
  const [old, own] = [theirs.selector, ours].map((labels) =>
    Object.entries(labels)
      .map(([key, value]) => `${key}=${inspectName(value)}`)
      .join(','),
  );
  return [
    {
      message: `the Deployment of helm create selects ${old}, ours selects ${own}, and a selector cannot be changed`,
      hint: `before the first apply: kubectl delete deployment ${name} -n ${namespace}`,
    },
  ];
}
