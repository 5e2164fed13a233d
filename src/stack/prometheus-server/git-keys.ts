import * as z from 'zod';
import { GIT_BRANCH, GIT_REPOSITORY, REPOSITORY_PATH } from '../../kubernetes/git-reference.js';
import { IMAGE_REFERENCE } from '../../kubernetes/image-reference.js';
import { Quantity } from '../../kubernetes/quantity.js';
import { CONFIG_KEY, DNS_1123_SUBDOMAIN, type TextFormat } from '../../kubernetes/text-formats.js';
import { refusal, textField } from '../../schema/fields.js';
import { group, key } from '../../schema/key.js';
import {
  configMapKeyField,
  durationField,
  secretKeyField,
  urlField,
} from '../../schema/kubernetes-fields.js';
import { resourcesKey } from '../../schema/kubernetes-keys.js';

const USERNAME: TextFormat = { what: 'a user name', pattern: /^[!-~]+$/ };

const ssh = group({
  type: 'PrometheusGitSsh',
  description: 'How to reach a repository over SSH. Required for one.',
  unset: 'none',
  needs: { git: { repository: 'git@git.example.com:team/config.git' } },
  keys: {
    key: key({
      required: true,
      field: secretKeyField(),
      description: 'The private key.',
      example: { secret: 'git', key: 'ssh-privatekey' },
    }),
    knownHosts: key({
      required: true,
      field: z.union(
        [configMapKeyField(), secretKeyField()],
        refusal('{ configMap, key } or { secret, key }'),
      ),
      description:
        'Keys of the git server, as in `known_hosts`: `{ configMap, key }` or `{ secret, key }`. No other server is trusted.',
      example: { configMap: 'git', key: 'known-hosts' },
    }),
  },
});

const token = group({
  type: 'PrometheusGitToken',
  description: 'The password or token of a repository over HTTPS.',
  unset: 'none',
  keys: {
    secret: key({
      required: true,
      field: textField(DNS_1123_SUBDOMAIN),
      description: 'Name of the Secret.',
      example: 'git-token',
    }),
    key: key({
      required: true,
      field: textField(CONFIG_KEY),
      description: 'The key in it.',
      example: 'password',
    }),
    username: key({
      field: textField(USERNAME),
      description: 'User name of the token. Most servers take any name, and none takes an empty one.',
      default: 'git',
      example: 'deploy',
    }),
  },
});

/** The key `git`. */
export const git = group({
  required: true,
  type: 'PrometheusGit',
  description: 'The branch of a git repository that holds the configuration, and how to reach it.',
  keys: {
    repository: key({
      required: true,
      field: urlField(GIT_REPOSITORY, 'take it out, and name the Secret that holds it in git.token'),
      description:
        'URL of the repository without a password: `ssh://git@git.example.com/team/config.git`, `git@git.example.com:team/config.git` or `https://…`.',
      example: 'https://git.example.com/team/config.git',
    }),
    branch: key({
      required: true,
      field: textField(GIT_BRANCH),
      description: 'The branch to follow, `main` or `refs/heads/main`: one for each environment.',
      example: 'production',
    }),
    file: key({
      field: textField(REPOSITORY_PATH),
      description: 'Path of the configuration in the repository.',
      default: 'prometheus.yml',
      example: 'prometheus/prometheus.yml',
    }),
    period: key({
      field: durationField(),
      description: 'Time between two looks at the repository, 5s to 5m.',
      default: '30s',
      example: '1m',
    }),
    ssh,
    token,
    image: key({
      field: textField(IMAGE_REFERENCE),
      description: 'Image of git-sync 4.',
      default: 'registry.k8s.io/git-sync/git-sync:v4.7.0',
      example: 'registry.example.com/git-sync:v4.6.0',
    }),
    resources: resourcesKey({
      description:
        'Compute resources of each container that follows the repository, as in Kubernetes. promtool reads there all that the configuration names.',
      unset: 'requests of 20m CPU and 64Mi memory; a memory limit of 512Mi; no CPU limit',
      example: { limits: { memory: '1Gi' } },
      // git-sync needs little; promtool has all rules and files of a configuration in memory.
      requests: () => ({ cpu: Quantity.millicpu(20), memory: Quantity.mebibytes(64) }),
      limits: () => ({ memory: Quantity.mebibytes(512) }),
    }),
  },
});
