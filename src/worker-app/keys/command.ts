import type { TextFormat } from '../../kubernetes/text-formats.js';
import * as z from 'zod';
import { refusal, textField } from '../../schema/fields.js';
import { commandWords } from '../../servers/words.js';
import { key } from '../key.js';

const WORD: TextFormat = {
  what: 'text',
  // eslint-disable-next-line no-control-regex
  pattern: /^[^\u0000]*$/,
};

/** A command line, word by word. */
export const wordsField = () => z.array(textField(WORD), refusal('a list', asList));

/** The list to write for a command line in one text. */
function asList(given: unknown): string | undefined {
  if (typeof given !== 'string' || given.trim() === '') return undefined;
  const words = commandWords(given);
  if (words.length === 0) return undefined; // an open quote
  return `write ${words.at(-1) === given ? '' : 'each word as an item: '}[${words.map(item).join(', ')}]`;
}

function item(word: string): string {
  return /^-{0,2}[A-Za-z/][\w./=-]*$/.test(word) ? word : JSON.stringify(word);
}

export const command = key({
  scope: 'pods',
  field: () => wordsField(),
  description:
    "The program that the container runs and its first arguments, instead of the image's ENTRYPOINT. Each word is an item; nothing reads it as a shell would. As in Kubernetes, `$(NAME)` is the value of a variable and `$$` is `$`. Options for workers, address, preload and config file must fit `workers` and `http.port`.",
  unset: "the image's ENTRYPOINT",
  example: ['gunicorn', 'shop.wsgi', '--bind=0.0.0.0:8000'],
  container: (command) => ({ command }),
});

export const args = key({
  scope: 'pods',
  field: () => wordsField(),
  description:
    "Arguments of the program, instead of the image's CMD. Each word is an item. As in Kubernetes, `$(NAME)` is the value of a variable and `$$` is `$`. Options for workers, address, preload and config file must fit `workers` and `http.port`.",
  unset: "the image's CMD; none with `command`",
  example: ['--timeout=60'],
  container: (args) => ({ args }),
});

/** The command of a migration. */
export const migrateCommand = key({
  scope: 'pods',
  field: () => wordsField(),
  description:
    "The program that migrates the database and its first arguments, instead of the image's ENTRYPOINT. Each word is an item. It must do no harm when it runs twice, also at the same time.",
  unset: "the image's ENTRYPOINT",
  example: ['python', 'manage.py', 'migrate', '--noinput'],
  container: (command) => ({ command }),
});
