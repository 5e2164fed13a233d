/** Whether a value contains a variable that Flux replaces before it applies the object: `${REPLICAS}`. */
export function isReplacedLater(value: unknown): boolean {
  return typeof value === 'string' && /\$\{\w/.test(value);
}
