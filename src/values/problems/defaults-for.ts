import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { placeIn } from './defaults-problems.js';
import { FolderDefaults } from '../document/folder-defaults.js';
import { readSources, VALUES_PATHS, type Source } from '../files/sources.js';

/** Warnings about Defaults that hold for a file that was imported from a chart. The file need not exist. */
export function defaultsFor(file: string): Diagnostic[] {
  const defaults = new FolderDefaults(sourcesAround(file));
  return defaults.above(file).map(({ yaml }) => ({
    severity: 'warning',
    ...placeIn(yaml, ['kind']),
    message: `these values hold for ${file}, too: its manifests may differ from those of the chart`,
    hint: 'see them with worker-metrics explain; null in the file removes a value',
  }));
}

/** The files of Defaults that hold for a file. It need not exist. */
export function sourcesAround(file: string): Source[] {
  return readSources([file], VALUES_PATHS).sources.filter((source) => source.file !== file);
}
