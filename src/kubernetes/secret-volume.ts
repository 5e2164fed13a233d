import { createHash } from 'node:crypto';
import { DNS_1123_LABEL, matches } from './text-formats.js';

/** Most characters in the name of a volume. */
const LENGTH = 63;
const HASH_LENGTH = 10;

/**
 * Name of the volume of a Secret: `secret-<name>`. The name of a Secret may be too long for a volume, or contain dots.
 * The name of its volume is then a readable part and a hash that makes it unique.
 */
export function secretVolumeName(secret: string): string {
  const name = `secret-${secret}`;
  if (matches(DNS_1123_LABEL, name)) return name;
  const hash = createHash('sha256').update(secret).digest('hex').slice(0, HASH_LENGTH);
  // A prefix of its own: another Secret may have the same name as the result.
  const readable = `hashed-secret-${secret.replaceAll('.', '-')}`.slice(0, LENGTH - 1 - HASH_LENGTH);
  return `${readable}-${hash}`;
}
