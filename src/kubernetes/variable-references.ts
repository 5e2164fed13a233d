// Kubernetes expands references to variables in `command`, `args` and the values of `env`: `$(NAME)` is the variable,
// `$$` is `$`. @see third_party/forked/golang/expansion of Kubernetes

/** Text of `command`, `args` or `env`: literal, or with references that Kubernetes expands. */
export type ContainerText = string | { readonly withReferences: string };

/** The text as it must be written for the container to get the literal text, or its references expanded. */
export function containerText(text: ContainerText): string {
  return typeof text === 'string' ? escapeReferences(text) : text.withReferences;
}

/** Texts of `command` or `args`, as they must be written. */
export function containerTexts(texts: readonly ContainerText[]): string[] {
  return texts.map(containerText);
}

/** Entries of `env`, as they must be written. */
export function containerEnv(
  env: Readonly<Record<string, ContainerText>>,
): { name: string; value: string }[] {
  return Object.entries(env).map(([name, text]) => ({ name, value: containerText(text) }));
}

/** Doubles each `$` that Kubernetes would not leave as it is: it also breaks a character beyond ASCII after a `$`. */
export function escapeReferences(text: string): string {
  return text.replaceAll(/\$(?=[$(]|[^\p{ASCII}])/gu, '$$$$');
}

const REFERENCE = /\$(?:\$|\(([^)]*)\))/g;

/** No variable or argument is longer: Linux starts no program with 2 MiB of them (64 KiB pages; 128 KiB otherwise). */
const LONGEST = 2 ** 21;

/**
 * The text that a container gets; undefined if it is longer than any variable or argument. A few short variables that
 * refer to each other can make gigabytes.
 * @param valueOf the value of a variable
 */
export function expandReferences(text: string, valueOf: (name: string) => string): string | undefined {
  let length = text.length;
  const end = endOfReferences(text);
  const expanded = text.slice(0, end).replaceAll(REFERENCE, (_, name?: string) => {
    const value = name === undefined ? '$' : valueOf(name);
    length += value.length;
    return length > LONGEST ? '' : value;
  });
  return length > LONGEST ? undefined : expanded + text.slice(end).replaceAll('$$', () => '$');
}

/** After the last ")", no `$(` is a reference: looking for its end each time would take quadratic time. */
function endOfReferences(text: string): number {
  return text.lastIndexOf(')') + 1;
}

/** Names of the variables that a text refers to. */
function referencesIn(text: string): string[] {
  const names = Array.from(text.slice(0, endOfReferences(text)).matchAll(REFERENCE), ([, name]) => name);
  return [...new Set(names)].filter((name) => name !== undefined);
}

/** The order in which `env` lists variables, or a circle of variables that refer to each other. */
type Order = { readonly names: readonly string[] } | { readonly cycle: readonly string[] };

/**
 * Names of variables, each after those that it refers to, otherwise in the given order: Kubernetes leaves a reference to
 * a later variable as text.
 *
 * @param env variables by name; only texts contain references
 */
export function orderOfReferences(env: Readonly<Record<string, unknown>>): Order {
  const ordered = new Set<string>();
  for (const root of Object.keys(env)) {
    if (ordered.has(root)) continue;
    const open = new Set([root]);
    // From the root to the current name, each with its references that are still to follow.
    const path = [{ name: root, left: referencesOf(env, root).values() }];
    for (let current = path.at(-1); current !== undefined; current = path.at(-1)) {
      const { done, value: next = '' } = current.left.next();
      if (done) {
        ordered.add(current.name);
        open.delete(current.name);
        path.pop();
      } else if (open.has(next)) {
        const names = path.map(({ name }) => name);
        return { cycle: [...names.slice(names.indexOf(next)), next] };
      } else if (!ordered.has(next)) {
        open.add(next);
        path.push({ name: next, left: referencesOf(env, next).values() });
      }
    }
  }
  return { names: [...ordered] };
}

/** The same variables in the order of their references. */
export function inOrderOfReferences<Value>(env: Readonly<Record<string, Value>>): Record<string, Value> {
  const order = orderOfReferences(env);
  if ('cycle' in order) throw new Error(`variables that refer to each other: ${order.cycle.join(', ')}`);
  return Object.fromEntries(order.names.map((name) => [name, env[name] as Value]));
}

function referencesOf(env: Readonly<Record<string, unknown>>, name: string): string[] {
  const value = env[name];
  const references = typeof value === 'string' ? referencesIn(value) : [];
  return references.filter((other) => Object.hasOwn(env, other));
}
