/** The path of a field within another, as diagnostics show it: `spec.ports`, `resources.limits["nvidia.com/gpu"]`. */
export function fieldIn(parent: string, key: string): string {
  const isPlain = /^[-\w]+$/.test(key);
  return `${parent}${isPlain ? (parent && '.') + key : `[${JSON.stringify(key)}]`}`;
}

/** A path as diagnostics show it: `spec.ports[0].targetPort`. */
export function formatField(path: readonly (string | number)[]): string {
  return path.reduce<string>(
    (field, key) => (typeof key === 'number' ? `${field}[${key}]` : fieldIn(field, key)),
    '',
  );
}
