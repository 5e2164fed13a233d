import { UNKNOWN } from './words.js';

/** The literal settings of a gunicorn.conf.py. */
export interface PythonSettings {
  /** Returns a number, text or boolean; UNKNOWN if Python computes it; undefined if it is not set. */
  value(name: string): string | undefined;
  /** Whether the file defines a function with this name, for example a hook of gunicorn. */
  hasFunction(name: string): boolean;
}

const LITERAL = /^(?:([0-9]+|True|False)|"([^"\\]*)"|'([^'\\]*)')[ \t]*(?:#.*)?$/;

/** Reads top-level assignments. A name that is assigned twice, or in a block, has the value UNKNOWN. */
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
