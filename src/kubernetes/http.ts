import type { TextRule } from './text-rules.js';

export const HTTP_PATH: TextRule = {
  what: 'a path such as /health/ (a "/" first, printable ASCII without spaces)',
  pattern: /^\/[!-~]*$/,
  maxLength: 2048,
};

export const HOST: TextRule = {
  what: 'a host name such as app.example.com, with or without a port',
  pattern: /^[A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?(:[0-9]{1,5})?$/,
  maxLength: 253,
};
