// Values files and manifests contain references to secrets, not secrets. If a secret is there all the same, no command prints
// it: logs of CI are read by many.

/** Printed in place of a secret. */
export const HIDDEN = '***';

const WORDS = 'passw(?:or)?d|passphrase|token|credential';

const SECRET_NAME = new RegExp(
  `${WORDS}|secret[-_]?key|(?:^|_)secret(?:_|$)|[a-z]Secret$|(?:^|[-_]|api|access|private)key$`,
  'i',
);

/** Names in files of other programs: any of these words may be about a secret. */
const MAY_BE_SECRET = new RegExp(`${WORDS}|secret|key`, 'i');

/** Names of paths, limits and booleans: `DB_PASSWORD_FILE`, `TOKEN_TTL`, `PASSWORD_MIN_LENGTH`. */
const NO_SECRET_NAME =
  /_(?:file|files|path|dir|name|url|ttl|timeout|lifetime|expiry|length|age|header|enabled|required|algorithm|prefix|backend|hashers|ref)$/i;

/** References to a Secret, and to a key in it; fields of Kubernetes whose values are maps or booleans. */
const REFERENCE =
  /^(?:key|secret|existingSecret|secretKey|secretKeyRef|serviceAccountToken|automount(?:ServiceAccount)?Token)$/;

/** Text that is not secret: empty, booleans, paths, and variables that Kubernetes fills in. */
const NO_SECRET = /^(?:|true|false|\/.*|\$\([^)]*\))$/is;

/** Whether a setting or a variable of this name contains a secret: `DB_PASSWORD`, `smtp_auth_password`. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name) && !NO_SECRET_NAME.test(name) && !REFERENCE.test(name);
}

/** Whether a value in a file of another program may be secret, by its key or the key of a map around it. */
export function mayBeSecret(path: readonly (string | number)[]): boolean {
  return path.some((key) => MAY_BE_SECRET.test(String(key)));
}

/** Whether a value is secret because of its name. */
export function isSecret(name: string, value: unknown): boolean {
  return (
    isSecretName(name) && (typeof value === 'number' || (typeof value === 'string' && !NO_SECRET.test(value)))
  );
}

/** A port, further hosts after it, and the end of the hosts: `27017,b:27017/`. It ends before the next URL of a list. */
const PORT = '[0-9]+(?:,(?:[-.\\w]+|\\[[^\\]\\s]*\\])(?::[0-9]+)?)*(?:[/?#]|,[a-z][-+.a-z0-9]*://)';

/**
 * `postgres://shop:secret@db`, also with an `@` or `/` in the password, unless Kubernetes, Flux or a template fills it in.
 * Over HTTP, a user without a password may be a token.
 */
const PASSWORD_IN_URL = new RegExp(
  `(?<![-+.a-z0-9])([a-z][-+.a-z0-9]*://(?!\\[[0-9a-f:.]+\\])[^\\s/?#:@]{0,300}:)(?!\\$[({]|\\{\\{)(?:[^\\s/?#]{1,300}@|(?!${PORT})[^\\s@]{1,300}@)`,
  'gi',
);
const USER_IN_URL = /(?<![-+.a-z0-9])(https?:\/\/)[^\s/?#:@'"]{1,300}@/gi;

/** Whether a text contains a URL with a password. */
export function containsPassword(text: string): boolean {
  return text.search(PASSWORD_IN_URL) !== -1;
}

/** Hides the passwords of URLs in a text: `postgres://shop:***@db`. */
export function hidePasswords(text: string): string {
  if (!text.includes('://')) return text;
  return text.replaceAll(PASSWORD_IN_URL, `$1${HIDDEN}@`).replaceAll(USER_IN_URL, `$1${HIDDEN}@`);
}

/** A value without its secrets: those that their names tell, and the passwords of URLs. @param name the key of the value */
export function hideSecrets(value: unknown, name = ''): unknown {
  if (isSecret(name, value)) return HIDDEN;
  if (typeof value === 'string') return hidePasswords(value);
  if (Array.isArray(value)) return value.map((item) => hideSecrets(item, name));
  if (typeof value !== 'object' || value === null) return value;
  const { name: variable } = value as { readonly name?: unknown };
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      // A variable of a container: { name, value }.
      hideSecrets(inner, key === 'value' && typeof variable === 'string' ? variable : key),
    ]),
  );
}
