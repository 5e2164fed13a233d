import type { TextFormat } from '../kubernetes/text-formats.js';

/** Names of labels that stay on a target. Prometheus drops labels that begin with `__` after relabelling. */
export const LABEL_NAME: TextFormat = {
  what: 'a label name (letters, digits and "_", no digit first, not "__" at the start)',
  pattern: /^(?!__)[a-zA-Z_][a-zA-Z0-9_]*$/,
};

/** Names of labels during relabelling. They include `__meta_kubernetes_pod_name`. */
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

/** Labels that the operator sets on every target. A fixed label must not replace them. */
export const TARGET_LABELS = ['container', 'endpoint', 'instance', 'job', 'namespace', 'pod'];

/** Labels of samples that our rules read. If the target has the same label, Prometheus renames the sample's. */
export const SAMPLE_LABELS = ['connection', 'le', 'method', 'status', 'view'];

/** The name of a target's label that the operator copies from a pod (pkg/prometheus sanitizeLabelName). */
export function copiedLabelName(label: string): string {
  return label.replaceAll(/[^a-zA-Z0-9_]/g, '_');
}

/** Names of external labels. They also become names of environment variables. */
export const EXTERNAL_LABEL_NAME: TextFormat = {
  what: 'a label name in lowercase such as cluster (letters, digits and "_", no digit first, no "__" first)',
  pattern: /^(?!__)[a-z_][a-z0-9_]*$/,
};
