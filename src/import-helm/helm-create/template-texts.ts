import type { FieldPath } from '../../diagnostics/field-path.js';
import { isMap } from '../../kubernetes/manifest.js';

/** An action of a Helm template. Texts in braces for other programs, such as `{{ name }}`, are none. */
const ACTION =
  /\{\{-?\s*(?:[.$(]|(?:default|if|include|lookup|printf|quote|range|required|template|toYaml|tpl|with)\b)/;

/** Advice to write the value of a template, which only a chart with `tpl` fills in. */
export const WRITE_THE_VALUE =
  'charts fill it in with tpl: write the value, or import the output of helm template';

/** Whether a value contains a Helm template. */
export function hasTemplate(value: unknown): boolean {
  return typeof value === 'string' && ACTION.test(value);
}

/** The paths of the texts that contain a Helm template. */
export function templatesIn(value: unknown, path: FieldPath = []): FieldPath[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown, i) => templatesIn(item, [...path, i]));
  if (isMap(value))
    return Object.entries(value).flatMap(([key, inner]) => templatesIn(inner, [...path, key]));
  return hasTemplate(value) ? [path] : [];
}
