import type { Constraint } from '../../schema/constraint.js';
import { releaseOf } from '../../kubernetes/image-reference.js';
import { unlikelyAmounts, fractionalSize } from '../../kubernetes/unlikely-amounts.js';
import { resourceProblems } from '../../kubernetes/resource-constraints.js';
import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import type { ResolvedAlertmanagerCluster } from './alertmanager-cluster-keys.js';
import type { AlertmanagerClusterProps } from './alertmanager-cluster-props.js';
import type { AlertmanagerClusterSpec } from './alertmanager-cluster-spec.js';
import { configProblems, operatorConfigProblems } from '../../alertmanager/alertmanager-config-problems.js';
import { unknownSettings } from '../../alertmanager/config-schema.js';
import { OPERATED_SERVICE } from './alertmanager-peers.js';
import { secretFileProblems } from './secret-files.js';

type Resolved = ResolvedAlertmanagerCluster;

/** The constraints between the keys of an AlertmanagerCluster. */
export const ALERTMANAGER_CLUSTER_CONSTRAINTS: readonly Constraint<Resolved, AlertmanagerClusterProps>[] = [
  { reads: ['resources'], problems: (_, { resources }) => resourceProblems(resources) },
  { reads: ['form', 'config', 'configFrom', 'alertmanagerConfig'], problems: oneConfiguration },
  { reads: ['form', 'configFrom'], problems: operatorSecret },
  { reads: ['name'], problems: ownName },
  { reads: ['form', 'name'], problems: operatorName },
  { reads: ['form', 'version'], problems: ({ form }, { version }) => operatorVersion(form, version) },
  { reads: ['config', 'image'], problems: ownConfig },
  { reads: ['config', 'secrets'], problems: secretFileProblems },
  {
    reads: ['alertmanagerConfig'],
    problems: ({ alertmanagerConfig: config }) =>
      config ? operatorConfigProblems(config, ['alertmanagerConfig']) : [],
  },
];

/** Warnings about a valid cluster. */
export function alertmanagerClusterNotes(
  spec: AlertmanagerClusterSpec,
  { resources, storage }: AlertmanagerClusterProps,
): FieldDiagnostic[] {
  return [
    ...numberOfPeers(spec.peers.count),
    ...unknownVersion(spec),
    ...settingsOfNewer(spec),
    ...unlikelyAmounts(resources),
    ...fractionalSize(storage?.size, ['storage', 'size']),
  ];
}

function numberOfPeers(peers: number): FieldDiagnostic[] {
  const path = ['peers'];
  if (peers === 1)
    return [
      {
        path,
        message: 'a single Alertmanager is not a cluster: while it is down, no notifications are sent',
        hint: 'set peers to 3 or 5',
      },
    ];
  if (peers % 2 === 1) return [];
  const message = `${peers} is even: this works, because Alertmanager needs no majority, but after a network split neither half may be the larger one`;
  const hint = '3 or 5 are usual';
  return [{ path, message, hint }];
}

function unknownVersion({ form, version }: AlertmanagerClusterSpec): FieldDiagnostic[] {
  if (form !== 'operator' || version !== undefined) return [];
  const message = 'its tag is not a version, and the operator would use its default version instead';
  const hint = 'set version';
  return [{ path: ['image'], message, hint }];
}

/** Unknown settings, reported as warnings if the image is newer than our table of settings. */
function settingsOfNewer({ config, image }: Pick<Resolved, 'config' | 'image'>): FieldDiagnostic[] {
  return config !== undefined && isNewer(image)
    ? unknownSettings(config, ['config']).map((problem) => ({
        ...problem,
        message: `Alertmanager ${KNOWN_RELEASE.join('.')} does not know it: ${problem.message}`,
      }))
    : [];
}

function ownConfig({ config, image }: Resolved): FieldDiagnostic[] {
  if (config === undefined) return [];
  return [
    ...configProblems(config, ['config']),
    ...(isNewer(image) ? [] : unknownSettings(config, ['config'])),
  ];
}

/** The Alertmanager release of our table of settings. */
const KNOWN_RELEASE = [0, 34] as const;

function isNewer(image: string): boolean {
  const [major, minor] = releaseOf(image) ?? KNOWN_RELEASE;
  return major > KNOWN_RELEASE[0] || minor > KNOWN_RELEASE[1];
}

/** The keys in which each form takes its configuration. */
const CONFIGURATIONS = {
  standalone: ['config', 'configFrom'],
  operator: ['alertmanagerConfig', 'configFrom'],
} as const;

function oneConfiguration(app: Resolved): FieldDiagnostic[] {
  const { form } = app;
  const allowed: readonly string[] = CONFIGURATIONS[form];
  const given = (['config', 'configFrom', 'alertmanagerConfig'] as const).filter((key) => app[key]);
  const foreign = given.filter((key) => !allowed.includes(key));
  if (foreign.length > 0) {
    const message = `the ${form} form does not support it`;
    const hint = `set ${allowed.join(' or ')} instead`;
    return foreign.map((key) => ({ path: [key], message, hint, inKey: true }));
  }
  if (given.length === 1) return [];
  return given.length === 0
    ? [{ path: [], message: 'the configuration is missing', hint: `set ${allowed.join(' or ')}` }]
    : [
        {
          path: [given[0] ?? ''],
          message: `there is ${given[1]} too`,
          hint: 'remove one of the two',
          inKey: true,
        },
      ];
}

/** The operator reads the configuration only from the key `alertmanager.yaml` of a Secret. */
function operatorSecret({ form, configFrom }: Resolved): FieldDiagnostic[] {
  if (form !== 'operator' || configFrom === undefined) return [];
  if (!('secret' in configFrom)) {
    return [
      {
        path: ['configFrom'],
        message: 'the operator reads only a Secret',
        hint: 'set { secret, key }',
        inKey: true,
      },
    ];
  }
  if (configFrom.key === 'alertmanager.yaml') return [];
  const message = `the operator reads only the key alertmanager.yaml, got ${JSON.stringify(configFrom.key)}`;
  return [{ path: ['configFrom', 'key'], message }];
}

function operatorVersion(form: Resolved['form'], version: string | undefined): FieldDiagnostic[] {
  if (version === undefined || form === 'operator') return [];
  return [{ path: ['version'], message: 'only the operator reads it', hint: 'remove it', inKey: true }];
}

/** The Service of a cluster has the name of the cluster, which the operator's own Service must not have. */
function ownName({ name }: Resolved): FieldDiagnostic[] {
  if (name !== OPERATED_SERVICE) return [];
  const message = `${name} is the name of the Service that the prometheus-operator creates for all Alertmanagers of a namespace`;
  const hint = 'choose another name';
  return [{ path: ['name'], message, hint }];
}

const OPERATOR_NAME_LENGTH = 39;

/** The operator's StatefulSet is named `alertmanager-<name>`. */
function operatorName({ form, name }: Resolved): FieldDiagnostic[] {
  if (form !== 'operator' || name.length <= OPERATOR_NAME_LENGTH) return [];
  const message = `${name.length} characters; the operator names the StatefulSet alertmanager-<name>, which leaves ${OPERATOR_NAME_LENGTH}`;
  const hint = 'shorten it';
  return [{ path: ['name'], message, hint }];
}
