import * as z from 'zod';
import { GIT_BRANCH, GIT_REPOSITORY, REPOSITORY_PATH } from '../../kubernetes/git-reference.js';
import { imageHint, IMAGE_REFERENCE } from '../../kubernetes/image-reference.js';
import { Quantity } from '../../kubernetes/quantity.js';
import { CONFIG_KEY, DNS_1123_SUBDOMAIN, type TextFormat } from '../../kubernetes/text-formats.js';
import { refusal, textField } from '../../schema/fields.js';
import { key } from '../../schema/key.js';
import { group } from '../../schema/key-groups.js';
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
  description: 'Credentials for a repository with an SSH URL. Required with an SSH URL.',
  unset: 'none',
  needs: { git: { repository: 'git@git.example.com:team/config.git' } },
  keys: {
    key: key({
      required: true,
      field: () => secretKeyField(),
      description: 'Secret with the private SSH key.',
      example: { secret: 'git', key: 'ssh-privatekey' },
    }),
    knownHosts: key({
      required: true,
      field: () =>
        z.union([configMapKeyField(), secretKeyField()], refusal('{ configMap, key } or { secret, key }')),
      description:
        'ConfigMap or Secret with the host keys of the git server, in the format of `known_hosts`: `{ configMap, key }` or `{ secret, key }`. No other server is trusted.',
      example: { configMap: 'git', key: 'known-hosts' },
    }),
  },
});

const token = group({
  type: 'PrometheusGitToken',
  description: 'Password or token for a repository with an HTTPS URL.',
  unset: 'none',
  keys: {
    secret: key({
      required: true,
      field: () => textField(DNS_1123_SUBDOMAIN),
      description: 'Name of the Secret with the password or token.',
      example: 'git-token',
    }),
    key: key({
      required: true,
      field: () => textField(CONFIG_KEY),
      description: 'Key of the Secret whose value is the password or token.',
      example: 'password',
    }),
    username: key({
      field: () => textField(USERNAME),
      description:
        'User name that is sent with the token. Most git servers accept any name, but not an empty one.',
      default: 'git',
      example: 'deploy',
    }),
  },
});

/** The key `git`. */
export const git = group({
  required: true,
  type: 'PrometheusGit',
  description: 'Git repository with the configuration of Prometheus, and the credentials for it.',
  keys: {
    repository: key({
      required: true,
      field: () => urlField(GIT_REPOSITORY, 'take it out, and name the Secret that holds it in git.token'),
      description:
        'URL of the repository, without a password: `ssh://git@git.example.com/team/config.git`, `git@git.example.com:team/config.git` or `https://…`.',
      example: 'https://git.example.com/team/config.git',
    }),
    branch: key({
      required: true,
      field: () => textField(GIT_BRANCH),
      description:
        'Branch to read, such as `main` or `refs/heads/main`. Usually each environment has its own.',
      example: 'production',
    }),
    file: key({
      field: () => textField(REPOSITORY_PATH),
      description: 'Path of the configuration file in the repository.',
      default: 'prometheus.yml',
      example: 'prometheus/prometheus.yml',
    }),
    period: key({
      field: () => durationField(),
      description: 'How often the repository is checked for new commits, 5s to 5m.',
      default: '30s',
      example: '1m',
    }),
    ssh,
    token,
    image: key({
      field: () => textField(IMAGE_REFERENCE, imageHint),
      description: 'Container image of git-sync, version 4.',
      default: 'registry.k8s.io/git-sync/git-sync:v4.7.0',
      example: 'registry.example.com/git-sync:v4.6.0',
    }),
    resources: resourcesKey({
      description:
        'CPU and memory of each container that reads the repository, as Kubernetes `requests` and `limits`. In them, promtool loads all rule files of the configuration.',
      unset: 'requests of 20m CPU and 64Mi memory; a memory limit of 512Mi; no CPU limit',
      example: { limits: { memory: '1Gi' } },
      // git-sync needs little memory; promtool loads all rule files of a configuration.
      requests: () => ({ cpu: Quantity.millicpu(20), memory: Quantity.mebibytes(64) }),
      limits: () => ({ memory: Quantity.mebibytes(512) }),
    }),
  },
});
