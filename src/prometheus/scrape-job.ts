import { matches } from '../kubernetes/text-formats.js';
import { InvalidPropsError } from '../diagnostics/invalid-props.js';
import { expected } from '../diagnostics/expected.js';
import type { FieldDiagnostic } from '../diagnostics/diagnostic.js';
import { LABEL_NAME } from './label-name.js';
import { PROMETHEUS_DURATION, PrometheusDuration } from './prometheus-duration.js';

/** Props of a job of `scrape_configs` in prometheus.yml. */
export interface ScrapeJobProps {
  /** The label `job` of its targets. */
  readonly name: string;
  /** Labels of every target, independent of its discovery: at least one. */
  readonly labels: Readonly<Record<string, string>>;
  /** How Prometheus finds the targets, in Prometheus' own format. */
  readonly discovery: ScrapeDiscovery;
  /** @default - that of `global` */
  readonly interval?: string;
  /** @default /metrics */
  readonly path?: string;
  /** Relabelling before the fixed labels. @default - none */
  readonly relabelings?: readonly RelabelConfig[];
}

/** One or more ways to find targets. */
export interface ScrapeDiscovery {
  readonly static_configs?: readonly { readonly targets: readonly string[] }[];
  readonly file_sd_configs?: readonly { readonly files: readonly string[] }[];
  readonly dns_sd_configs?: readonly {
    readonly names: readonly string[];
    readonly type?: 'A' | 'AAAA' | 'SRV' | 'MX' | 'NS';
    readonly port?: number;
  }[];
  readonly kubernetes_sd_configs?: readonly {
    readonly role: 'node' | 'service' | 'pod' | 'endpoints' | 'endpointslice' | 'ingress';
    readonly namespaces?: { readonly names?: readonly string[]; readonly own_namespace?: boolean };
    readonly selectors?: readonly {
      readonly role: string;
      readonly label?: string;
      readonly field?: string;
    }[];
  }[];
}

/** A step of `relabel_configs`, with the fields of prometheus.yml. Prometheus' defaults apply. */
export interface RelabelConfig {
  readonly source_labels?: readonly string[];
  readonly separator?: string;
  readonly regex?: string;
  readonly target_label?: string;
  readonly replacement?: string;
  readonly action?: string;
}

/** An entry of `scrape_configs`. */
export interface ScrapeJob extends ScrapeDiscovery {
  readonly job_name: string;
  readonly scrape_interval?: string;
  readonly metrics_path?: string;
  readonly relabel_configs: readonly RelabelConfig[];
}

/**
 * A job whose targets all have fixed labels. Relabelling sets the labels, which works for every discovery. It sets them
 * last, so that no other step can remove them.
 *
 * @throws InvalidPropsError that contains each invalid field
 */
export function scrapeJob(props: ScrapeJobProps): ScrapeJob {
  const problems = scrapeJobProblems(props);
  if (problems.length > 0) throw new InvalidPropsError(`scrapeJob ${props.name}`, problems);
  const { name, labels, discovery, interval, path, relabelings = [] } = props;
  return {
    job_name: name,
    ...(interval !== undefined && { scrape_interval: interval }),
    ...(path !== undefined && { metrics_path: path }),
    ...discovery,
    relabel_configs: [
      ...relabelings,
      // "$" would refer to a group of the match
      ...Object.entries(labels).map(([label, value]) => ({
        target_label: label,
        replacement: value.replaceAll('$', '$$$$'),
      })),
    ],
  };
}

/** Labels that Prometheus sets at each scrape. */
const TAKEN = new Set(['job', 'instance']);

function scrapeJobProblems({ name, labels, discovery, interval }: ScrapeJobProps): FieldDiagnostic[] {
  const problems: FieldDiagnostic[] = [];
  const report = (path: readonly string[], message: string, hint?: string) =>
    problems.push({ path, message, ...(hint !== undefined && { hint }) });
  if (name === '') report(['name'], 'expected the name of a job, got ""');
  if (Object.keys(labels).length === 0)
    report(['labels'], 'missing', 'give every target at least one fixed label, such as team: shop');
  for (const [label, value] of Object.entries(labels)) {
    if (!matches(LABEL_NAME, label)) report(['labels', label], expected(LABEL_NAME.what, label));
    else if (TAKEN.has(label)) report(['labels', label], 'Prometheus gives this label', 'choose another');
    if (value === '') report(['labels', label], 'expected a text, got ""; Prometheus drops an empty label');
  }
  if (Object.keys(discovery).length === 0)
    report(['discovery'], 'there are no targets', 'give static_configs, kubernetes_sd_configs or another');
  if (interval !== undefined && !isDuration(interval))
    report(['interval'], expected(PROMETHEUS_DURATION.what, interval));
  return problems;
}

function isDuration(text: string): boolean {
  try {
    PrometheusDuration.parse(text);
    return true;
  } catch {
    return false;
  }
}
