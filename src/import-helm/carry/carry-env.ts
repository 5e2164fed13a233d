import { isMap } from '../../kubernetes/manifest.js';
import { scalarText } from '../../diagnostics/scalar-text.js';
import type { ObjectField } from '../release-object.js';
import type { Carrying } from './carry.js';

/** Variables that `workers` and `metrics` set. */
const COMPUTED = new Set(['WEB_CONCURRENCY', 'METRICS_START_PORT']);

/** The variables of the web pods, without those that are computed. */
export function carryEnv(carrying: Carrying): void {
  carryVariables(carrying, COMPUTED);
}

/** The variables of the container. @param computed those to leave out */
export function carryVariables(
  { release: { container }, draft }: Carrying,
  computed: ReadonlySet<string> = new Set(),
): void {
  for (const [name, field] of variablesOf(container))
    if (!computed.has(name)) draft.put(['env', name], ...valueOf(field));
  const { items } = container.at('envFrom');
  if (items.length > 0) draft.put(['envFrom'], items.map(sourceOf), container.at('envFrom'));
}

/** The variables of a container by name. Of two with one name, the container gets the later one. */
function variablesOf(container: ObjectField): ReadonlyMap<string, ObjectField> {
  return new Map(
    container.at('env').items.flatMap((field): [string, ObjectField][] => {
      const { name } = field.map;
      return typeof name === 'string' ? [[name, field]] : [];
    }),
  );
}

/** The text of a variable of the container. */
export function variable(container: ObjectField, name: string): ObjectField | undefined {
  return variablesOf(container).get(name)?.at('value');
}

/** A source of variables as in `envFrom`. Another form is kept, and refused with its place. */
function sourceOf(field: ObjectField): unknown {
  const { secretRef, configMapRef, ...others } = field.map;
  const reference = isMap(secretRef) ? secretRef : configMapRef;
  if (!isMap(reference)) return field.value;
  const { name, ...more } = reference;
  return { [isMap(secretRef) ? 'secret' : 'configMap']: name, ...more, ...others };
}

/** The value of a variable as in `env`. Another form is kept, and refused with its place. */
function valueOf(field: ObjectField): [unknown, ObjectField] {
  const from = field.at('valueFrom');
  if (!from.isSet) return [scalarText(field.map['value'] ?? ''), field.at('value')];
  const [secret, configMap, ofPod, resource] = [
    'secretKeyRef',
    'configMapKeyRef',
    'fieldRef',
    'resourceFieldRef',
  ].map((kind) => from.at(kind));
  if (secret?.isSet) {
    const { name, ...others } = secret.map;
    return [{ secret: name, ...others }, secret];
  }
  if (configMap?.isSet) {
    const { name, ...others } = configMap.map;
    return [{ configMap: name, ...others }, configMap];
  }
  if (ofPod?.isSet) return [{ field: ofPod.map['fieldPath'] }, ofPod];
  return [resource?.isSet ? resource.value : field.value, resource?.isSet ? resource : field];
}
