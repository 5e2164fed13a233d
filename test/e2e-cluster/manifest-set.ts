import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import { chartsFor } from '../../charts/kinds.js';
import { synthesize } from '../../charts/synthesize.js';
import { loadOperatorModels } from '../../src/alertmanager/operator-models.js';
import { formatDiagnostic } from '../../src/diagnostics/diagnostic.js';
import { mapAt, namespaceOf, type Manifest } from '../../src/kubernetes/manifest.js';
import { memo } from '../../src/memo.js';
import { parseValues } from '../../src/values/parse-values.js';
import { samplesOf } from '../schema/key-samples.js';
import {
  ALERTMANAGER_CLUSTER,
  DELIVERY,
  PROMETHEUS_SERVER,
  WORKER_APP,
  type KindUnderTest,
} from '../schema/kinds-under-test.js';

/** Manifests that are applied together. */
export interface ManifestSet {
  readonly name: string;
  readonly manifests: readonly Manifest[];
  /** Whether we say that a namespace with Pod Security 'restricted' refuses the pods. */
  readonly isRefusedByPodSecurity: boolean;
}

const KINDS: Readonly<Record<string, KindUnderTest>> = {
  app: WORKER_APP,
  delivery: DELIVERY,
  alertmanager: ALERTMANAGER_CLUSTER,
  prometheus: PROMETHEUS_SERVER,
};

/** The committed manifests of a folder. */
export function committedSet(folder: string): ManifestSet {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.yaml'),
  );
  const manifests = files.flatMap((file) =>
    parseAllDocuments(readFileSync(path.join(folder, file), 'utf8')).map(
      (document) => document.toJS() as Manifest,
    ),
  );
  return { name: folder, manifests, isRefusedByPodSecurity: false };
}

/** Manifests of others that the examples contain, which do not keep to Pod Security 'restricted'. */
export async function examplesOfOthers(): Promise<ManifestSet[]> {
  const sets = [committedSet('examples/broken-wiring'), await ownApp()];
  return sets.map((set) => ({ ...set, isRefusedByPodSecurity: true }));
}

/** The manifests of examples/own-cdk8s-app, which writes them when it is first imported. */
const ownApp = memo(async (): Promise<ManifestSet> => {
  const output = mkdtempSync(path.join(tmpdir(), 'own-cdk8s-app-'));
  process.env['CDK8S_OUTDIR'] = output;
  await import('../../examples/own-cdk8s-app/main.js');
  const set = committedSet(output);
  rmSync(output, { recursive: true });
  return { ...set, name: 'examples/own-cdk8s-app' };
});

/** The set in other namespaces. */
export function inNamespaces(set: ManifestSet, prefix: string): ManifestSet {
  const manifests = set.manifests.map((manifest) => ({
    ...manifest,
    metadata: { ...mapAt(manifest, 'metadata'), namespace: prefix + namespaceOf(manifest) },
  }));
  return { ...set, manifests };
}

/** Manifests for every key of every kind, each set to its example, in a namespace of its own. */
export const setsOfEveryKey = memo(async (): Promise<ManifestSet[]> => {
  await loadOperatorModels();
  const sets: ManifestSet[] = [];
  for (const [kind, { document, field = '', ...rest }] of Object.entries(KINDS)) {
    for (const [i, sample] of samplesOf(rest).entries()) {
      const place = `${kind}-${i}`;
      const values = { namespace: place, ...document(sample.with) };
      // The objects for Argo CD and Flux are in namespaces of these.
      const named = kind === 'delivery' ? { ...values, name: place } : values;
      sets.push(await synthesized(`${kind}: ${field}${sample.path}`, named));
    }
  }
  return sets;
});

/** The manifests of one document of a values file. */
export async function synthesized(name: string, document: object): Promise<ManifestSet> {
  const { values, problems, notes } = parseValues([{ file: 'values.yaml', text: stringify(document) }]);
  const files = [...synthesize(values, await chartsFor(values))];
  const found = [...problems, ...files.flatMap(({ errors }) => errors)];
  if (found.length > 0) throw new Error(`${name}:\n${found.map(formatDiagnostic).join('\n')}`);
  return {
    name,
    manifests: files.flatMap(({ manifests }) => manifests),
    isRefusedByPodSecurity: [...notes, ...files.flatMap((one) => one.notes)].some(({ message }) =>
      message.includes("a namespace that enforces Pod Security 'restricted' refuses the pods"),
    ),
  };
}

/** Leaves out the manifests that earlier sets contain, but for their namespace: the API server has judged them. */
export function withoutRepeated(sets: readonly ManifestSet[]): ManifestSet[] {
  const seen = new Set<string>();
  return sets.map((set) => ({
    ...set,
    manifests: set.manifests.filter((manifest) => {
      const { namespace: _, ...metadata } = manifest['metadata'] as Manifest;
      const text = JSON.stringify({ ...manifest, metadata }).replaceAll(String(_), '');
      return !seen.has(text) && seen.add(text);
    }),
  }));
}
