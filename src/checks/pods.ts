import { ANY_QUANTITY, Quantity } from '../kubernetes/quantity.js';
import { DNS_1123_LABEL, ENV_NAME, keeps, PORT_NAME } from '../kubernetes/text-rules.js';
import { PORT, wholeNumber } from '../kubernetes/whole-number.js';
import { expected, shown } from '../problems/expected.js';
import { labelSelector } from './label-selector.js';
import { at, listAt, mapAt, textAt, type Finding, type Manifest } from './manifest.js';
import { isPort, repeated } from './ports.js';
import { workloadOf, type WorkloadContainer } from './workload.js';

/** Pods are such as the API server takes and the kubelet can start. */
export function checkPods(manifest: Manifest): Finding[] {
  const workload = workloadOf(manifest);
  if (workload === undefined) return [];
  const { object, containers, podLabels } = workload;
  const findings: Finding[] = [];
  const report = (field: string, message: string) => findings.push({ object, field, message });

  const selector = at(manifest, 'spec', 'selector');
  if (selector !== undefined && !labelSelector(selector).matches(podLabels)) {
    report(
      'spec.selector',
      `does not match the labels of the object's own pods (${labelSelector(selector)})`,
    );
  }
  for (const { field, name } of repeated(containers, ({ name }) => name))
    report(`${field}.name`, `${name} is the name of another container too`);
  const ports = containers.filter(runsWithOthers).flatMap((container) => container.ports);
  for (const { field, protocol, number } of repeated(
    ports,
    ({ protocol, number }) => `${protocol} ${String(number)}`,
  )) {
    report(`${field}.containerPort`, `${protocol} ${String(number)} is another port's of the pod too`);
  }
  for (const container of containers) {
    checkContainer(container, report);
    checkMounts(container, workload.volumes, report);
  }
  return findings;
}

/** Init containers run one after the other, before the rest; those that always restart are sidecars. */
function runsWithOthers({ field, manifest }: WorkloadContainer): boolean {
  return !field.includes('.initContainers[') || manifest['restartPolicy'] === 'Always';
}

type Report = (field: string, message: string) => void;

function checkContainer(container: WorkloadContainer, report: Report): void {
  const { name, field, ports, env, manifest } = container;
  if (!keeps(DNS_1123_LABEL, name)) report(`${field}.name`, expected(DNS_1123_LABEL.what, manifest['name']));
  for (const port of ports) {
    if (!isPort(port.number)) report(`${port.field}.containerPort`, expected(wholeNumber(PORT), port.number));
    if (port.name !== undefined && !keeps(PORT_NAME, port.name))
      report(`${port.field}.name`, expected(PORT_NAME.what, port.name));
  }
  for (const port of repeated(ports, (port) => port.name))
    report(`${port.field}.name`, `${port.name} is the name of another port too`);
  for (const name of env.keys())
    if (!keeps(ENV_NAME, name)) report(`${field}.env`, expected(ENV_NAME.what, name));
  checkProbes(container, report);
  checkResources(container, report);
}

function checkProbes({ manifest, field, ports }: WorkloadContainer, report: Report): void {
  for (const probe of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
    for (const action of ['httpGet', 'tcpSocket']) {
      const port = textAt(manifest, probe, action, 'port');
      if (port !== undefined && !ports.some(({ name }) => name === port)) {
        report(`${field}.${probe}.${action}.port`, `${shown(port)} is no port of the container`);
      }
    }
  }
}

function checkMounts(
  { manifest, field }: WorkloadContainer,
  volumes: readonly string[],
  report: Report,
): void {
  for (const [i, mount] of listAt(manifest, 'volumeMounts').entries()) {
    const name = textAt(mount, 'name') ?? '';
    if (!volumes.includes(name))
      report(`${field}.volumeMounts[${i}].name`, `${shown(name)} is no volume of the pod`);
  }
}

function checkResources({ manifest, field }: WorkloadContainer, report: Report): void {
  const amounts = (list: string) => Object.entries(mapAt(manifest, 'resources', list));
  for (const list of ['requests', 'limits']) {
    for (const [name, amount] of amounts(list)) {
      if (!keeps(ANY_QUANTITY, typeof amount === 'number' ? String(amount) : amount))
        report(`${field}.resources.${list}.${name}`, expected(ANY_QUANTITY.what, amount));
    }
  }
  const limits = mapAt(manifest, 'resources', 'limits');
  for (const [name, request] of amounts('requests')) {
    const [asked, most] = [quantity(request), quantity(limits[name])];
    if (asked !== undefined && most !== undefined && asked.value > most.value) {
      report(`${field}.resources.requests.${name}`, `the request of ${asked} is above the limit of ${most}`);
    }
  }
}

function quantity(value: unknown): Quantity | undefined {
  try {
    return typeof value === 'string' || typeof value === 'number' ? Quantity.parse(value) : undefined;
  } catch {
    return undefined; // a notation of Kubernetes' that we do not compare
  }
}
