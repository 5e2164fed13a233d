import type { TextFormat } from './text-formats.js';

export const HTTP_PATH: TextFormat = {
  what: 'a path such as /health/ (a "/" first, printable ASCII without spaces)',
  pattern: /^\/[!-~]*$/,
  maxLength: 2048,
};

const LABEL = '[A-Za-z0-9]([-A-Za-z0-9]{0,61}[A-Za-z0-9])?';
const PORT_NUMBER = '([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])';

/** Host names that a certificate can be issued for (RFC 1123). */
export const HOST_NAME: TextFormat = {
  what: 'a host name such as app.example.com',
  pattern: new RegExp(`^${LABEL}(\\.${LABEL})*$`),
  maxLength: 253,
};

/** Values of the header Host, as Django's ALLOWED_HOSTS checks them. */
export const HOST: TextFormat = {
  what: 'a host name such as app.example.com, with or without a port',
  pattern: new RegExp(`^${LABEL}(\\.${LABEL})*(:${PORT_NUMBER})?$`),
  maxLength: 253,
};

/** Hosts of an Ingress or a route: no scheme, no port, no address, and `*` only as the whole first label (RFC 1123). */
export const INGRESS_HOST: TextFormat = {
  what: 'a host name in lowercase letters such as shop.example.com, or *.example.com',
  pattern: /^(?![0-9.]+$)(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  maxLength: 253,
};
