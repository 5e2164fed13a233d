/** A variable, alone or with a default or another operation of a shell: `${REPLICAS}`, `${REPLICAS:=3}`, `${NAME/a/b}`. */
const VARIABLE = /\$\{#?[A-Za-z_]\w*([-=?+:^,#%/][^{}]*)?\}/;

/** Whether a value contains a variable that Flux replaces before it applies the object. */
export function isReplacedLater(value: unknown): boolean {
  return typeof value === 'string' && VARIABLE.test(value);
}
