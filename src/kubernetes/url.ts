import type { TextRule } from './text-rules.js';

/** URLs that may stand in a manifest: a password in one would be there for all to read. */
export const HTTP_URL: TextRule = {
  what: 'a URL such as https://alerts.example.com/path (http or https, no user or password, no spaces)',
  pattern: /^https?:\/\/[^\s/@?#]+([/?#][!-~]*)?$/,
  maxLength: 2048,
};
