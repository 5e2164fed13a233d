import * as z from 'zod';
import { mapField, refusal, textField, wholeNumberField } from '../schema/fields.js';
import { urlField } from '../schema/kubernetes-fields.js';
import { GIT_BRANCH, GIT_BRANCH_OR_HEAD } from '../kubernetes/git-reference.js';
import { DNS_1123_LABEL, DNS_1123_SUBDOMAIN, type TextRule } from '../kubernetes/text-rules.js';
import { DELIVERY_DEFAULTS } from './defaults.js';
import type { DeliveryProps } from './delivery-props.js';

// What is committed must not hold a password.
const REPOSITORY: TextRule = {
  what: 'the URL of a git repository, such as https://example.com/team/gitops.git (without user and password)',
  pattern: /^(https?:\/\/[^\s@/]+|ssh:\/\/([^\s@/:]+@)?[^\s@/]+|[^\s@/:]+@[^\s@/:]+:)[^\s@]*$/,
};

const URL_REPOSITORY: TextRule = {
  what: 'the URL of a git repository, such as https://example.com/team/gitops.git or ssh://git@example.com/team/gitops.git (without a password)',
  pattern: /^(https?:\/\/[^\s@/]+|ssh:\/\/([^\s@/:]+@)?[^\s@/]+)(\/[^\s@]*)?$/,
};

const FOLDER: TextRule = {
  what: 'a folder such as apps/shop, or . for the root',
  pattern: /^(\.|(?!\.{1,2}(\/|$))[-A-Za-z0-9._]+(\/(?!\.{1,2}(\/|$))[-A-Za-z0-9._]+)*)$/,
};

const SERVER: TextRule = {
  what: 'the URL of a cluster, such as https://kubernetes.default.svc',
  pattern: /^https:\/\/[^\s@]+$/,
};

const DURATION: TextRule = {
  what: 'a duration such as 10m, 1h or 30s',
  pattern: /^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$/,
};

const WAVE = { min: -1000, max: 1000 };

const flag = () => z.boolean(refusal('true or false'));

const gitSource = (repository: TextRule, branch: TextRule) => ({
  repo: urlField(repository, 'take it out, and give it to Argo CD or Flux in a Secret').meta({
    description: 'The repository that the manifests are published to.',
  }),
  branch: textField(branch)
    .optional()
    .meta({ description: 'Its branch.', default: DELIVERY_DEFAULTS.branch }),
  path: textField(FOLDER).optional().meta({
    description: 'Folder of the manifests in the repository. Default: dist/<environment>.',
  }),
  prune: flag().optional().meta({
    description: 'Whether objects that are gone from the repository are deleted.',
    default: DELIVERY_DEFAULTS.prune,
  }),
});

const argocd = mapField({
  ...gitSource(REPOSITORY, GIT_BRANCH_OR_HEAD),
  namespace: textField(DNS_1123_LABEL).optional().meta({
    description: 'Namespace of Argo CD.',
    default: DELIVERY_DEFAULTS.argocd.namespace,
  }),
  project: textField(DNS_1123_SUBDOMAIN).optional().meta({
    description: 'Project of Argo CD.',
    default: DELIVERY_DEFAULTS.argocd.project,
  }),
  server: urlField(SERVER, 'take it out, and give it to Argo CD in a Secret').optional().meta({
    description: 'Cluster to deploy to.',
    default: DELIVERY_DEFAULTS.argocd.server,
  }),
  selfHeal: flag().optional().meta({
    description: 'Whether changes made by hand are undone.',
    default: DELIVERY_DEFAULTS.argocd.selfHeal,
  }),
  wave: wholeNumberField(WAVE).optional().meta({
    description: 'Order among Applications that another Application deploys: lower ones first.',
    default: DELIVERY_DEFAULTS.argocd.wave,
  }),
});

const flux = mapField({
  ...gitSource(URL_REPOSITORY, GIT_BRANCH),
  namespace: textField(DNS_1123_LABEL).optional().meta({
    description: 'Namespace of Flux.',
    default: DELIVERY_DEFAULTS.flux.namespace,
  }),
  secret: textField(DNS_1123_SUBDOMAIN).optional().meta({
    description: 'Secret with the key or token for the repository. Default: none.',
  }),
  interval: textField(DURATION).optional().meta({
    description: 'Time between two looks at the repository, and at the cluster.',
    default: DELIVERY_DEFAULTS.flux.interval,
  }),
  timeout: textField(DURATION).optional().meta({
    description: 'Time in which the application must become ready.',
    default: DELIVERY_DEFAULTS.flux.timeout,
  }),
  dependsOn: z.array(textField(DNS_1123_SUBDOMAIN), refusal('a list of names')).optional().meta({
    description: 'Kustomizations that must be ready first. Default: none.',
  }),
});

/** The shape of DeliveryProps. */
export const deliverySchema = mapField({
  argocd: argocd.optional().meta({ description: 'An Argo CD Application.' }),
  flux: flux.optional().meta({ description: 'A Flux GitRepository and Kustomization.' }),
}) satisfies z.ZodType<DeliveryProps>;
