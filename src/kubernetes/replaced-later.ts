/** A variable, alone or with a default or another operation of a shell: `${REPLICAS}`, `${REPLICAS:=3}`, `${NAME/a/b}`. */
const VARIABLE = /\$\{#?[A-Za-z_]\w*([-=?+:^,#%/][^{}]*)?\}/;

/** Whether a value contains a variable that Flux replaces before it applies the object. */
export function isReplacedLater(value: unknown): boolean {
  return typeof value === 'string' && VARIABLE.test(value);
}

/** A word in capitals, or in the brackets or signs of a template: `FROM_OVERLAY`, `<PORT>`, `$PORT`, `__PORT__`, `{{ .port }}`. */
const PLACEHOLDER =
  /^([A-Z][A-Z0-9]*([_-][A-Z0-9]+)*|<.*>|\(.*\)|\$\(?\w+\)?|__\w+__|%\w+%|@\w+@|\[\[.*\]\])$|\{\{/;

/** Whether another program probably replaces a text before it is applied. */
export function isPlaceholder(value: unknown): value is string {
  return isReplacedLater(value) || (typeof value === 'string' && PLACEHOLDER.test(value));
}
