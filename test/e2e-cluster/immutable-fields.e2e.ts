import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { KUBERNETES, OLDEST_KUBERNETES } from '../../scripts/cluster-programs/go-modules.js';
import { mapAt, textAt, type Manifest } from '../../src/kubernetes/manifest.js';
import { toYaml } from '../../src/output/to-yaml.js';
import { objectChanges } from '../../src/output/diff/object-changes.js';
import { JUDGED_CHANGES, type JudgedChange } from '../output/diff/judged-changes.js';
import { ControlPlane } from './cluster/control-plane.js';

const WAYS = [
  { place: 'server-side-1-34', kubernetes: KUBERNETES, flags: ['--server-side'] },
  { place: 'client-side-1-34', kubernetes: KUBERNETES, flags: [] },
  { place: 'server-side-1-28', kubernetes: OLDEST_KUBERNETES, flags: ['--server-side'] },
];

describe.each(WAYS)(
  'the judgements of diff are those of kube-apiserver: $place',
  ({ place, kubernetes, flags }) => {
    let plane: ControlPlane;
    let folder: string;

    beforeAll(async () => {
      folder = mkdtempSync(path.join(tmpdir(), 'immutable-'));
      plane = await ControlPlane.start(kubernetes);
      await plane.api.create('/apis/storage.k8s.io/v1/storageclasses', {
        metadata: { name: 'growing' },
        provisioner: 'example.com/disk',
        allowVolumeExpansion: true,
      });
      for (const name of ['default', 'other'])
        await plane.api.create('/api/v1/namespaces/default/serviceaccounts', { metadata: { name } });
    });

    afterAll(async () => {
      await plane?.end();
      rmSync(folder, { recursive: true, force: true });
    });

    const named = (manifest: Manifest, i: number): Manifest => ({
      ...manifest,
      metadata: { ...mapAt(manifest, 'metadata'), name: nameOf(i) },
    });
    const nameOf = (i: number) => `change-${i}`;
    const apply = async (manifests: readonly Manifest[], ...more: readonly string[]) => {
      const file = path.join(folder, 'all.yaml');
      writeFileSync(file, toYaml(manifests));
      return plane.kubectl.run('apply', ...flags, ...more, '--validate=strict', '--filename', file);
    };

    test('each change is refused, or taken', async () => {
      const before = JUDGED_CHANGES.map((change, i) => named(change.before, i));
      expect(await apply(before)).toMatchObject({ stderr: '', exitCode: 0 });
      for (const manifest of before)
        if (manifest['kind'] === 'PersistentVolumeClaim') await bind(plane, manifest);

      const after = JUDGED_CHANGES.map((change, i) => named(change.after, i));
      const { stderr } = await apply(after, '--dry-run=server');

      const refused = JUDGED_CHANGES.filter((_, i) => stderr.includes(`"${nameOf(i)}"`));
      expect(refused.map(({ name }) => name)).toEqual(
        JUDGED_CHANGES.filter((change) => isRefused(change, place)).map(({ name }) => name),
      );
    });

    test('the fix for a refused strategy lets it be applied', async () => {
      const changes = JUDGED_CHANGES.map((change, i) => ({
        change,
        before: named(change.before, i),
        after: named(change.after, i),
      })).filter(({ change }) => change.refused?.endsWith('trategy.type'));
      expect(changes.length).toBeGreaterThan(2);
      for (const { before, after } of changes) {
        const hint = objectChanges([before], [after])[0]?.warnings[0]?.hint ?? '';
        const [, object = '', name = '', patch = ''] =
          /kubectl patch (\S+) (\S+) --type json -p '(.*)'/.exec(hint) ?? [];
        await plane.kubectl.succeed('patch', object, name, '--type=json', '-p', patch);

        expect(await apply([after], '--dry-run=server')).toMatchObject({ exitCode: 0 });
      }
    });
  },
);

function isRefused({ refused, only = '' }: JudgedChange, place: string): boolean {
  return refused !== undefined && place.includes(only);
}

/** Says that a claim has its volume, as a controller does. */
async function bind({ api }: ControlPlane, claim: Manifest): Promise<void> {
  const capacity = { storage: textAt(claim, 'spec', 'resources', 'requests', 'storage') };
  const name = textAt(claim, 'metadata', 'name');
  await api.merge(`/api/v1/namespaces/default/persistentvolumeclaims/${name}/status`, {
    status: { phase: 'Bound', capacity },
  });
}
