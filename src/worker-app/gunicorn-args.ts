/**
 * The settings in GUNICORN_CMD_ARGS that would undo what the manifests promise: gunicorn takes them over
 * WEB_CONCURRENCY, and a preloaded application binds its metrics port in the master, where no worker serves.
 * Long options may be shortened, as argparse has it, as far as they stay unique.
 */
export function conflictingGunicornArgs(args: string): string[] {
  return words(args).filter(
    (word) =>
      /^-[a-zA-Z]*w/.test(word) ||
      isOption(word, '--workers', '--workers') ||
      isOption(word, '--preload', '--pre'),
  );
}

function isOption(word: string, option: string, shortest: string): boolean {
  const name = word.split('=', 1)[0] ?? '';
  return name.startsWith(shortest) && option.startsWith(name);
}

/** Words as a shell splits them, without their quotes. */
function words(line: string): string[] {
  return Array.from(line.matchAll(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g), ([word]) =>
    word.replaceAll(/["']/g, ''),
  );
}
