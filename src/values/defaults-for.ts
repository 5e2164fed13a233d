import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { placeIn } from './defaults-problems.js';
import { FolderDefaults } from './folder-defaults.js';
import { readSources, VALUES_PATHS } from './sources.js';

/** Warnings about Defaults that hold for a file that was imported from a chart. The file need not exist. */
export function defaultsFor(file: string): Diagnostic[] {
  const { sources } = readSources([file], VALUES_PATHS);
  const defaults = new FolderDefaults(sources.filter((source) => source.file !== file));
  return defaults.above(file).map(({ yaml }) => ({
    severity: 'warning',
    ...placeIn(yaml, ['kind']),
    message: `these values hold for ${file}, too: its manifests may differ from those of the chart`,
    hint: 'see them with worker-metrics explain; null in the file removes a value',
  }));
}
