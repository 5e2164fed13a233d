import { NAME_LABEL, INSTANCE_LABEL } from '../../kubernetes/labels.js';
import { scalarText } from '../../diagnostics/scalar-text.js';
import { textsAt, type Manifest } from '../../kubernetes/manifest.js';
import { Draft } from '../draft.js';
import { nameOf, ObjectField, type ReleaseObject } from '../release-object.js';
import type { Release } from '../release.js';
import type { Carrying } from './carry.js';
import { carryAccount } from './carry-account.js';
import { carryContainers } from './carry-containers.js';
import { carryVariables } from './carry-env.js';
import { carryPodLabels } from './carry-labels.js';
import { carryImage } from './carry-names.js';
import { carryPods } from './carry-pods.js';
import { carryResources } from './carry-resources.js';
import { carrySecurity } from './carry-security.js';
import { carryVolumes } from './carry-volumes.js';

/** The template of the pods of an object. It need not have one. */
export function templateOf(object: ReleaseObject): ObjectField {
  const field = new ObjectField(object);
  const ofJob = object.manifest['kind'] === 'CronJob' ? ['spec', 'jobTemplate'] : [];
  return field.at(...ofJob, 'spec', 'template');
}

/** The pods of another object of a release, with the objects around them. */
export function releaseOfPods(object: ReleaseObject, release: Release): Release {
  const deployment = new ObjectField(object);
  const template = templateOf(object);
  const pod = template.at('spec');
  const { items } = pod.at('containers');
  const image = release.container.at('image').value;
  const container = items.find((one) => one.map['image'] === image) ?? pod.at('containers', 0);
  const named = (kind: string) =>
    release.others
      .map((other) => new ObjectField(other))
      .find((other) => other.map['kind'] === kind && nameOf(other) === nameOf(deployment));
  const isOfWeb = pod.at('serviceAccountName').value === release.pod.at('serviceAccountName').value;
  return {
    deployment,
    template,
    pod,
    container,
    account: isOfWeb ? release.account : undefined,
    ...(object.manifest['kind'] === 'Deployment' && {
      autoscaler: named('HorizontalPodAutoscaler'),
      budget: named('PodDisruptionBudget'),
    }),
    others: release.others,
  };
}

/** The keys of all pods. */
const IN_ORDER = [
  carryImage,
  carryAccount,
  carrySecurity,
  carryPodLabels,
  carryVariables,
  carryPods,
  carryResources,
  carryVolumes,
  carryContainers,
];

/** An entry of `processes` or `cronJobs`, or the migration. */
export interface Entry {
  /** `worker` */
  readonly entry: string;
  /** Of its object. */
  readonly name: string;
}

/** The values of pods beside the web pods, as if they inherited nothing. */
export function podValues({ release, facts, draft, kept }: Carrying, pods: Release, entry: Entry): Draft {
  // Names of accounts and labels depend on those of the application.
  const shared = new Draft();
  for (const key of SHARED) shared.put([key], draft.values[key]);
  const carrying = { release: pods, facts, draft: shared, kept };
  for (const carry of IN_ORDER) carry(carrying);
  keepApart(shared, entry, { web: release, pods });
  for (const key of SHARED) shared.remove(key);
  return shared;
}

const SHARED = ['name', 'labels'];

/** The pods have the labels of the application: the web Deployment must not select them. */
function keepApart(
  draft: Draft,
  { entry, name }: Entry,
  { web, pods }: { readonly web: Release; readonly pods: Release },
): void {
  const selectorOf = ({ deployment }: Release) =>
    textsAt(deployment.value, 'spec', 'selector', 'matchLabels');
  const selector = Object.entries(selectorOf(web));
  const own = selectorOf(pods);
  const labels: Manifest = {
    ...textsAt(draft.values, 'labels'),
    [NAME_LABEL]: name,
    [INSTANCE_LABEL]: textsAt(web.template.value, 'metadata', 'labels')[INSTANCE_LABEL],
    ...own,
    ...textsAt(draft.values, 'podLabels'),
  };
  const [label, value] = selector.find(([name]) => !Object.hasOwn(own, name)) ?? [];
  if (label !== undefined && selector.every(([name, wanted]) => labels[name] === wanted))
    draft.put(['podLabels', label], `${scalarText(value)}-${entry}`);
}
