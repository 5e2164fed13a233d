import { tmpdir } from 'node:os';
import { makeRunFolder, removeAbandonedRunFolders, removeFolders } from './run-folder.js';

const PREFIX = 'worker-metrics-publish-';
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const endings = new Set<() => void>();

/**
 * Gives a temporary folder to some work, and removes it when the work ends, or a signal ends this process. The folders of
 * earlier runs that were killed are removed first.
 *
 * @param work is told by the signal that it must end at once
 */
export async function inTemporaryFolder<T>(
  work: (folder: string, ended: AbortSignal) => Promise<T>,
): Promise<T> {
  removeAbandonedRunFolders(tmpdir(), PREFIX);
  const folder = makeRunFolder(tmpdir(), PREFIX);
  const abort = new AbortController();
  const end = () => {
    abort.abort(); // git would go on, and write into the folder
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
  // Without a handler, the signal ends this process as if there had been none.
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
}

function forgetSignals(): void {
  for (const signal of SIGNALS) process.removeListener(signal, endAll);
}
