import type { FieldDiagnostic } from '../diagnostics/diagnostic.js';
import type { FieldPath } from '../diagnostics/field-path.js';
import { mergeShapes } from '../kubernetes-shapes/merge-shapes.js';
import type { Manifest } from '../kubernetes/manifest.js';
import {
  annotationViolations,
  containerViolations,
  podViolations,
  volumeViolations,
} from '../kubernetes/pod-security.js';
import { enforcedLevel, podSecurityNote } from '../kubernetes/pod-security-notes.js';
import { RESTRICTED_CONTAINER, RESTRICTED_POD } from '../kubernetes/restricted-pod.js';
import type { Violation } from '../kubernetes/security-context.js';
import { containerEntries } from './containers/container-entries.js';
import { PROBE_FIELDS, PROBE_NAMES } from './keys/probes.js';
import { userVolumes } from './volumes/user-volumes.js';
import type { WorkerAppProps } from './worker-app-props.js';
import type { WorkerAppSpec } from './worker-app-spec.js';
import type { PodValues } from './pod-values.js';

/** Props of a WorkerApp or of a process, which takes null, too. */
type GivenKeys = {
  readonly [
    Name in
      | 'containerSecurityContext'
      | 'lifecycle'
      | 'podAnnotations'
      | 'podSecurityContext'
      | 'podSpec'
      | 'probes'
  ]?: WorkerAppProps[Name] | null;
};

/**
 * The keys that a user has set so that Pod Security 'restricted' refuses the pods.
 *
 * @param given the keys as written
 * @param app the application: its `objects` may contain the Namespace, which may accept them
 */
export function restrictedNotes(
  spec: Pick<PodValues, 'initContainers' | 'sidecars' | 'volumes'>,
  given: GivenKeys,
  app: Pick<WorkerAppSpec, 'namespace' | 'objects'>,
): FieldDiagnostic[] {
  const { podSpec, podSecurityContext, containerSecurityContext, probes, lifecycle, podAnnotations } = given;
  const ofPods = [podSpec, podSecurityContext, containerSecurityContext, probes, lifecycle, podAnnotations];
  const judged = [...ofPods, spec.initContainers, spec.sidecars, spec.volumes];
  if (judged.every((value) => value === undefined)) return []; // our own fields are restricted
  const enforced = enforcedLevel(app.objects ?? [], app.namespace);
  const notes = (violations: readonly Violation[], keyOf: (field: FieldPath) => FieldPath) =>
    violations.flatMap((one) => podSecurityNote(one, keyOf(one.field), enforced));
  const application = applicationContainer(given);
  const others = containerEntries(spec).map(({ path, container }) => ({
    path,
    // Without its own security context, it has ours, or that of the application.
    container: { securityContext: application['securityContext'], ...container } as Manifest,
    isOwn: container.securityContext !== undefined,
  }));
  const pod = {
    ...given.podSpec,
    securityContext: mergeShapes(RESTRICTED_POD, given.podSecurityContext ?? {}),
    containers: [application, ...others.map(({ container }) => container)],
  };
  return [
    ...notes(podViolations(pod), ([field, ...inner]) =>
      field === 'securityContext' ? ['podSecurityContext', ...inner] : ['podSpec', field ?? '', ...inner],
    ),
    ...notes(containerViolations(application), keyOfApplication),
    ...others.flatMap(({ path, container, isOwn }) =>
      notes(
        containerViolations(container).filter(({ field }) => isOwn || field[0] !== 'securityContext'),
        (field) => [...path, ...field],
      ),
    ),
    ...userVolumes(spec.volumes).flatMap(({ name, source }) =>
      notes(volumeViolations(source), (field) => ['volumes', name, ...field]),
    ),
    ...notes(annotationViolations(given.podAnnotations ?? {}), (field) => ['podAnnotations', ...field]),
  ];
}

/** The fields of the application's container that are judged. */
function applicationContainer({ containerSecurityContext, probes, lifecycle }: GivenKeys): Manifest {
  return {
    securityContext: mergeShapes(RESTRICTED_CONTAINER, containerSecurityContext ?? {}),
    lifecycle,
    ...Object.fromEntries(PROBE_NAMES.map((name) => [PROBE_FIELDS[name], probes?.[name]])),
  };
}

/** The key that sets a field of the application's container. */
function keyOfApplication([field = '', ...inner]: FieldPath): FieldPath {
  if (field === 'securityContext') return ['containerSecurityContext', ...inner];
  const probe = PROBE_NAMES.find((name) => PROBE_FIELDS[name] === field);
  return probe === undefined ? [field, ...inner] : ['probes', probe, ...inner];
}
