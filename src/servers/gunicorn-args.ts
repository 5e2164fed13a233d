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
  const options = Object.keys(OPTIONS) as Option[];
  return Object.fromEntries(options.map((option) => [option, given.find((word) => sets(option, word))]));
}

/** How many workers GUNICORN_CMD_ARGS asks for, as text, and in which words; of two numbers, gunicorn takes the last. */
export function gunicornWorkersIn(args: string): { number: string; inWords: string } | undefined {
  const given = words(args);
  const place = given.findLastIndex((word) => sets('workers', word));
  const [word, next = ''] = given.slice(place);
  if (place === -1 || word === undefined) return undefined;
  const attached = /^--[^=]*=(.*)|^-[RD]*w=?(.+)/.exec(word)?.slice(1).join('');
  return attached === undefined
    ? { number: next, inWords: `${word} ${next}`.trim() }
    : { number: attached, inWords: word };
}

type Option = keyof typeof OPTIONS;

function sets(option: Option, word: string): boolean {
  const { short, long, shortest } = OPTIONS[option];
  const [name = ''] = word.split('=', 1);
  return short.test(word) || (name.startsWith(shortest) && long.startsWith(name));
}

/** Words as a shell splits them, without quotes and backslashes. */
function words(line: string): string[] {
  return Array.from(line.matchAll(/(?:[^\s"'\\]|\\.|"[^"]*"|'[^']*')+/g), ([word]) =>
    word.replaceAll(/["'\\]/g, ''),
  );
}
