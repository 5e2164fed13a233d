import { createHash } from 'node:crypto';
import { DNS_1123_LABEL, matches } from './text-formats.js';

/** Of the name of a volume, at most. */
const LENGTH = 63;
const HASH_LENGTH = 10;

/**
 * Name of the volume of a Secret: `secret-<name>`. Names of Secrets may be longer than those of volumes and have dots;
 * such a one gives what can be read of it, and a hash that tells it from all others.
 */
export function secretVolumeName(secret: string): string {
  const name = `secret-${secret}`;
  if (matches(DNS_1123_LABEL, name)) return name;
  const hash = createHash('sha256').update(secret).digest('hex').slice(0, HASH_LENGTH);
  // Begins as no other name does: a Secret may be called what is made here.
  const readable = `hashed-secret-${secret.replaceAll('.', '-')}`.slice(0, LENGTH - 1 - HASH_LENGTH);
  return `${readable}-${hash}`;
}
