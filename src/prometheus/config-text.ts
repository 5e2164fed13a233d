import type { TextFormat } from '../kubernetes/text-formats.js';

/**
 * Text in the configuration that the operator writes. Its config-reloader replaces `$(NAME)` by a variable of its own
 * environment. If there is no such variable, it refuses the whole configuration (prometheus-operator pkg/reloader envRe).
 */
export const CONFIG_TEXT: TextFormat = {
  what: "text without $(NAME) (the operator's config-reloader replaces it by a variable of its own, or refuses the whole configuration)",
  pattern: /^(?![\s\S]*\$\([A-Za-z0-9_]+\))[\s\S]*$/,
};
