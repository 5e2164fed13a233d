/** A variable, alone or with a default or another operation of a shell: `${REPLICAS}`, `${REPLICAS:=3}`, `${NAME/a/b}`. */
const VARIABLE = /\$\{#?[A-Za-z_]\w*([-=?+:^,#%/][^{}]*)?\}/;

/** Whether a value contains a variable that Flux replaces before it applies the object. */
export function isReplacedLater(value: unknown): boolean {
  return typeof value === 'string' && VARIABLE.test(value);
}

/** Brackets and signs of templates, and words with `_` in capitals: `{{ .Values.port }}`, `<PORT>`, `$(PORT)`, `FROM_OVERLAY`. */
const TEMPLATED =
  /^(<.*>|\(.*\)|\$\(?\w+\)?|__\w+__|%\w+%|@\w+@|\[\[.*\]\]|[A-Z][A-Z0-9]*(_[A-Z0-9]+)+)$|\{\{/;

/** Whether another program replaces a text before the object is applied, as far as the text shows. */
export function isTemplated(value: unknown): boolean {
  return isReplacedLater(value) || (typeof value === 'string' && TEMPLATED.test(value));
}

/** A word in capitals that is no boolean: `PLACEHOLDER`. */
const IN_CAPITALS = /^(?!(TRUE|FALSE|YES|NO|ON|OFF)$)[A-Z][A-Z0-9-]*$/;

/** Whether a text in the place of a number, a boolean or a list is there for another value. */
export function isPlaceholder(value: unknown): boolean {
  return isTemplated(value) || (typeof value === 'string' && IN_CAPITALS.test(value));
}
