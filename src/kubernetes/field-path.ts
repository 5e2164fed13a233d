/** The path of a field within another, as diagnostics show it: `spec.ports`, `resources.limits["nvidia.com/gpu"]`. */
export function fieldIn(parent: string, key: string): string {
  const isPlain = /^[-\w]+$/.test(key);
  return `${parent}${isPlain ? (parent && '.') + key : `[${JSON.stringify(key)}]`}`;
}
