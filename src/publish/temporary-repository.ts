import { tmpdir } from 'node:os';
import { makeRunFolder, removeAbandonedRunFolders, removeFolders } from './run-folder.js';

const PREFIX = 'worker-metrics-publish-';
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const endings = new Set<() => void>();

/**
 * Runs work in a temporary folder, and removes the folder when the work ends or a signal ends this process. Folders of
 * killed runs are removed first.
 *
 * @param work must end at once when its AbortSignal is aborted
 */
export async function inTemporaryFolder<T>(
  work: (folder: string, ended: AbortSignal) => Promise<T>,
): Promise<T> {
  removeAbandonedRunFolders(tmpdir(), PREFIX);
  const folder = makeRunFolder(tmpdir(), PREFIX);
  const abort = new AbortController();
  const end = () => {
    abort.abort(); // otherwise git would continue to write into the folder
    removeFolders([folder]);
  };
  if (endings.size === 0) for (const signal of SIGNALS) process.on(signal, endAll);
  endings.add(end);
  try {
    return await work(folder, abort.signal);
  } finally {
    endings.delete(end);
    if (endings.size === 0) forgetSignals();
    removeFolders([folder]);
  }
}

function endAll(signal: NodeJS.Signals): void {
  for (const end of endings) end();
  forgetSignals();
  // Without other handlers, send the signal again: it now ends this process.
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
}

function forgetSignals(): void {
  for (const signal of SIGNALS) process.removeListener(signal, endAll);
}
