import { UNKNOWN } from './words.js';

/** Options for the number of workers and for their addresses. */
export type Option =
  | 'workers'
  | 'preload'
  | 'lazy'
  | 'config'
  | 'bind'
  | 'host'
  | 'port'
  | 'metrics'
  | 'metricsAddress'
  | 'metricsPort';

/** An option as it is written. */
export interface Given {
  /** Contains UNKNOWN for parts that only the running container knows; empty for a flag. */
  readonly value: string;
  /** `--workers 5` */
  readonly inWords: string;
}

export type Options = Readonly<Partial<Record<Option, readonly Given[]>>>;

interface Names {
  readonly long: readonly string[];
  /** Letters of the short forms. */
  readonly short?: string;
  /** Shortest unique abbreviation of the long name. */
  readonly shortest?: string;
  readonly isFlag?: true;
}

interface Syntax {
  readonly options: Readonly<Partial<Record<Option, Names>>>;
  /** Letters of options without a value. They can precede another option in one word: `-Rw4`. */
  readonly flags: string;
  /** Other options without a value. */
  readonly longFlags: readonly string[];
  /** The option that a word without a name sets. */
  readonly positional?: Option;
}

const SYNTAX = {
  gunicorn: {
    options: {
      workers: { long: ['--workers'], short: 'w' },
      preload: { long: ['--preload'], shortest: '--pre', isFlag: true },
      config: { long: ['--config'], short: 'c', shortest: '--conf' },
      bind: { long: ['--bind'], short: 'b', shortest: '--bi' },
    },
    flags: 'RD',
    longFlags: [
      '--reload',
      '--daemon',
      '--capture-output',
      '--enable-stdio-inheritance',
      '--reuse-port',
      '--no-sendfile',
      '--spew',
      '--log-syslog',
      '--initgroups',
    ],
  },
  uvicorn: {
    options: {
      workers: { long: ['--workers'] },
      host: { long: ['--host'] },
      port: { long: ['--port'] },
      // These replace host and port.
      bind: { long: ['--uds', '--fd'] },
    },
    flags: '',
    longFlags: [
      '--reload',
      '--proxy-headers',
      '--no-proxy-headers',
      '--access-log',
      '--no-access-log',
      '--use-colors',
      '--no-use-colors',
      '--server-header',
      '--no-server-header',
      '--date-header',
      '--no-date-header',
      '--factory',
    ],
  },
  fastapi: {
    options: { workers: { long: ['--workers'] }, host: { long: ['--host'] }, port: { long: ['--port'] } },
    flags: '',
    longFlags: ['--reload', '--no-reload', '--proxy-headers', '--no-proxy-headers'],
  },
  hypercorn: {
    options: {
      workers: { long: ['--workers'], short: 'w' },
      config: { long: ['--config'], short: 'c' },
      bind: { long: ['--bind'], short: 'b' },
    },
    flags: '',
    longFlags: ['--reload', '--debug'],
  },
  granian: {
    options: {
      workers: { long: ['--workers'] },
      host: { long: ['--host'] },
      port: { long: ['--port'] },
      bind: { long: ['--uds'] },
      metrics: { long: ['--metrics'], isFlag: true },
      metricsAddress: { long: ['--metrics-address'] },
      metricsPort: { long: ['--metrics-port'] },
    },
    flags: '',
    longFlags: [
      '--reload',
      '--access-log',
      '--no-access-log',
      '--ws',
      '--no-ws',
      '--factory',
      '--respawn-failed-workers',
    ],
  },
  uwsgi: {
    options: {
      workers: { long: ['--processes', '--workers'], short: 'p' },
      lazy: { long: ['--lazy-apps', '--lazy'], isFlag: true },
      config: { long: ['--ini', '--yaml', '--yml', '--xml', '--json', '--emperor', '--include'] },
      bind: { long: ['--http', '--http-socket', '--socket'], short: 's' },
    },
    flags: 'MTiL',
    longFlags: [
      '--master',
      '--enable-threads',
      '--vacuum',
      '--die-on-term',
      '--single-interpreter',
      '--need-app',
    ],
  },
  daphne: {
    options: {
      host: { long: ['--bind'], short: 'b' },
      port: { long: ['--port'], short: 'p' },
      // These replace host and port.
      bind: { long: ['--unix-socket', '--fd', '--endpoint'], short: 'ue' },
    },
    flags: '',
    longFlags: ['--proxy-headers', '--no-server-name'],
  },
  'waitress-serve': {
    options: {
      host: { long: ['--host'] },
      port: { long: ['--port'] },
      // These replace host and port.
      bind: { long: ['--listen', '--unix-socket'] },
    },
    flags: '',
    longFlags: ['--call', '--expose-tracebacks', '--no-ipv4', '--no-ipv6'],
  },
  flask: {
    options: { host: { long: ['--host'], short: 'h' }, port: { long: ['--port'], short: 'p' } },
    flags: '',
    longFlags: ['--debug', '--no-debug', '--reload', '--no-reload', '--with-threads', '--without-threads'],
  },
  runserver: {
    options: { bind: { long: ['--addrport'] } },
    flags: '6',
    longFlags: [
      '--noreload',
      '--nothreading',
      '--nostatic',
      '--insecure',
      '--ipv6',
      '--traceback',
      '--no-color',
      '--force-color',
      '--skip-checks',
    ],
    positional: 'bind',
  },
} as const satisfies Record<string, Syntax>;

