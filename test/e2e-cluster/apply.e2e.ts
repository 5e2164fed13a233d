import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { KUBERNETES, OLDEST_KUBERNETES } from '../../scripts/cluster-programs/go-modules.js';
import { listAt, mapAt, namespaceOf, nameOf, type Manifest } from '../../src/kubernetes/manifest.js';
import { isScoped } from '../../src/kubernetes/identity.js';
import { podTemplates } from '../../src/checks/cluster/pod-templates.js';
import { toYaml } from '../../src/output/to-yaml.js';
import { ControlPlane } from './cluster/control-plane.js';
import { differences, LiveObjects } from './cluster/live-objects.js';
import { addCustomResources, addNamespace } from './cluster/prepare.js';
import {
  committedSet,
  examplesOfOthers,
  inNamespaces,
  setsOfEveryKey,
  withoutRepeated,
  type ManifestSet,
} from './manifest-set.js';

const WAYS = [
  { kubernetes: KUBERNETES, way: 'server-side', flags: ['--server-side'] },
  { kubernetes: KUBERNETES, way: 'client-side', flags: [] },
  { kubernetes: OLDEST_KUBERNETES, way: 'server-side', flags: ['--server-side'] },
  { kubernetes: OLDEST_KUBERNETES, way: 'client-side', flags: [] },
];

describe.each(WAYS)('$kubernetes.name takes every manifest, applied $way,', ({ kubernetes, flags }) => {
  let plane: ControlPlane;
  let folder: string;
  let sets: ManifestSet[];
  let manifests: Manifest[];
  let live: LiveObjects;

  const apply = () =>
    plane.kubectl.run('apply', ...flags, '--validate=strict', '--recursive', '--filename', folder);
  beforeAll(async () => {
    plane = await ControlPlane.start(kubernetes);
    folder = mkdtempSync(path.join(tmpdir(), 'manifests-'));
    const others = (await examplesOfOthers()).map((set) => inNamespaces(set, 'other-'));
    sets = withoutRepeated([...committedFolders().map(committedSet), ...others, ...(await setsOfEveryKey())]);
    manifests = sets
      .flatMap((set) => set.manifests)
      .filter((manifest) => kubernetes !== OLDEST_KUBERNETES || !isNewer(manifest));
    writeFileSync(path.join(folder, 'all.yaml'), toYaml(manifests));
    await addCustomResources(plane);
    const unrestricted = new Set(others.flatMap((set) => set.manifests.map(namespaceOf)));
    for (const name of unrestricted) await plane.api.create('/api/v1/namespaces', { metadata: { name } });
    const namespaces = new Set(manifests.filter((manifest) => !isScoped(manifest)).map(namespaceOf));
    for (const name of namespaces)
      if (name !== 'default' && !unrestricted.has(name)) await addNamespace(plane, name, 'restricted');
    live = new LiveObjects(plane.api);
  });

  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await plane?.end();
  });

  test('without error or warning', async () => {
    const { exitCode, stderr } = await apply();

    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
  });

  test('and has each field of each manifest', async () => {
    const objects = await live.allOf(manifests);

    const found = manifests.flatMap((manifest, i) =>
      differences(manifest, objects[i]).map((difference) => `${nameOf(manifest)}${difference}`),
    );
    expect(found).toEqual([]);
  });

  // A client-side kubectl compares each object by itself, which takes a minute: 1.34 shows it.
  if (kubernetes === OLDEST_KUBERNETES && flags.length === 0) return;
  test('and changes nothing when they are applied again', async () => {
    const before = await live.allOf(manifests);

    await apply();

    const after = await live.allOf(manifests);
    expect(after.map(withoutVersion)).toEqual(before.map(withoutVersion));
  });
});

/** The folders with committed manifests. */
function committedFolders(): string[] {
  const examples = readdirSync('examples').map((name) => `examples/${name}/dist`);
  return ['dist', ...examples.filter((folder) => existsSync(folder))];
}

/** Fields of Jobs that 1.28 drops without a warning. */
const NEWER = ['backoffLimitPerIndex', 'maxFailedIndexes', 'podReplacementPolicy'];

/** Whether 1.28 drops a field of the manifest without a warning. Native sidecars came with 1.29. */
function isNewer(manifest: Manifest): boolean {
  const ofJobs = [mapAt(manifest, 'spec'), mapAt(manifest, 'spec', 'jobTemplate', 'spec')];
  return (
    ofJobs.some((spec) => NEWER.some((field) => field in spec)) ||
    podTemplates(manifest)
      .flatMap(({ template }) => listAt(template, 'spec', 'initContainers'))
      .some(({ restartPolicy }) => restartPolicy === 'Always')
  );
}

/**
 * The API server stores the defaults of a status at the second write, which changes the version; 1.28 also writes the time
 * of each apply.
 */
function withoutVersion(object: Manifest): Manifest {
  const { resourceVersion: _, managedFields: __, ...metadata } = mapAt(object, 'metadata');
  return { ...object, metadata };
}
