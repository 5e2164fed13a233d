/** A format of text, with or without a pattern. */
export interface AnyTextFormat {
  /** The format in words, as it follows `expected` in a message. */
  readonly what: string;
  /** Pattern without flags, in the common subset of all dialects: the JSON Schema contains it. @default any text */
  readonly pattern?: RegExp;
  /** Most characters allowed. @default no limit beyond the pattern's */
  readonly maxLength?: number;
}

/** A format of text with a pattern. */
export interface TextFormat extends AnyTextFormat {
  readonly pattern: RegExp;
  /** Names that it contains, for the hint about a typing error. @default - none */
  readonly names?: readonly string[];
}

/** Whether a value is text in a format. */
export function matches({ pattern, maxLength = Infinity }: AnyTextFormat, value: unknown): value is string {
  return typeof value === 'string' && value.length <= maxLength && (pattern?.test(value) ?? true);
}

/** Names of Services, and of our objects that share a Service's name (RFC 1035; k8s.io/apimachinery IsDNS1035Label). */
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

/** The name of an object in a key that takes a boolean or a map, too. YAML 1.1 reads `yes` as true: nobody means that name. */
export const NAME_BESIDE_BOOLEANS: TextFormat = {
  what: `${DNS_1123_SUBDOMAIN.what}, other than true, false, yes, no, on and off`,
  pattern: new RegExp(`^(?!(?:true|false|yes|no|on|off)$)${DNS_1123_SUBDOMAIN.pattern.source.slice(1)}`),
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

const CORE_RESOURCES = ['cpu', 'memory', 'ephemeral-storage'];

/**
 * Names in `resources.requests` and `resources.limits`: core names, or a vendor's name with its domain. The domain does
 * not start with "requests.", which is the prefix of quotas (IsExtendedResourceName).
 */
export const RESOURCE_NAME: TextFormat = {
  what: `${CORE_RESOURCES.join(', ')}, hugepages-<size> or a resource with a domain such as nvidia.com/gpu`,
  names: CORE_RESOURCES,
  pattern: new RegExp(
    `^(${CORE_RESOURCES.join('|')}|hugepages-[1-9][0-9]*[KMGT]i|(?!requests\\.|[^/]{245})${DNS_PREFIX}${QUALIFIED})$`,
  ),
};
