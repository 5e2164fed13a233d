import type { FieldPath } from '../diagnostics/field-path.js';
import { at, isMap, listAt, mapAt, textAt, textsAt, type Manifest } from './manifest.js';
import {
  containerContextViolations,
  isSet,
  podContextViolations,
  refused,
  type Violation,
} from './security-context.js';

const VOLUMES = new Set([
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
]);

/**
 * The fields of a PodSpec that 'restricted' refuses, without those of its containers and volumes.
 *
 * @param pod a PodSpec. Its `containers` and `initContainers` may set fields that its security context leaves out
 */
export function podViolations(pod: Manifest): Violation[] {
  const containers = [...listAt(pod, 'initContainers'), ...listAt(pod, 'containers')];
  const isSetByAll = (field: string) =>
    containers.length > 0 && containers.every((container) => isSet(at(container, 'securityContext', field)));
  const context = at(pod, 'securityContext');
  return [
    ...['hostNetwork', 'hostPID', 'hostIPC'].flatMap((field) =>
      refused([field], pod[field] === true, 'the pods share a namespace of the node', 'privileged'),
    ),
    ...refused(
      ['securityContext', 'runAsNonRoot'],
      !isSet(at(context, 'runAsNonRoot')) && !isSetByAll('runAsNonRoot'),
      'the user may be root',
    ),
    ...refused(
      ['securityContext', 'seccompProfile'],
      !isSet(at(context, 'seccompProfile')) && !isSetByAll('seccompProfile'),
      'the seccomp profile is neither RuntimeDefault nor Localhost',
    ),
    ...podContextViolations(context),
  ];
}

/** The source of a volume, if 'restricted' refuses it. */
export function volumeViolations(volume: Manifest): Violation[] {
  return Object.keys(volume)
    .filter((source) => isMap(volume[source]) && !VOLUMES.has(source))
    .flatMap((source) =>
      refused(
        [source],
        true,
        `a volume of the type ${source}`,
        source === 'hostPath' ? 'privileged' : 'baseline',
      ),
    );
}

/** The fields of a container that 'restricted' refuses. */
export function containerViolations(container: Manifest): Violation[] {
  return [
    ...containerContextViolations(at(container, 'securityContext')),
    ...listAt(container, 'ports').flatMap(({ hostPort }, i) =>
      refused(['ports', i, 'hostPort'], Boolean(hostPort), 'a port of the node', 'privileged'),
    ),
    ...HANDLERS.flatMap((path) =>
      refused(
        path,
        Boolean(textAt(container, ...path)),
        'the kubelet connects to another host (refused from Kubernetes 1.34 on)',
        'privileged',
      ),
    ),
  ];
}

/** The fields with a host to which the kubelet connects. */
const HANDLERS = [
  ['livenessProbe'],
  ['readinessProbe'],
  ['startupProbe'],
  ['lifecycle', 'postStart'],
  ['lifecycle', 'preStop'],
].flatMap((path) => ['httpGet', 'tcpSocket'].map((handler) => [...path, handler, 'host']));

/** Annotations of pods that set the AppArmor profile of a container. Kubernetes 1.30 has a field for it. */
const APP_ARMOR = 'container.apparmor.security.beta.kubernetes.io/';

/** The annotations of pods that 'restricted' refuses. */
export function annotationViolations(annotations: Readonly<Record<string, string>>): Violation[] {
  return Object.entries(annotations).flatMap(([name, profile]) =>
    refused(
      [name],
      name.startsWith(APP_ARMOR) && !/^(?:$|runtime\/default$|localhost\/)/.test(profile),
      'the AppArmor profile is neither runtime/default nor localhost/…',
      'privileged',
    ),
  );
}

/** The fields of a pod template that 'restricted' refuses. */
export function templateViolations(template: Manifest): Violation[] {
  const pod = mapAt(template, 'spec');
  const inSpec = (path: FieldPath, found: readonly Violation[]) =>
    found.map((one): Violation => ({ ...one, field: ['spec', ...path, ...one.field] }));
  const inItems = (list: string, judge: (item: Manifest) => Violation[]) =>
    listAt(pod, list).flatMap((item, i) => inSpec([list, i], judge(item)));
  return [
    ...inSpec([], podViolations(pod)),
    ...inItems('initContainers', containerViolations),
    ...inItems('containers', containerViolations),
    ...inItems('volumes', volumeViolations),
    ...annotationViolations(textsAt(template, 'metadata', 'annotations')).map((one) => ({
      ...one,
      field: ['metadata', 'annotations', ...one.field],
    })),
  ];
}
