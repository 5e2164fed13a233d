import { at, listAt, mapAt, textAt, type Manifest } from '../../../src/kubernetes/manifest.js';
import type { PodFacts } from './pod-facts.js';

type Environment = Record<string, string>;

/** The environment that a kubelet gives to a container, over the image's own. */
export async function containerEnvironment(
  container: Manifest,
  pod: PodFacts,
  image: Readonly<Environment>,
): Promise<Environment> {
  const environment: Environment = { ...image };
  for (const source of listAt(container, 'envFrom'))
    Object.assign(environment, await environmentFrom(source, pod));
  for (const entry of listAt(container, 'env')) {
    const value = at(entry, 'valueFrom') === undefined ? textAt(entry, 'value') : await valueFrom(entry, pod);
    if (at(entry, 'valueFrom') !== undefined && value === undefined) continue;
    environment[textAt(entry, 'name') ?? ''] = expanded(value ?? '', environment);
  }
  return environment;
}

/** Replaces `$(NAME)` with a variable. `$$` is a dollar sign. */
export function expanded(text: string, environment: Readonly<Environment>): string {
  return text.replaceAll(/\$\$|\$\(([^)]*)\)/g, (found, name: string | undefined) =>
    name === undefined ? '$' : (environment[name] ?? found),
  );
}

async function environmentFrom(source: Manifest, pod: PodFacts): Promise<Environment> {
  const prefix = textAt(source, 'prefix') ?? '';
  const [resource, field] =
    at(source, 'secretRef') === undefined
      ? (['configmaps', 'configMapRef'] as const)
      : (['secrets', 'secretRef'] as const);
  const data = await pod.data(
    resource,
    textAt(source, field, 'name') ?? '',
    at(source, field, 'optional') === true,
  );
  return Object.fromEntries(
    Object.entries(data ?? {}).map(([key, bytes]) => [prefix + key, bytes.toString()]),
  );
}

async function valueFrom(entry: Manifest, pod: PodFacts): Promise<string | undefined> {
  const from = mapAt(entry, 'valueFrom');
  const field = textAt(from, 'fieldRef', 'fieldPath');
  if (field !== undefined) return pod.field(field);
  for (const [reference, resource] of [
    ['secretKeyRef', 'secrets'],
    ['configMapKeyRef', 'configmaps'],
  ] as const) {
    const [name, key] = [textAt(from, reference, 'name'), textAt(from, reference, 'key')];
    if (name === undefined || key === undefined) continue;
    return (await pod.data(resource, name, at(from, reference, 'optional') === true))?.[key]?.toString();
  }
  throw new Error(`${pod.namespace}/${pod.name}: the node does not know ${JSON.stringify(entry)}`);
}
