import type { TextFormat } from './text-formats.js';

/** URLs in a manifest. They contain no password, as everybody who reads the manifest could read it. */
export const HTTP_URL: TextFormat = {
  what: 'a URL such as https://alerts.example.com/path (http or https, no user or password, no spaces)',
  // "\[": in Java's dialect, a bare "[" starts a class within the class.
  // eslint-disable-next-line no-useless-escape
  pattern: /^https?:\/\/([^\s/@?#:\[\]]+|\[[0-9a-fA-F:.]+\])(:[0-9]{1,5})?([/?#][!-~]*)?$/,
  maxLength: 2048,
};

/**
 * User and password of a URL, as written. A valid password has no "/". A password that is not escaped may have one: then
 * all text before the next "@" counts as user and password, unless a port follows the host.
 */
export function userInfo(url: string): string | undefined {
  const [, ofHost, beyondHost] = USER_INFO.exec(url) ?? [];
  return ofHost ?? beyondHost;
}

const USER_INFO = /^[a-z][-+.a-z0-9]*:\/\/(?:([^\s/?#]*)@|([^\s/?#@:[]*:(?![0-9]+[/?#])[^\s@]*)@)/i;
