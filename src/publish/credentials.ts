/** A URL, or something like one, in parts. */
interface Parts {
  /** `https://`, also where it is misspelled (`https:/`, `https//`) or follows a helper's name (`helper::https://`). */
  readonly scheme: string;
  /** User and password, as they are written. */
  readonly user: string;
  readonly rest: string;
}

/**
 * Up to the last "@" before the path. A password has no "/", but somebody may write one: then all up to the last "@", unless
 * a port follows the host.
 */
const SCHEMES = String.raw`(?:[a-z][-+.a-z0-9]*(?::?[/\\]{2,}|:[/\\]|::))`;
const URL_LIKE = new RegExp(
  String.raw`^(${SCHEMES}*)(?!${SCHEMES})(?:([^/?#]*)@|([^/?#@:[.]*:(?![0-9]+[/?#])[^?#]*)@)(.*)$`,
  'is',
);

/** Text of a few characters is in most words: alone, it is no secret. */
const SHORTEST_SECRET = 4;

/** A text, such as a complaint of git, without the passwords and tokens of a URL, and of others in it. */
export function withoutCredentials(text: string, url: string): string {
  const alone = secretsOf(url).flatMap((secret) => [
    // As the user of a host: git takes a:b@c for a path b@c on a host a.
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

/** The password as it is written, decoded and encoded. */
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

/** What follows the first ":". Over HTTP a user alone is a token; over SSH it is no secret. */
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
