import type { TextFormat } from '../kubernetes/text-formats.js';

/**
 * What Prometheus asks a target for. It takes all of it for a path (`url.URL{Path: …}`), so that a "?" is sent as %3F and a
 * "%" as %25, and the application finds nothing there.
 */
export const METRICS_PATH: TextFormat = {
  what: 'a path such as /metrics (a "/" first, printable ASCII without spaces, "?", "#" and "%", which Prometheus would escape)',
  pattern: /^\/[!"$&->@-~]*$/,
  maxLength: 2048,
};