/** A server whose options this module knows. */
export type Server = keyof typeof SYNTAX;

export function isServer(program: string): program is Server {
  return Object.hasOwn(SYNTAX, program);
}

/** Whether an option sets the number of workers of a server. The others run one process. */
export function hasWorkers(server: Server): boolean {
  return 'workers' in SYNTAX[server].options;
}

/** Finds the options in the arguments of a server. A word that may be any option sets all of them to UNKNOWN. */
export function optionsIn(server: Server, words: readonly string[]): Options {
  const { options, flags, longFlags, positional }: Syntax = SYNTAX[server];
  const given: Partial<Record<Option, Given[]>> = {};
  const add = (option: string, one: Given) => (given[option as Option] ??= []).push(one);
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (/^-{0,2}\0/.test(word)) {
      for (const option of Object.keys(options)) add(option, { value: UNKNOWN, inWords: word });
      continue;
    }
    const found = Object.entries(options).find(([, names]) => isOption(word, names, flags));
    if (found === undefined) {
      const next = words[i + 1];
      if (positional !== undefined && !word.startsWith('-')) add(positional, { value: word, inWords: word });
      else if (takesNext(word, longFlags, flags) && (positional !== undefined || next?.startsWith(UNKNOWN)))
        i++;
      continue;
    }
    const [option, { isFlag }] = found;
    const attached = isFlag ? '' : attachedTo(word, flags);
    const next = words[i + 1];
    if (attached !== undefined || next === undefined) add(option, { value: attached ?? '', inWords: word });
    else {
      add(option, { value: next, inWords: `${word} ${next}` });
      i++;
    }
  }
  return given;
}

function isOption(word: string, { long, short, shortest }: Names, flags: string): boolean {
  if (word.startsWith('--')) {
    const [name = ''] = word.split('=', 1);
    return long.some(
      (one) => name === one || (shortest !== undefined && name.startsWith(shortest) && one.startsWith(name)),
    );
  }
  return short !== undefined && new RegExp(`^-[${flags || '-'}]*[${short}]`).test(word);
}

function attachedTo(word: string, flags: string): string | undefined {
  if (word.startsWith('--')) return word.includes('=') ? word.slice(word.indexOf('=') + 1) : undefined;
  const value = word.replace(new RegExp(`^-[${flags || '-'}]*.=?`, 's'), '');
  return value === '' ? undefined : value;
}

/** Whether an unknown option takes the next word as its value. */
function takesNext(word: string, longFlags: readonly string[], flags: string): boolean {
  if (word.startsWith('--')) return !word.includes('=') && !longFlags.includes(word);
  return /^-[A-Za-z]$/.test(word) && !flags.includes(word.slice(1));
}
