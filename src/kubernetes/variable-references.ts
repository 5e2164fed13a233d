// Kubernetes expands references to variables in `command`, `args` and the values of `env`: `$(NAME)` is the variable,
// `$$` is `$`. @see third_party/forked/golang/expansion of Kubernetes

/** Text in `command`, `args` or `env`: literal, or with references that Kubernetes expands. */
export type ContainerText = string | { readonly withReferences: string };

/** The text to write in a manifest. The container gets the literal text, or the text with its references expanded. */
export function containerText(text: ContainerText): string {
  return typeof text === 'string' ? escapeReferences(text) : text.withReferences;
}

/** The texts of `command` or `args` to write in a manifest. */
export function containerTexts(texts: readonly ContainerText[]): string[] {
  return texts.map(containerText);
}

/** The entries of `env` to write in a manifest. */
export function containerEnv(
  env: Readonly<Record<string, ContainerText>>,
): { name: string; value: string }[] {
  return Object.entries(env).map(([name, text]) => ({ name, value: containerText(text) }));
}

/** Doubles each `$` that Kubernetes would change. It also breaks a character after `$` that is not ASCII. */
export function escapeReferences(text: string): string {
  return text.replaceAll(/\$(?=[$(]|[^\p{ASCII}])/gu, '$$$$');
}

const REFERENCE = /\$(?:\$|\(([^)]*)\))/g;

/** Most characters of a variable or argument: Linux allows 2 MiB with pages of 64 KiB, otherwise 128 KiB. */
const LONGEST = 2 ** 21;

/**
 * The text that a container gets; undefined if it is too long for a variable or argument. A few short variables that
 * refer to each other can expand to gigabytes.
 * @param valueOf the value of a variable
 */
export function expandReferences(text: string, valueOf: (name: string) => string): string | undefined {
  let length = text.length;
  if (!text.includes('$')) return length > LONGEST ? undefined : text;
  const end = endOfReferences(text);
  const expanded = text.slice(0, end).replaceAll(REFERENCE, (_, name?: string) => {
    const value = name === undefined ? '$' : valueOf(name);
    length += value.length;
    return length > LONGEST ? '' : value;
  });
  return length > LONGEST ? undefined : expanded + text.slice(end).replaceAll('$$', () => '$');
}

/**
 * The index after the last ")". No `$(` after it is a reference. A search for the end of each would take quadratic
 * time.
 */
function endOfReferences(text: string): number {
  return text.lastIndexOf(')') + 1;
}

/** Names of the variables that a text refers to. */
function referencesIn(text: string): string[] {
  const names = Array.from(text.slice(0, endOfReferences(text)).matchAll(REFERENCE), ([, name]) => name);
  return [...new Set(names)].filter((name) => name !== undefined);
}

function mayRefer(value: unknown): boolean {
  return typeof value === 'string' && value.includes('$(');
}

/** The order in which `env` lists variables, or a cycle of variables that refer to each other. */
type Order = { readonly names: readonly string[] } | { readonly cycle: readonly string[] };

/**
 * Names of variables, each after the variables that it refers to, otherwise in the given order. Kubernetes does not
 * expand a reference to a later variable.
 *
 * @param env variables by name; only texts contain references
 */
export function orderOfReferences(env: Readonly<Record<string, unknown>>): Order {
  if (!Object.values(env).some(mayRefer)) return { names: Object.keys(env) };
  const ordered = new Set<string>();
  for (const root of Object.keys(env)) {
    if (ordered.has(root)) continue;
    const open = new Set([root]);
    // The names from the root to the current one, each with the references that are not followed yet.
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

/** Names of the variables that refer to one of some names, or to a variable that does. */
export function dependents(env: Readonly<Record<string, unknown>>, names: Iterable<string>): Set<string> {
  const unknown = new Set(names);
  const found = new Set<string>();
  for (let before = -1; before < found.size;) {
    before = found.size;
    for (const [name, value] of Object.entries(env))
      if (
        typeof value === 'string' &&
        referencesIn(value).some((other) => unknown.has(other) || found.has(other))
      )
        found.add(name);
  }
  return found;
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
