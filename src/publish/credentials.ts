/** The parts of a URL, or of a text that resembles one. */
interface Parts {
  /** `https://`, also where it is misspelled (`https:/`, `https//`) or follows a helper's name (`helper::https://`). */
  readonly scheme: string;
  /** User and password, as written. */
  readonly user: string;
  readonly rest: string;
}

/**
 * The credentials end at the last "@" before the path. A "/" in a password should be encoded, but may be written: then they
 * end at the last "@" of the text, unless a port follows the host.
 */
const SCHEMES = String.raw`(?:[a-z][-+.a-z0-9]*(?::?[/\\]{2,}|:[/\\]|::))`;
const URL_LIKE = new RegExp(
  String.raw`^(${SCHEMES}*)(?!${SCHEMES})(?:([^/?#]*)@|([^/?#@:[.]*:(?![0-9]+[/?#])[^?#]*)@)(.*)$`,
  'is',
);

/** Minimum length of a secret to hide by itself: shorter texts occur in many words. */
const SHORTEST_SECRET = 4;

/** Hides the passwords and tokens of a URL in a text, such as git's message, and those of other URLs in it. */
export function withoutCredentials(text: string, url: string): string {
  const alone = secretsOf(url).flatMap((secret) => [
    // As the user of a host: git reads a:b@c as the path b@c on the host a.
    { secret, pattern: new RegExp(`(?<![\\w%])${escaped(secret)}(?=@)`, 'g') },
    { secret, pattern: new RegExp(`(?<![\\w%])${escaped(secret)}(?![\\w%])`, 'g') },
  ]);
  const shown = url === '' ? text : text.replaceAll(url, () => shownUrl(url));
  return alone
    .filter(({ secret, pattern }) => secret.length >= SHORTEST_SECRET || pattern.source.endsWith('(?=@)'))
    .reduce((hidden, { pattern }) => hidden.replace(pattern, '***'), shown)
    .replaceAll(/(https?:[/\\]+)[^\s/@'"]+@/gi, '$1***@')
    .replaceAll(/([a-z][-+.a-z0-9]*:[/\\]+)[^\s/@:'"]*:[^\s/@'"]*@/gi, '$1***@')
    .replaceAll(/(^|[\s'"(=])[^\s/@:'"(=]+:[^\s/@'"]+@(?=[\w[])/g, '$1***@')
    .replaceAll(/(https?:[/\\]+[^\s?'"]*\?)[^\s'"]+/gi, '$1***');
}

function shownUrl(url: string): string {
  const parts = partsOf(url);
  return parts === undefined || passwordOf(parts) === undefined ? url : `${parts.scheme}***@${parts.rest}`;
}

/** The password as written, decoded and encoded. */
function secretsOf(url: string): string[] {
  const parts = partsOf(url);
  const password = parts && passwordOf(parts);
  if (!password) return [];
  const plain = decoded(password);
  return [...new Set([password, plain, encodeURIComponent(plain)])].toSorted((a, b) => b.length - a.length);
}

function partsOf(url: string): Parts | undefined {
  const [, scheme = '', before, beyond, rest = ''] = URL_LIKE.exec(url.trim()) ?? [];
  const user = before ?? beyond;
  return user === undefined ? undefined : { scheme, user, rest };
}

/** The text after the first ":". Without it, the user is a token over HTTP, but no secret over SSH. */
function passwordOf({ scheme, user }: Parts): string | undefined {
  const colon = user.indexOf(':');
  if (colon >= 0) return user.slice(colon + 1);
  return /^https?/i.test(scheme) ? user : undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
}
