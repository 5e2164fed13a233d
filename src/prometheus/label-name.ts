import type { TextFormat } from '../kubernetes/text-formats.js';

/** Names of Prometheus labels that stay on a target: those that begin with `__` are dropped after relabelling. */
export const LABEL_NAME: TextFormat = {
  what: 'a label name (letters, digits and "_", no digit first, not "__" at the start)',
  pattern: /^(?!__)[a-zA-Z_][a-zA-Z0-9_]*$/,
};

/** Names of labels during relabelling, `__meta_kubernetes_pod_name` among them. */
export const META_LABEL_NAME: TextFormat = {
  what: 'a label name (letters, digits and "_", no digit first)',
  pattern: /^[a-zA-Z_][a-zA-Z0-9_]*$/,
};

/** Names of labels with references such as `$1` or `${1}` to groups of a regex (model/relabel, relabelTarget). */
export const LABEL_NAME_TEMPLATE: TextFormat = {
  what: 'a label name (letters, digits and "_", no digit first) or one with $1 or ${1} in it',
  pattern:
    /^([a-zA-Z_]|\$[a-zA-Z0-9_]|\$\{[a-zA-Z0-9_]+\})([a-zA-Z0-9_]|\$[a-zA-Z0-9_]|\$\{[a-zA-Z0-9_]+\})*$/,
};

/** Labels that the operator promises on every target; a fixed label must not take their place. */
export const TARGET_LABELS = ['container', 'endpoint', 'instance', 'job', 'namespace', 'pod'];

/** Labels of samples that our rules read: where the target has one too, Prometheus renames that of the sample. */
export const SAMPLE_LABELS = ['connection', 'le', 'method', 'status', 'view'];

/** The name that the operator gives a target's label which it copies from a pod (pkg/prometheus sanitizeLabelName). */
export function copiedLabelName(label: string): string {
  return label.replaceAll(/[^a-zA-Z0-9_]/g, '_');
}

/** Names of external labels, which become names of environment variables too. */
export const EXTERNAL_LABEL_NAME: TextFormat = {
  what: 'a label name in lowercase such as cluster (letters, digits and "_", no digit first, no "__" first)',
  pattern: /^(?!__)[a-z_][a-z0-9_]*$/,
};
