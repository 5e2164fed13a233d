import type { TextRule } from '../kubernetes/text-rules.js';

/** Names of labels that a configuration may give; those with "__" first are Prometheus' own. */
export const LABEL_NAME: TextRule = {
  what: 'a label name such as team (letters, digits and "_", no digit first, no "__" first)',
  pattern: /^(?!__)[a-zA-Z_][a-zA-Z0-9_]*$/,
};

/** Those of external labels, which become names of environment variables too. */
export const EXTERNAL_LABEL_NAME: TextRule = {
  what: 'a label name in lowercase such as cluster (letters, digits and "_", no digit first, no "__" first)',
  pattern: /^(?!__)[a-z_][a-z0-9_]*$/,
};
