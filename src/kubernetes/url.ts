import type { TextFormat } from './text-formats.js';

/** URLs that may stand in a manifest: a password in one would be there for all to read. */
export const HTTP_URL: TextFormat = {
  what: 'a URL such as https://alerts.example.com/path (http or https, no user or password, no spaces)',
  // "\[", as Java begins a class in a class with a bare one.
  // eslint-disable-next-line no-useless-escape
  pattern: /^https?:\/\/([^\s/@?#:\[\]]+|\[[0-9a-fA-F:.]+\])(:[0-9]{1,5})?([/?#][!-~]*)?$/,
  maxLength: 2048,
};

/**
 * User and password of a URL, as they stand in it. A password has no "/", but what somebody wrote as one may: then all up
 * to the next "@" is taken for theirs, unless what follows the host is a port.
 */
export function userInfo(url: string): string | undefined {
  const [, ofHost, beyondHost] = USER_INFO.exec(url) ?? [];
  return ofHost ?? beyondHost;
}

const USER_INFO = /^[a-z][-+.a-z0-9]*:\/\/(?:([^\s/?#]*)@|([^\s/?#@:[]*:(?![0-9]+[/?#])[^\s@]*)@)/i;
