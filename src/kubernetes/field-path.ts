/** The path of a field within another, as diagnostics show it: `spec.ports`, `resources.limits["nvidia.com/gpu"]`. */
export function fieldIn(parent: string, key: string): string {
  const isPlain = /^[-\w]+$/.test(key);
  return `${parent}${isPlain ? (parent && '.') + key : `[${JSON.stringify(key)}]`}`;
}

/** The parts of a field: `[0]`, `["a.b"]`, `name`. */
const PART = /\[(?<index>\d+)\]|\[(?<quoted>"(?:[^"\\]|\\.)*")\]|(?<plain>[^.[\]]+)/g;

/** The path of a field as diagnostics show it: the opposite of `formatField`. */
export function parseField(field: string): (string | number)[] {
  return Array.from(field.matchAll(PART), ({ groups: { index, quoted, plain = '' } = {} }) => {
    if (index !== undefined) return Number(index);
    return quoted === undefined ? plain : (JSON.parse(quoted) as string);
  });
}

/** A path as diagnostics show it: `spec.ports[0].targetPort`. */
export function formatField(path: readonly (string | number)[]): string {
  return path.reduce<string>(
    (field, key) => (typeof key === 'number' ? `${field}[${key}]` : fieldIn(field, key)),
    '',
  );
}
