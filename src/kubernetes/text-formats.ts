/** What a text must be to be accepted where it will stand. */
export interface AnyTextFormat {
  /** The rule in words, as it follows `expected`. */
  readonly what: string;
  /** What it must look like, without flags and in what every dialect has: it stands in the JSON Schema. @default anything */
  readonly pattern?: RegExp;
  /** Most characters allowed. @default no limit beyond the pattern's */
  readonly maxLength?: number;
}

/** What a text must look like to be accepted where it will stand. */
export interface TextFormat extends AnyTextFormat {
  readonly pattern: RegExp;
}

/** Whether a value is a text that keeps the rule. */
export function matches({ pattern, maxLength = Infinity }: AnyTextFormat, value: unknown): value is string {
  return typeof value === 'string' && value.length <= maxLength && (pattern?.test(value) ?? true);
}

/** Names of Services, and of all that we name after one (RFC 1035; k8s.io/apimachinery IsDNS1035Label). */
export const DNS_1035_LABEL: TextFormat = {
  what: 'a DNS-1035 label (lowercase letters, digits and "-", a letter first, no "-" last, at most 63 characters)',
  pattern: /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
  maxLength: 63,
};

/** Names of namespaces and containers (RFC 1123; IsDNS1123Label). */
export const DNS_1123_LABEL: TextFormat = {
  what: 'a DNS label (lowercase letters, digits and "-", no "-" first or last, at most 63 characters)',
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  maxLength: 63,
};

/** Names of most other objects (IsDNS1123Subdomain). */
export const DNS_1123_SUBDOMAIN: TextFormat = {
  what: 'a DNS subdomain (lowercase letters, digits, "-" and ".", a letter or digit at both ends, at most 253 characters)',
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  maxLength: 253,
};

/** Values of labels (IsValidLabelValue). */
export const LABEL_VALUE: TextFormat = {
  what: 'a label value (letters, digits, "-", "_" and ".", a letter or digit at both ends, at most 63 characters)',
  pattern: /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/,
  maxLength: 63,
};

/** Values of labels, which may be empty. */
export const ANY_LABEL_VALUE: TextFormat = {
  what: LABEL_VALUE.what.replace(')', '), or ""'),
  pattern: new RegExp(`^(${LABEL_VALUE.pattern.source.slice(1, -1)})?$`),
  maxLength: 63,
};

const DNS_PREFIX = String.raw`[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/`;
const QUALIFIED = '[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?';

/** Keys of labels: a name, with or without a DNS prefix (IsQualifiedName). */
export const LABEL_KEY: TextFormat = {
  what: 'a label key (a name of at most 63 letters, digits, "-", "_" and ".", with or without a DNS prefix and "/")',
  pattern: new RegExp(`^(?![^/]{254})(${DNS_PREFIX})?${QUALIFIED}$`),
};

/** Names of container ports, and of the target ports that name them (IsValidPortName; IANA_SVC_NAME). */
export const PORT_NAME: TextFormat = {
  what: 'a port name (lowercase letters, digits and single "-" between them, a letter somewhere, at most 15 characters)',
  pattern: /^(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/,
  maxLength: 15,
};

/** Names of environment variables (IsEnvVarName). */
export const ENV_NAME: TextFormat = {
  what: 'the name of an environment variable (letters, digits, "_", "-" and ".", no digit and no ".." first)',
  pattern: /^(?!\.$|\.\.)[-._a-zA-Z][-._a-zA-Z0-9]*$/,
};

/** Keys in a Secret or ConfigMap (IsConfigMapKey). */
export const CONFIG_KEY: TextFormat = {
  what: 'a key of a Secret or ConfigMap (letters, digits, "-", "_" and ".", no ".." first, at most 253 characters)',
  pattern: /^(?!\.$|\.\.)[-._a-zA-Z0-9]+$/,
  maxLength: 253,
};

/**
 * Names in `resources.requests` and `resources.limits`: core names, or a vendor's with its domain, before which quotas put
 * "requests." (IsExtendedResourceName).
 */
export const RESOURCE_NAME: TextFormat = {
  what: 'cpu, memory, ephemeral-storage, hugepages-<size> or a resource with a domain such as nvidia.com/gpu',
  pattern: new RegExp(
    `^(cpu|memory|ephemeral-storage|hugepages-[1-9][0-9]*[KMGT]i|(?!requests\\.|[^/]{245})${DNS_PREFIX}${QUALIFIED})$`,
  ),
};
