import type { TextFormat } from '../kubernetes/text-formats.js';

/**
 * The path of a scrape. Prometheus uses the whole text as a path (`url.URL{Path: …}`). It sends "?" as %3F and "%" as %25,
 * and the application does not find the page.
 */
export const METRICS_PATH: TextFormat = {
  what: 'a path such as /metrics (a "/" first, printable ASCII without spaces, "?", "#" and "%", which Prometheus would escape)',
  pattern: /^\/[!"$&->@-~]*$/,
  maxLength: 2048,
};
