import * as z from 'zod';
import { GIT_BRANCH, GIT_BRANCH_OR_HEAD } from '../kubernetes/git-reference.js';
import { DNS_1123_LABEL, DNS_1123_SUBDOMAIN, type TextFormat } from '../kubernetes/text-formats.js';
import { refusal, textField, booleanField, wholeNumberField } from '../schema/fields.js';
import { key, type ResolvedKeys } from '../schema/key.js';
import { group } from '../schema/key-groups.js';
import { urlField } from '../schema/kubernetes-fields.js';

// The manifests are committed: they must not contain a password.
const REPOSITORY: TextFormat = {
  what: 'the URL of a git repository, such as https://example.com/team/gitops.git (without user and password)',
  pattern: /^(https?:\/\/[^\s@/]+|ssh:\/\/([^\s@/:]+@)?[^\s@/]+|[^\s@/:]+@[^\s@/:]+:)[^\s@]*$/,
};

const URL_REPOSITORY: TextFormat = {
  what: 'the URL of a git repository, such as https://example.com/team/gitops.git or ssh://git@example.com/team/gitops.git (without a password)',
  pattern: /^(https?:\/\/[^\s@/]+|ssh:\/\/([^\s@/:]+@)?[^\s@/]+)(\/[^\s@]*)?$/,
};

const FOLDER: TextFormat = {
  what: 'a folder such as apps/shop, or . for the root',
  pattern: /^(\.|(?!\.{1,2}(\/|$))[-A-Za-z0-9._]+(\/(?!\.{1,2}(\/|$))[-A-Za-z0-9._]+)*)$/,
};

const SERVER: TextFormat = {
  what: 'the URL of a cluster, such as https://kubernetes.default.svc',
  pattern: /^https:\/\/[^\s@]+$/,
};

const DURATION: TextFormat = {
  what: 'a duration such as 10m, 1h or 30s',
  pattern: /^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$/,
};

const WAVE = { min: -1000, max: 1000 };

/** Values from which the defaults of `delivery` are computed. */
export interface DeliveryContext {
  readonly environment?: string | undefined;
}

const gitSource = (repository: TextFormat, branch: TextFormat, branchWords: string) => ({
  repo: key({
    required: true,
    field: () => urlField(repository, 'take it out, and give it to Argo CD or Flux in a Secret'),
    description: 'URL of the git repository that contains the manifests. It must not contain a password.',
    example: 'https://git.example.com/team/gitops.git',
  }),
  branch: key({
    field: () => textField(branch),
    description: branchWords,
    default: 'main',
    example: 'production',
  }),
  path: key({
    field: () => textField(FOLDER),
    description:
      'Folder of the repository that contains the manifests of the application. `.` is the root of the repository.',
    unset: 'dist; with environments dist/<environment>',
    default: (_, { environment }: DeliveryContext) =>
      environment === undefined ? 'dist' : `dist/${environment}`,
    example: 'apps/shop',
  }),
});

const prune = key({
  field: () => booleanField(),
  description: 'Delete an object from the cluster when its manifest is removed from the repository.',
  default: true,
  example: false,
});

const argocd = group({
  type: 'ArgoCdDelivery',
  description: 'Deploy with Argo CD: an Application is written.',
  unset: 'none',
  keys: {
    ...gitSource(
      REPOSITORY,
      GIT_BRANCH_OR_HEAD,
      'Branch to deploy, such as `main` or `refs/heads/main`. `HEAD` is the default branch of the repository.',
    ),
    prune,
    namespace: key({
      field: () => textField(DNS_1123_LABEL),
      description: 'Namespace in which Argo CD runs.',
      default: 'argocd',
      example: 'gitops',
    }),
    project: key({
      field: () => textField(DNS_1123_SUBDOMAIN),
      description: 'Argo CD project of the Application.',
      default: 'default',
      example: 'shop',
    }),
    server: key({
      field: () => urlField(SERVER, 'take it out, and give it to Argo CD in a Secret'),
      description:
        'API server URL of the cluster to deploy to. The default is the cluster in which Argo CD runs.',
      default: 'https://kubernetes.default.svc',
      example: 'https://eu.k8s.example.com',
    }),
    selfHeal: key({
      field: () => booleanField(),
      description: 'Undo manual changes in the cluster.',
      default: true,
      example: false,
    }),
    wave: key({
      field: () => wholeNumberField(WAVE),
      description:
        'Sync wave, -1000 to 1000. It matters when another Application deploys this one (app of apps): lower waves are deployed first.',
      default: 0,
      example: -1,
    }),
  },
});

const flux = group({
  type: 'FluxDelivery',
  description: 'Deploy with Flux: a GitRepository and a Kustomization are written.',
  unset: 'none',
  keys: {
    ...gitSource(URL_REPOSITORY, GIT_BRANCH, 'Branch to deploy, such as `main` or `refs/heads/main`.'),
    prune,
    namespace: key({
      field: () => textField(DNS_1123_LABEL),
      description: 'Namespace in which Flux runs.',
      default: 'flux-system',
      example: 'gitops',
    }),
    secret: key({
      field: () => textField(DNS_1123_SUBDOMAIN),
      description: 'Name of the Secret with the credentials for the repository, in the namespace of Flux.',
      unset: 'none',
      example: 'gitops-deploy-key',
    }),
    interval: key({
      field: () => textField(DURATION),
      description: 'How often Flux checks the repository for new commits and the cluster for manual changes.',
      default: '10m',
      example: '5m',
    }),
    timeout: key({
      field: () => textField(DURATION),
      description: 'How long Flux waits until the application is ready.',
      default: '5m',
      example: '15m',
    }),
    dependsOn: key({
      field: () => z.array(textField(DNS_1123_SUBDOMAIN), refusal('a list of names')),
      description: 'Names of Flux Kustomizations that must be ready before this one is applied.',
      default: [] as readonly string[],
      example: ['infrastructure'],
    }),
  },
});

/** The keys of `delivery`. Exactly one of them is set. */
export const DELIVERY_KEYS = { argocd, flux };

/** Delivery with every default filled in. */
export type ResolvedDelivery = ResolvedKeys<typeof DELIVERY_KEYS>;

export type ArgoCdDelivery = NonNullable<ResolvedDelivery['argocd']>;
export type FluxDelivery = NonNullable<ResolvedDelivery['flux']>;
