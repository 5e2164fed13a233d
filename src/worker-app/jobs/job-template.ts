import type { Manifest } from '../../kubernetes/manifest.js';
import type { Keys } from '../../schema/key.js';
import { partsOfKeys } from '../key.js';
import { mergeParts, type PodPart } from '../pod-part.js';
import { podTemplate, RESTRICTED } from '../pod-template.js';
import type { PodSpec } from '../pod-values.js';
import { tmpVolume } from '../volumes/tmp-volume.js';
import { JOB_POD_KEYS, JOB_SPEC_KEYS } from './job-keys.js';

/** A pod that failed stays, with its logs: Kubernetes starts another one. */
const NO_RESTART: PodPart = { pod: { restartPolicy: 'Never' } };

export function jobSpec(spec: PodSpec): Manifest {
  const { deployment: _, ...template } = mergeParts([
    RESTRICTED,
    NO_RESTART,
    tmpVolume(spec),
    ...partsOfKeys(JOB_POD_KEYS, spec),
  ]);
  // A Job selects its pods by labels that Kubernetes adds.
  const pods = { ...spec, selector: {}, sharedEnv: spec.env ?? {} };
  return { ...picked(JOB_SPEC_KEYS, spec), template: podTemplate(pods, template) };
}

/** The values of keys that are fields of an object in Kubernetes, too. */
export function picked(keys: Keys, values: object): Manifest {
  const given = values as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.keys(keys).flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]]])),
  ) as Manifest;
}
