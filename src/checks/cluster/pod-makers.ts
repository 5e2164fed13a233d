import { NAME_LABEL, INSTANCE_LABEL, COMPONENT_LABEL, PART_OF_LABEL } from '../../kubernetes/labels.js';
import type { LabelSelector } from './label-selector.js';
import { installedChart } from './installed-charts.js';
import { isMap, nameOf, namespaceOf, textAt, type Manifest } from '../../kubernetes/manifest.js';
import { podTemplates } from './pod-templates.js';

/** API groups whose objects create no pods or Services, or whose pods the checks know. */
const KNOWN_GROUPS =
  /^v[0-9]|^(apps|batch|extensions|policy|autoscaling)\/|(^|\.)k8s\.io\/|^monitoring\.coreos\.com\//;

/** Labels by which programs of all kinds name an application or a part of it. */
const COMMON_LABELS = new Set([
  'app',
  'k8s-app',
  'release',
  NAME_LABEL,
  INSTANCE_LABEL,
  COMPONENT_LABEL,
  PART_OF_LABEL,
]);

/** An object that creates pods or Services without a manifest. */
interface PodMaker {
  readonly object: Manifest;
  /** Undefined for any namespace. */
  readonly namespace: string | undefined;
  readonly inWords: string;
}

/**
 * Custom resources whose operators create pods or Services without a manifest, for example CloudNativePG's Cluster, and those
 * that install a chart.
 */
export class PodMakers {
  private readonly byWord = new Map<string, PodMaker[]>();
  private readonly byCommonWord = new Map<string, PodMaker[]>();

  constructor(manifests: readonly Manifest[]) {
    for (const manifest of manifests) {
      const [apiVersion, kind] = [textAt(manifest, 'apiVersion') ?? '', textAt(manifest, 'kind') ?? ''];
      const name = textAt(manifest, 'metadata', 'name');
      if (name === undefined || KNOWN_GROUPS.test(apiVersion) || podTemplates(manifest).length > 0) continue;
      const chart = installedChart(manifest);
      const inWords = `${chart === undefined ? 'made by the operator of' : 'installed by'} ${nameOf(manifest)}`;
      const namespace = chart === undefined ? namespaceOf(manifest) : chart.namespace;
      const maker = { object: manifest, namespace, inWords };
      if (chart === undefined) addTo(this.byWord, [name, kind, `${namespace}.${name}`], maker);
      addTo(this.byCommonWord, chart?.names ?? partsOf(manifest, kind), maker, inOneWord);
    }
  }

  /**
   * Describes the maker of the pods or Services that a selector matches: `made by the operator of Cluster shop/db`. Operators
   * use labels with
   * - their domain, and the object's name or kind as the value: `cnpg.io/cluster: db`,
   * - a word of their domain: `rook_cluster: ceph` of ceph.rook.io,
   * - the object's namespace and name as the value,
   * - or the object's kind or a part of its spec as the value of a common label: `app.kubernetes.io/name: entity-operator`.
   *
   * Charts use common labels with the name of the release or of the chart.
   * @param isWritten whether pods or Services in the manifests have the label, or a mistyped one: the application is then in
   * the manifests
   */
  find(
    namespaces: readonly string[] | undefined,
    selector: LabelSelector,
    isWritten: (key: string, value: string) => boolean,
  ): string | undefined {
    for (const { key, value } of selector.accepted()) {
      const named = this.byWord.get(value)?.filter(({ object }) => isMeant(object, key, value)) ?? [];
      const ofWord = COMMON_LABELS.has(key) ? this.byCommonWord.get(inOneWord(value)) : undefined;
      const common = ofWord === undefined || isWritten(key, value) ? [] : ofWord;
      const found = [...named, ...common].find(
        ({ namespace }) => namespace === undefined || (namespaces?.includes(namespace) ?? true),
      );
      if (found !== undefined) return found.inWords;
    }
    return undefined;
  }
}

function addTo(
  makers: Map<string, PodMaker[]>,
  words: readonly string[],
  maker: PodMaker,
  form: (word: string) => string = (word) => word,
): void {
  for (const word of new Set(words.map(form))) {
    if (word === '') continue;
    const known = makers.get(word);
    if (known === undefined) makers.set(word, [maker]);
    else known.push(maker);
  }
}

/** The kind of an operator's object, and the parts of its spec: `rabbitmq` of RabbitmqCluster, `entityOperator` of Kafka. */
function partsOf({ spec }: Manifest, kind: string): string[] {
  const parts = Object.entries(isMap(spec) ? spec : {});
  const components = parts.find(([key]) => key === 'components')?.[1];
  return [
    kind,
    kind.replace(/Cluster$/, ''),
    ...parts.flatMap(([key, value]) => (isMap(value) ? key : [])),
    ...(Array.isArray(components) ? components.filter((one) => typeof one === 'string') : []),
  ];
}

/** `entityoperator` of `entity-operator` and `entityOperator`. */
function inOneWord(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

function isMeant(maker: Manifest, key: string, value: string): boolean {
  if (value.includes('.') && value !== textAt(maker, 'metadata', 'name')) return true;
  const domain = key.includes('/') ? (key.split('/')[0] ?? '') : '';
  const group = (textAt(maker, 'apiVersion') ?? '').split('/')[0] ?? '';
  if (domain !== '') return `.${group}`.endsWith(`.${domain}`) || `.${domain}`.endsWith(`.${group}`);
  const words = key.toLowerCase().split(/[^a-z0-9]+/);
  const parts = group.split('.').slice(0, -1);
  return parts.some((part) => words.includes(part));
}
