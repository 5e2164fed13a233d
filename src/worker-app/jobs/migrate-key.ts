import * as z from 'zod';
import { choiceField, refusal } from '../../schema/fields.js';
import { key, type AnyKey, type Keys, type ResolvedKeys } from '../../schema/key.js';
import { group } from '../../schema/key-groups.js';
import { withHint } from '../../schema/message-with-hint.js';
import { resolveKeys } from '../../schema/object-of-keys.js';
import { JOBS } from '../containers/container-entries.js';
import { joinedContainers } from '../containers/joined-containers.js';
import { migrateCommand, wordsField } from '../keys/command.js';
import { inherit } from '../processes/inherited-keys.js';
import { INHERITED_KEYS } from '../processes/pod-keys.js';
import { JOB_POD_KEYS, JOB_SPEC_KEYS, ONE_POD } from './job-keys.js';

/** The name of the Job and of its container, without the application's. */
export const MIGRATE = 'migrate';

const { command: _command, args, ...POD_KEYS } = JOB_POD_KEYS;
const { ttlSecondsAfterFinished: _ttl, ...SPEC_KEYS } = JOB_SPEC_KEYS;

const KEYS = needingInMigrate({
  command: migrateCommand,
  args,
  check: key({
    field: () =>
      z
        .union([wordsField(), z.literal(false)], refusal('a list of words, or false'))
        .meta({ description: 'The words of a command, or `false`.' }),
    description:
      'Command that succeeds when the database is migrated for the image, and changes nothing. New web pods and processes repeat it in the init container `wait-for-migrations` until it succeeds; it needs a shell, `sh`, in the image. `false`: no pod waits.',
    unset: '`command` with `--check`, if it runs `manage.py migrate`; otherwise required',
    default: checkOf,
    example: ['flask', 'db', 'check'],
  }),
  run: key({
    field: () => choiceField(['job', 'initContainer']),
    description:
      'Where it runs. `job`: once, in a Job of its own. `initContainer`: in each web pod before the application starts, for applications that lock the database themselves.',
    default: 'job',
    example: 'initContainer',
  }),
  ...POD_KEYS,
  ...SPEC_KEYS,
});

/** Keys whose examples need other keys of `migrate`, as they need others of the same entry elsewhere. */
function needingInMigrate<K extends Keys>(keys: K): K {
  const all = Object.entries(keys).map(([name, key]): [string, AnyKey] => [
    name,
    key.needs === undefined ? key : { ...key, needs: { [MIGRATE]: key.needs } },
  ]);
  return Object.fromEntries(all) as K;
}

type AllKeys = typeof KEYS;

/** The keys of `migrate`. An interface, whose name stands for its many types in declarations. */
// eslint-disable-next-line typescript/no-empty-object-type
export interface MigrateKeys extends AllKeys {}

export const MIGRATE_KEYS: MigrateKeys = KEYS;

/** A migration with every default filled in. */
// eslint-disable-next-line typescript/no-empty-object-type
export interface ResolvedMigration extends ResolvedKeys<MigrateKeys> {}

interface CommandLine {
  readonly command?: readonly string[] | undefined;
  readonly args?: readonly string[] | undefined;
}

/** `manage.py migrate` checks itself. */
function checkOf({ command = [], args: given = [] }: CommandLine): readonly string[] | undefined {
  const words = [...command, ...given];
  const at = words.findIndex((word) => /(^|\/)manage\.py$/.test(word));
  return at !== -1 && words[at + 1] === 'migrate' ? [...words, '--check'] : undefined;
}

export const migrate = {
  ...group({
    type: 'WorkerAppMigrate',
    description:
      'Migrates the database, once for each release: a Job `<name>-migrate-<hash>`, whose hash follows its whole spec, so that a change makes another Job. New pods wait for it. It takes over the same keys as `processes`, and merges its own over them in the same way. A patch targets it by the name `<name>-migrate`.',
    unset: 'none',
    keys: MIGRATE_KEYS,
    refused: {
      // https://github.com/argoproj/argo-cd/issues/8586
      ttlSecondsAfterFinished: withHint(
        'Argo CD and Flux would make the Job again when Kubernetes has removed it',
        'remove it; old Jobs: kubectl delete job -l app.kubernetes.io/name=<name>-migrate',
      ),
    },
  }),
  example: { command: migrateCommand.example },
  resolve: (
    own: object | undefined,
    _siblings: object,
    _app: object,
    application: object,
  ): ResolvedMigration | undefined => {
    if (own === undefined) return undefined;
    const inherited = inherit(INHERITED_KEYS, { ...application }, { ...own });
    const containers = joinedContainers(JOBS, application, own);
    return resolveKeys(MIGRATE_KEYS, { container: MIGRATE, ...inherited, ...containers }, ONE_POD);
  },
};
