import { DELIVERY_FOLDER, EXTENSION } from '../output/layout.js';
import type { MirroredFile } from './mirror.js';

/** A commit message that lists the changed applications, below the user's subject if there is one. */
export function commitMessage(changes: readonly MirroredFile[], subject?: string): string {
  const names = [...new Set(changes.map(({ file }) => applicationOf(file)))];
  const lines = (['added', 'changed', 'removed'] as const).flatMap((change) => {
    const files = changes.filter((other) => other.change === change).map(({ file }) => inWords(file));
    return files.length === 0 ? [] : [`${change}: ${files.join(', ')}`];
  });
  return `${subject || `Publish ${listed(names)}`}\n\n${lines.join('\n')}\n`;
}

const NAMED = 3;

function listed(names: readonly string[]): string {
  const more = names.length - NAMED;
  return more > 0 ? `${names.slice(0, NAMED).join(', ')} and ${more} more` : names.join(', ');
}

/** `shop (production)`, `delivery of shop (production)` */
function inWords(file: string): string {
  const folders = file.split('/').slice(0, -1);
  const isDelivery = folders.at(-1) === DELIVERY_FOLDER;
  const [environment] = isDelivery ? folders.slice(0, -1) : folders;
  return [isDelivery ? 'delivery of ' : '', applicationOf(file), environment ? ` (${environment})` : ''].join(
    '',
  );
}

function applicationOf(file: string): string {
  return (file.split('/').at(-1) ?? '').slice(0, -EXTENSION.length);
}
