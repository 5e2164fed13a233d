/** The options in GUNICORN_CMD_ARGS that could undo what the manifests promise, as they were written. */
export interface GunicornOptionsGiven {
  /** Gunicorn takes it over WEB_CONCURRENCY. */
  readonly workers?: string;
  /** A preloaded application binds its metrics port in the master, where no worker serves. */
  readonly preload?: string;
  readonly config?: string;
}

/** Long options may be shortened, as argparse has it, as far as they stay unique. */
const OPTIONS = {
  workers: { short: /^-[RD]*w/, long: '--workers', shortest: '--workers' },
  // it has no short form
  preload: { short: /^(?!)/, long: '--preload', shortest: '--pre' },
  config: { short: /^-[RD]*c/, long: '--config', shortest: '--conf' },
} as const;

export function gunicornOptionsIn(args: string): GunicornOptionsGiven {
  const given = words(args);
  const found = Object.entries(OPTIONS).map(([option, { short, long, shortest }]) => {
    const matches = (word: string) => {
      const [name = ''] = word.split('=', 1);
      return short.test(word) || (name.startsWith(shortest) && long.startsWith(name));
    };
    return [option, given.find(matches)];
  });
  return Object.fromEntries(found);
}

/** Words as a shell splits them, without quotes and backslashes. */
function words(line: string): string[] {
  return Array.from(line.matchAll(/(?:[^\s"'\\]|\\.|"[^"]*"|'[^']*')+/g), ([word]) =>
    word.replaceAll(/["'\\]/g, ''),
  );
}
