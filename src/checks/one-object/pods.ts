import { scalarText } from '../../diagnostics/scalar-text.js';
import { IMAGE_REFERENCE } from '../../kubernetes/image-reference.js';
import { DNS_1123_LABEL, ENV_NAME, matches, PORT_NAME } from '../../kubernetes/text-formats.js';
import { PORT, wholeNumber } from '../../kubernetes/whole-number.js';
import { expected, inspect } from '../../diagnostics/expected.js';
import type { CheckedObject } from '../cluster/checked-object.js';
import { labelSelector } from '../cluster/label-selector.js';
import { checkHandlers } from './handlers.js';
import { ObjectDiagnostics } from '../object-diagnostics.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { at, listAt, textAt, type Manifest } from '../../kubernetes/manifest.js';
import { isReplacedLater } from '../../kubernetes/replaced-later.js';
import { checkProtocol, isPort, quotedPort, repeated } from '../cluster/ports.js';
import { checkResources } from './resources.js';
import { isKubernetesWorkload } from '../cluster/pod-templates.js';
import type { Workload, WorkloadContainer } from '../cluster/workload.js';

/** Checks that the API server accepts the pods of an object, and that the kubelet can start them. */
export function checkPods(manifest: Manifest, { workloads: [workload] }: CheckedObject): Diagnostic[] {
  if (workload === undefined || !isKubernetesWorkload(manifest)) return [];
  const { containers, podField } = workload;
  const diagnostics = new ObjectDiagnostics(manifest);

  checkSelector(manifest, workload, diagnostics);
  if (listAt(manifest, ...podField.split('.'), 'containers').length === 0)
    diagnostics.refused(`${podField}.containers`, expected('at least one container', undefined));
  for (const { field, name } of repeated(containers, ({ name }) => name))
    diagnostics.refused(`${field}.name`, `${name} is the name of another container too`);
  const ports = containers
    .filter(({ endsBeforeOthers }) => !endsBeforeOthers)
    .flatMap((container) => container.ports);
  for (const { field, protocol, number } of repeated(ports, ({ protocol, number }) =>
    isPort(number) ? `${protocol} ${scalarText(number)}` : undefined,
  )) {
    diagnostics.unwise(
      `${field}.containerPort`,
      `${protocol} ${scalarText(number)} is used by another port of the pod too`,
    );
  }
  const volumes = workload.volumes.flatMap((volume) => textAt(volume, 'name') ?? []);
  for (const container of containers) {
    checkContainer(container, diagnostics);
    checkMounts(container, volumes, diagnostics);
  }
  return diagnostics.all;
}

/** Kinds that must have a selector. Kubernetes sets the selector of a Job. */
const CHOOSING_KINDS = new Set<unknown>(['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet']);

function checkSelector(manifest: Manifest, { podLabels }: Workload, diagnostics: ObjectDiagnostics): void {
  const given = at(manifest, 'spec', 'selector') ?? undefined;
  const selector = labelSelector(given);
  if (CHOOSING_KINDS.has(manifest['kind']) && selector.isEmpty) {
    const what = "labels of the object's own pods";
    diagnostics.refused(
      'spec.selector',
      given === undefined ? expected(what, given) : `is empty; expected ${what}`,
    );
  } else if (!selector.matches(podLabels) && selector.openIn(podLabels) === undefined) {
    diagnostics.refused('spec.selector', `does not match the labels of the object's own pods (${selector})`);
  }
}

function checkContainer(container: WorkloadContainer, diagnostics: ObjectDiagnostics): void {
  const { name, field, ports, manifest } = container;
  if (!matches(DNS_1123_LABEL, name))
    diagnostics.wrongValue(`${field}.name`, DNS_1123_LABEL.what, manifest['name']);
  const { image } = manifest;
  if (typeof image !== 'string' || image === '')
    diagnostics.refused(`${field}.image`, expected(IMAGE_REFERENCE.what, image));
  const given = listAt(manifest, 'ports');
  for (const [i, port] of ports.entries()) {
    if (!isPort(port.number))
      diagnostics.wrongValue(
        `${port.field}.containerPort`,
        wholeNumber(PORT),
        port.number,
        quotedPort(port.number),
      );
    checkProtocol(textAt(given[i], 'protocol') || undefined, port.field, diagnostics);
    if (port.name !== undefined && !matches(PORT_NAME, port.name))
      diagnostics.wrongValue(`${port.field}.name`, PORT_NAME.what, port.name);
  }
  for (const port of repeated(ports, (port) => port.name))
    diagnostics.refused(`${port.field}.name`, `${port.name} is the name of another port too`);
  for (const [i, variable] of listAt(manifest, 'env').entries()) {
    const name = variable['name'] ?? undefined;
    if (!matches(ENV_NAME, name)) diagnostics.wrongValue(`${field}.env[${i}].name`, ENV_NAME.what, name);
  }
  checkHandlers(container, diagnostics);
  checkResources(container, diagnostics);
}

function checkMounts(
  { manifest, field }: WorkloadContainer,
  volumes: readonly string[],
  diagnostics: ObjectDiagnostics,
): void {
  const paths = new Set<string>();
  for (const [i, mount] of listAt(manifest, 'volumeMounts').entries()) {
    const path = textAt(mount, 'mountPath');
    if (path !== undefined && paths.has(path))
      diagnostics.refused(
        `${field}.volumeMounts[${i}].mountPath`,
        `${inspect(path)} is the path of another mount too`,
      );
    if (path !== undefined) paths.add(path);
    const name = textAt(mount, 'name') || undefined;
    if (name === undefined || !(volumes.includes(name) || [name, ...volumes].some(isReplacedLater)))
      diagnostics.refused(
        `${field}.volumeMounts[${i}].name`,
        name === undefined
          ? expected('the name of a volume', mount['name'])
          : `${inspect(name)} is not a volume of the pod`,
      );
  }
}
