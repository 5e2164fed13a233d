import { UNKNOWN } from './words.js';

/** Settings of a gunicorn.conf.py, as far as they are plainly there. */
export interface PythonSettings {
  /** A number, text or truth; UNKNOWN where Python computes it; undefined where it is not set. */
  value(name: string): string | undefined;
  /** Whether it has a function of the name, such as a hook of gunicorn. */
  hasFunction(name: string): boolean;
}

const LITERAL = /^(?:([0-9]+|True|False)|"([^"\\]*)"|'([^'\\]*)')[ \t]*(?:#.*)?$/;

/** Reads the assignments at the top level, each once: others may come later, or under a condition. */
export function pythonSettings(source: string): PythonSettings {
  const values = new Map<string, string>();
  const functions = new Set<string>();
  for (const line of source.split(/\r?\n/)) {
    const [, indent, name = '', text = ''] =
      /^([ \t]*)([A-Za-z_]\w*)[ \t]*(?::[^=]*)?=(?!=)[ \t]*(.*)$/.exec(line) ?? [];
    if (indent !== undefined) {
      const literal = indent === '' && !values.has(name) ? LITERAL.exec(text.trim()) : null;
      values.set(name, literal?.slice(1).find((part) => part !== undefined) ?? UNKNOWN);
    }
    const [, hook] = /^(?:async )?def ([A-Za-z_]\w*)/.exec(line) ?? [];
    if (hook !== undefined) functions.add(hook);
  }
  return { value: (name) => values.get(name), hasFunction: (name) => functions.has(name) };
}
