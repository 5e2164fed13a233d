import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
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

describe('docs/migrations.md', () => {
  const text = readFileSync('docs/migrations.md', 'utf8');
  const example = parse(/```yaml\n([^`]*delivery:[^`]*)```/.exec(text)?.[1] ?? '') as {
    progressDeadlineSeconds: number;
    migrate: { command: string[]; activeDeadlineSeconds: number };
    delivery: { flux: { timeout: string } };
  };

  test.each(['logs', 'delete job'])('finds the Job and its pods: kubectl %s', (command) => {
    const [, labels = ''] = new RegExp(`^kubectl ${command} -l (\\S+)`, 'm').exec(text) ?? [];
    const selector = Object.fromEntries(labels.split(',').map((pair) => pair.split('=')));
    const job = synthesized({ name: 'shop', migrate: example.migrate }).find(({ kind }) => kind === 'Job');

    expect(Object.keys(selector)).toEqual(['app.kubernetes.io/name']);
    expect(at(job, 'metadata', 'labels')).toMatchObject(selector);
    expect(at(job, 'spec', 'template', 'metadata', 'labels')).toMatchObject(selector);
  });

  test('ends a migration before the rollout, and the rollout before Flux gives up', () => {
    const { migrate, progressDeadlineSeconds, delivery } = example;
    expect(delivery.flux.timeout).toBe('1h');
    expect([migrate.activeDeadlineSeconds, progressDeadlineSeconds]).toEqual([3000, 3600]);
  });
});
