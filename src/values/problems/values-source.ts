import { type Diagnostic, type FieldDiagnostic, type Place, placed } from '../../diagnostics/diagnostic.js';
import type { FieldPath } from '../../diagnostics/field-path.js';
import { memo } from '../../memo.js';
import { parseYaml, type YamlDocument } from '../../yaml/yaml-document.js';
import type { EnvironmentValues } from '../document/environment-values.js';
import { inApplications, nameWithPlace } from './inherited-diagnostics.js';
import type { Source } from '../files/sources.js';
import { readDocument, type AroundDocument } from '../document/values-document.js';

/** Where the values of one environment are written: which document of which file. */
interface ValuesPlace {
  readonly source: Source;
  readonly index: number;
  readonly environment: string | undefined;
}

/** Returns values with their places: those of a document that a run does not keep. */
export type ReadAgain = () => EnvironmentValues;

/** The document that values come from. */
export class ValuesSource {
  /**
   * @param document the same object for all environments of a document; `isWhole`: whether the run reads all of them
   * @param read returns the values with their places
   */
  constructor(
    readonly document: { readonly isWhole: boolean },
    private readonly read: ReadAgain,
  ) {}

  /** The values as the user gives them. */
  get props(): Readonly<Record<string, unknown>> {
    return this.read().props;
  }

  /** The place where a value, or its key, is written. */
  placeOf(path: FieldPath, inKey?: boolean): Place & { readonly field: string } {
    return this.read().placeOf(path, inKey);
  }

  /** Whether the value at a path comes from Defaults. */
  isInherited(path: FieldPath): boolean {
    return this.read().isInherited(path);
  }

  /** A diagnostic about a value, with its place. If the value comes from Defaults, the message names the application. */
  placed(diagnostic: FieldDiagnostic): Diagnostic {
    const values = this.read();
    const { path, inKey } = diagnostic;
    const { file, line } = values.placeOfName();
    const found = placed(diagnostic, values.placeOf(path, inKey));
    return values.isInherited(path)
      ? inApplications(found, [nameWithPlace({ name: values.name, place: { file, line } })])
      : found;
  }
}

/**
 * The values of one environment, read a second time when they are needed. A run keeps no documents: there may be thousands.
 * (A function that is made beside a document keeps it.)
 */
export function readAgain({ source, index, environment }: ValuesPlace, around: AroundDocument): ReadAgain {
  return memo(() => {
    const yaml = documentsOf(source)[index];
    const { document } = yaml === undefined ? {} : readDocument(yaml, around);
    const found = document?.environments.find((values) => values.environment === environment);
    if (found === undefined) throw new Error(`document ${index + 1} of ${source.file} is not what it was`);
    return found;
  });
}

/** The documents of the files that were read again: a file may contain thousands. */
const READ_AGAIN = new WeakMap<Source, readonly YamlDocument[]>();

function documentsOf(source: Source): readonly YamlDocument[] {
  const documents = READ_AGAIN.get(source) ?? parseYaml(source.file, source.text).documents;
  READ_AGAIN.set(source, documents);
  return documents;
}
