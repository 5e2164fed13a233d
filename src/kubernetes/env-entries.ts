import type { ConfigMapVariables, SecretVariables, VariableValue } from './references.js';
import { inOrderOfReferences } from './variable-references.js';

/** The entries of `env`, each after the entries that it refers to. Kubernetes expands `$(NAME)` in a text. */
export function envEntries(env: Readonly<Record<string, VariableValue>>) {
  return Object.entries(inOrderOfReferences(env)).map(([name, value]) => ({ name, ...source(value) }));
}

function source(value: VariableValue) {
  if (typeof value === 'string') return { value };
  if ('field' in value) return { valueFrom: { fieldRef: { fieldPath: value.field } } };
  if ('resource' in value) return { valueFrom: { resourceFieldRef: value } };
  if ('secret' in value) {
    const { secret: name, ...rest } = value;
    return { valueFrom: { secretKeyRef: { name, ...rest } } };
  }
  const { configMap: name, ...rest } = value;
  return { valueFrom: { configMapKeyRef: { name, ...rest } } };
}

/** The entries of `envFrom`. */
export function envFromEntries(sources: readonly (SecretVariables | ConfigMapVariables)[]) {
  return sources.map((given) => {
    const { prefix, optional } = given;
    const reference = (name: string) => ({ name, ...(optional !== undefined && { optional }) });
    return {
      ...(prefix !== undefined && { prefix }),
      ...('secret' in given
        ? { secretRef: reference(given.secret) }
        : { configMapRef: reference(given.configMap) }),
    };
  });
}
