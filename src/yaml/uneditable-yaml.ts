import { formatPath, type FieldPath } from '../diagnostics/field-path.js';

/** Thrown if a value cannot be changed where it is written. */
export class UneditableYaml extends Error {
  override readonly name = 'UneditableYaml';

  constructor(
    readonly path: FieldPath,
    message: string,
    readonly hint: string,
  ) {
    super(message);
  }
}

/** A value that only a person can change. */
export function byHand(path: FieldPath): UneditableYaml {
  return new UneditableYaml(
    path,
    `${formatPath(path)} cannot be changed in this place`,
    'edit the file by hand',
  );
}
