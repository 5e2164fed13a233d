import { DNS_1123_LABEL } from '../../kubernetes/text-formats.js';
import type { ReservedNames } from '../../schema/fields.js';
import { type ResolvedKeys } from '../../schema/key.js';
import { recordGroup } from '../../schema/key-groups.js';
import { resolveKeys } from '../../schema/object-of-keys.js';
import { withHint } from '../../schema/message-with-hint.js';
import { joinedContainers } from '../containers/joined-containers.js';
import { inherit } from './inherited-keys.js';
import { INHERITED_KEYS } from './pod-keys.js';
import { PROCESS_KEYS, type ProcessKeys } from './process-keys.js';

/** Names by which `in` of a container means other pods. */
const RESERVED: ReservedNames = {
  allowed: /^(?!(web|jobs|constructor)$)/,
  names: 'web, jobs',
  refusal: (name) => withHint(`${name} is a reserved name`, 'choose another one'),
};

export const processes = recordGroup({
  type: 'WorkerAppProcess',
  entry: 'A process of the application beside the web pods, such as a Celery worker: a Deployment.',
  description:
    "Other processes of the application, by name, such as Celery workers: each is a Deployment `<name>-<process>`. It takes over image, pull policy and pull secrets, `env` and `envFrom`, `volumes` and `files`, the service account, the security contexts, placement, DNS and `hostAliases` of the application, and nothing else: no probe, command or resources, and none of the computed variables. Its own maps merge over the application's, lists and other values replace, null removes.",
  unset: 'none',
  names: DNS_1123_LABEL,
  reserved: RESERVED,
  entries: PROCESS_KEYS,
  example: { worker: { command: ['celery', '-A', 'shop', 'worker', '--concurrency=2'] } },
  resolve: (own, name, application): ResolvedProcess =>
    resolveKeys(PROCESS_KEYS, {
      container: name,
      ...inherit(INHERITED_KEYS, application as Readonly<Record<string, unknown>>, own),
      ...joinedContainers(name, application, own),
    }),
});

/** A process with every default filled in. */
// eslint-disable-next-line typescript/no-empty-object-type
export interface ResolvedProcess extends ResolvedKeys<ProcessKeys> {}
