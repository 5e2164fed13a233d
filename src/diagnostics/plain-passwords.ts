import { containsPassword, isSecret } from './secrets.js';

/** A name that ends in the word for a secret. Many others that contain it are about the secret: `TOKEN_ISSUER`. */
const ENDS_IN_SECRET = /(?:passw(?:or)?d|passphrase|token|secret|(?:secret|access|private|api)_?key)$/i;

/** Secrets that clients get, and names of Secrets. */
const NOT_HIDDEN = /public|publishable|csrf|existing_?secret/i;

/**
 * Text that another program replaces or reads elsewhere, or that switches something: `${DB_PASSWORD}` of Flux,
 * `$(DB_PASSWORD)`, `{{ password }}`, `<path:secret/data/shop#password>` of Argo CD's Vault plugin, `ENC[…]` of SOPS,
 * `@Microsoft.KeyVault(…)`, `vault:secret/data/shop`, `arn:aws:…`, `{cipher}…` of Spring, `enabled`, a number: `4096`, `15m`.
 */
const NO_PASSWORD =
  /\$[({]|\{\{|^(?:<|ENC\[|\{cipher\}|@Microsoft\.KeyVault\()|^[a-z][-+.a-z]*:|^(?:enabled|disabled|yes|no|on|off|none|null|[0-9]+(?:[dhkms]|ms)?)$/i;

/**
 * A text, or a password in a URL, that is replaced as a whole: `$DB_PASSWORD` by envsubst, `%(PASSWORD)s` by Python,
 * `#{PASSWORD}#` by Azure DevOps, `__PASSWORD__`, `@@PASSWORD@@`, `%PASSWORD%`, `<password>`, `[PAD]`.
 */
const PLACEHOLDER =
  /(?<=^|:)(?:\$[A-Z_][A-Z0-9_]*|%\(\w+\)s|#\{[^{}]*\}#|__[A-Z][A-Z0-9_]*__|@@\w+@@|%[A-Z_][A-Z0-9_]{2,}%|<[^<>\s]+>|\[\w+\])(?=$|@)/g;

/** A Secret's own name, its place, or a word: `TLS_SECRET: shop-tls`, `shop-db-2`, `regcred2`, `secret/data/shop#password`. */
const NAME_OF_SECRET = /^[a-z]+[0-9]{0,2}(?:[-./_#](?:[a-z]+[0-9]{0,2}|[0-9]{1,3}))*$/;

/** Secrets with which an application signs or logs in: one word in them is a password. Names of Secrets have a "-": `shop-jwt`. */
const IS_NO_NAME = /(?:jwt|client|session|cookie|nextauth|signing)_?secret$/i;
const ONE_WORD = /^[a-z0-9]+$/;

/** The name of a file beside the program: `certs/tls.key`. */
const FILE = /^[\w./-]+\.(?:pem|key|crt|cer|p12|pfx|json|txt)$/i;

/** Whether a variable certainly contains a password in plain text. It warns of less than is hidden. */
export function isPassword(name: string, value: unknown): boolean {
  if (typeof value !== 'string') return false;
  const text = value.replaceAll(PLACEHOLDER, '');
  if (NO_PASSWORD.test(text) || FILE.test(text)) return containsPassword(text);
  const isWord = IS_NO_NAME.test(name) && ONE_WORD.test(text);
  if (/secret$/i.test(name) && NAME_OF_SECRET.test(text) && !isWord) return false;
  const isNamed = ENDS_IN_SECRET.test(name) && !NOT_HIDDEN.test(name) && isSecret(name, text);
  return isNamed || containsPassword(text);
}
