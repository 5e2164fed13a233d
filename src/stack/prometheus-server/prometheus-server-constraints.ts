import type { Constraint } from '../../schema/constraint.js';
import { isOverSsh } from '../../kubernetes/git-reference.js';
import { unlikelyAmounts, fractionalSize } from '../../kubernetes/unlikely-amounts.js';
import { Quantity } from '../../kubernetes/quantity.js';
import { resourceProblems } from '../../kubernetes/resource-constraints.js';
import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import { DiskSpace } from '../../prometheus/disk-space.js';
import { PrometheusDuration } from '../../prometheus/prometheus-duration.js';
import type { ResolvedPrometheusServer } from './prometheus-server-keys.js';
import type { PrometheusServerProps } from './prometheus-server-props.js';
import type { PrometheusServerSpec } from './prometheus-server-spec.js';

/** The headless Service that the operator creates for all its Prometheuses of a namespace. */
const OPERATED_SERVICE = 'prometheus-operated';

type Resolved = ResolvedPrometheusServer;

/** The constraints between the keys of a PrometheusServer. */
export const PROMETHEUS_SERVER_CONSTRAINTS: readonly Constraint<Resolved, PrometheusServerProps>[] = [
  { reads: ['name'], problems: ownService },
  { reads: ['resources'], problems: (_, { resources }) => resourceProblems(resources) },
  {
    reads: ['git.resources'],
    problems: (_, { git }) => resourceProblems(git.resources, ['git', 'resources']),
  },
  { reads: ['git.file', 'decrypt'], problems: configurationFile },
  { reads: ['git.repository', 'git.ssh', 'git.token'], problems: credentials },
  { reads: ['git.period'], problems: period },
  { reads: ['externalLabels'], problems: replicaLabel },
  { reads: ['retention.size', 'storage'], problems: roomForRetention },
];

/** Warnings about a valid server. */
export function prometheusServerNotes(
  spec: PrometheusServerSpec,
  { resources, storage, git }: PrometheusServerProps,
): FieldDiagnostic[] {
  return [
    ...storageNotes(spec),
    ...fractionalSize(storage?.size, ['storage', 'size']),
    ...unlikelyAmounts(resources),
    ...unlikelyAmounts(git.resources, ['git', 'resources']),
  ];
}

function storageNotes({ storage }: Resolved): FieldDiagnostic[] {
  if (storage !== undefined) return [];
  const message =
    'none: a new pod starts without data, and waits until git is reachable and the newest commit is valid';
  const hint = 'set storage to keep the data and the last valid configuration';
  return [{ path: ['storage'], message, hint }];
}

function ownService({ name }: Resolved): FieldDiagnostic[] {
  if (name !== OPERATED_SERVICE) return [];
  const message = `${name} is the name of the Service that the prometheus-operator creates for all its Prometheuses of a namespace`;
  const hint = 'choose another name';
  return [{ path: ['name'], message, hint }];
}

function credentials({ git: { repository, ssh, token } }: Resolved): FieldDiagnostic[] {
  if (isOverSsh(repository)) {
    const problems: FieldDiagnostic[] = [];
    if (ssh === undefined)
      problems.push({
        path: ['git'],
        message: 'the repository has an SSH URL',
        hint: 'set git.ssh, with key and knownHosts',
      });
    if (token !== undefined)
      problems.push({
        path: ['git', 'token'],
        message: 'the repository has an SSH URL, for which a token is not used',
        hint: 'remove it',
        inKey: true,
      });
    return problems;
  }
  if (ssh === undefined) return [];
  return [
    {
      path: ['git', 'ssh'],
      message: 'the repository has an HTTPS URL',
      hint: 'remove it, or set git.token',
      inKey: true,
    },
  ];
}

/** The hook removes git's own files and renames decrypted files: neither can be the configuration. */
function configurationFile({ git, decrypt }: Resolved): FieldDiagnostic[] {
  const { file } = git;
  const path = ['git', 'file'];
  if (file.split('/')[0] === '.git')
    return [
      {
        path,
        message: `${file} belongs to git and is not in any commit`,
        hint: 'set it to the path of the configuration',
      },
    ];
  const [, name, extension] = /^(.*[^/])\.sops\.(?:[^/]*\.)?([^/.]+)$/.exec(file) ?? [];
  if (decrypt === undefined || name === undefined) return [];
  return [
    { path, message: `it is decrypted to ${name}.${extension} before it is read`, hint: 'set that name' },
  ];
}

const SHORTEST_PERIOD = PrometheusDuration.parse('5s');
/** The alert about an unreachable git server looks back over ten minutes. */
const LONGEST_PERIOD = PrometheusDuration.parse('5m');

function period({ git }: Resolved): FieldDiagnostic[] {
  const given = PrometheusDuration.parse(git.period);
  const path = ['git', 'period'];
  if (SHORTEST_PERIOD.isLongerThan(given)) {
    const message = `${given} would put too much load on the git server`;
    const hint = `raise it to ${SHORTEST_PERIOD} or above`;
    return [{ path, message, hint }];
  }
  if (!given.isLongerThan(LONGEST_PERIOD)) return [];
  const message = `${given} is too long: the alerts about git would never fire`;
  const hint = `lower it to ${LONGEST_PERIOD} or below`;
  return [{ path, message, hint }];
}

function replicaLabel({ externalLabels }: Resolved): FieldDiagnostic[] {
  if (!Object.hasOwn(externalLabels, 'replica')) return [];
  const message = 'each pod has its own replica label';
  const hint = 'remove it, and write replica: ${POD_NAME} in external_labels';
  return [{ path: ['externalLabels', 'replica'], message, hint, inKey: true }];
}

/** The share of the volume that data may use. Compaction and the configurations need the rest. */
const SHARE_OF_DATA = 0.8;

function roomForRetention({ retention, storage }: Resolved): FieldDiagnostic[] {
  const volume = storage === undefined ? 0 : Quantity.parse(storage.size).value;
  if (volume === 0 || retention.size === undefined) return [];
  const { size } = retention;
  if (DiskSpace.parse(size).bytes < volume) return [];
  const fits = DiskSpace.within(SHARE_OF_DATA * volume);
  const message = `${size} do not fit into the volume of ${storage?.size}, which would be full before old data is deleted`;
  const hint = `lower it to about ${fits}, 80 % of the volume, or raise storage.size`;
  return [{ path: ['retention', 'size'], message, hint }];
}
