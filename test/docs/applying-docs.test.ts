import { readFileSync } from 'node:fs';
import { at } from '../../src/kubernetes/manifest.js';
import { synthesized } from '../synthesized.js';

const pruning = (document: string) =>
  /\$ kubectl apply (?=.*--prune)(?:.*\\\n)*.*/.exec(readFileSync(document, 'utf8'))?.[0] ?? '';

describe('docs/reviewing-changes.md prunes one application', () => {
  const command = pruning('docs/reviewing-changes.md');
  const manifests = (['ServiceMonitor', 'PodMonitor'] as const).flatMap((monitor) =>
    synthesized({ alerts: true, dashboard: true, metrics: { monitor } }),
  );

  test('by labels that all its objects have', () => {
    const [, labels = ''] = /-l (\S+)/.exec(command) ?? [];
    const selector = Object.fromEntries(labels.split(',').map((pair) => pair.split('=')));

    expect(Object.keys(selector)).toEqual(['app.kubernetes.io/name', 'app.kubernetes.io/instance']);
    for (const manifest of manifests) expect(at(manifest, 'metadata', 'labels')).toMatchObject(selector);
  });

  test('and only kinds that hold no data, as group/version/kind', () => {
    const allowed = [...command.matchAll(/--prune-allowlist=(\S+)/g)].map(([, kind]) => kind);
    const ours = manifests.map(
      ({ apiVersion, kind }) => `${apiVersion === 'v1' ? 'core/v1' : apiVersion}/${kind}`,
    );

    expect(allowed.toSorted()).toEqual(
      ours.filter((kind, i) => /Service$|Monitor$|Rule$/.test(kind) && ours.indexOf(kind) === i).toSorted(),
    );
  });
});
