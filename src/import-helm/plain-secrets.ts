import type { HelmPath } from './helm-values.js';

/** Whether the value at a path may be a secret, by its key or the key of a map around it. */
export function mayBeSecret(path: HelmPath): boolean {
  return path.some((key) => /secret|passw(or)?d|token|credential|key/i.test(String(key)));
}

/** Whether an environment variable looks like a password: by its name, or by a URL that contains one. */
export function looksLikePassword(name: string, value: string): boolean {
  if (URL_WITH_PASSWORD.test(value)) return true;
  return SECRET_NAME.test(name) && !NO_SECRET_NAME.test(name) && !NO_SECRET.test(value);
}

/** `postgres://user:password@host`, unless Kubernetes fills in the password: `$(DB_PASSWORD)`. */
const URL_WITH_PASSWORD = /^[a-z][a-z0-9+.-]*:\/\/[^/?#:@\s]*:(?!\$\()[^/?#@\s]+@/i;

const SECRET_NAME = /secret|passw(or)?d|passphrase|token|credential|(?:^|_|api|access|private)key$/i;

/** Names of paths, limits and booleans: `DB_PASSWORD_FILE`, `TOKEN_TTL`, `PASSWORD_MIN_LENGTH`. */
const NO_SECRET_NAME =
  /_(?:file|path|dir|name|url|ttl|timeout|lifetime|expiry|length|age|header|enabled|required|algorithm|prefix|backend|hashers)$/i;

/** Empty text, numbers, booleans, file paths, and variables that Kubernetes fills in. */
const NO_SECRET = /^(?:|[0-9]+|true|false|\/.*|\$\([^)]*\))$/i;
