import { programCommands } from './program-command.js';
import { isKnown } from './words.js';

/** A Celery process that sends tasks at their times: `celery beat`, or a worker with `-B`. */
export interface CeleryBeat {
  /** Whether it is part of a worker. */
  readonly isInWorker: boolean;
  /** The value of `--scheduler`; it may contain UNKNOWN. */
  readonly scheduler: string | undefined;
  /** The value of `--schedule`: the file in which the default scheduler remembers the last runs. */
  readonly schedule: string | undefined;
}

const isCelery = (name: string): name is 'celery' => name === 'celery';

/** Global options of Celery with a value, which come before its command. */
const WITH_VALUE = /^(-A|--app|-b|--broker|--result-backend|--loader|--config|--workdir)$/;

/** Returns the beat that a command line starts, also behind an entrypoint script; undefined for every other command. */
export function celeryBeat(words: readonly string[]): CeleryBeat | undefined {
  for (const celery of programCommands(words, isCelery)) {
    const beat = beatIn(celery.words);
    if (beat !== undefined) return beat;
  }
  return undefined;
}

/** @param words the arguments of celery */
function beatIn(words: readonly string[]): CeleryBeat | undefined {
  const [command, ...options] = withoutGlobalOptions(words);
  const isInWorker = command === 'worker';
  if (command !== 'beat' && !(isInWorker && options.some(isBeatFlag))) return undefined;
  return {
    isInWorker,
    scheduler: valueOf(options, 'S', '--scheduler'),
    schedule: valueOf(options, 's', '--schedule') ?? valueOf(options, 's', '--schedule-filename'),
  };
}

/** Whether several beats with this scheduler share their work: RedBeat holds a lock in Redis. */
export function hasLock({ scheduler = '' }: CeleryBeat): boolean {
  return !isKnown(scheduler) || /redbeat/i.test(scheduler);
}

function withoutGlobalOptions(words: readonly string[]): readonly string[] {
  const [first = '', ...rest] = words;
  if (!first.startsWith('-')) return words;
  return withoutGlobalOptions(WITH_VALUE.test(first) ? rest.slice(1) : rest);
}

/** `-B` may be among other options without a value: `-EB`. */
function isBeatFlag(word: string): boolean {
  return word === '--beat' || /^-[DE]*B[DE]*$/.test(word);
}

function valueOf(words: readonly string[], short: string, long: string): string | undefined {
  for (const [i, word] of words.entries()) {
    if (word === `-${short}` || word === long) return words[i + 1];
    if (word.startsWith(`${long}=`)) return word.slice(long.length + 1);
    if (word.startsWith(`-${short}`) && !word.startsWith('--')) return word.slice(2);
  }
  return undefined;
}
