import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import * as fc from 'fast-check';
import { synth, type SynthResult } from '../../charts/main.js';
import { ours, temporaryFolder, writeFiles } from '../an-output-folder.js';
import { runs } from '../runs.js';

// Whatever runs follow one another, a manifest goes only in a run that may remove it, and is named then.

const ENVIRONMENTS = ['dev', 'live'];
const NAMES = ['a', 'b', 'c', 'd'];

/** The environments of each application: undefined where it has no values file, none where it has no environments. */
type Applications = Readonly<
  Record<string, { readonly folder: string; readonly environments: readonly string[] }>
>;

interface Run {
  readonly applications: Applications;
  /** The applications whose files are named with --values. Undefined: all in the default folder. */
  readonly named: readonly string[] | undefined;
  readonly environments: readonly string[] | undefined;
  readonly prune: boolean;
}

const application = fc.record({
  folder: fc.constantFrom('', 'team/', 'team/deep/'),
  environments: fc.subarray(ENVIRONMENTS),
});
const run: fc.Arbitrary<Run> = fc.record({
  applications: fc.dictionary(fc.constantFrom(...NAMES), application, { minKeys: 1 }),
  named: fc.option(fc.subarray(NAMES, { minLength: 1 }), { nil: undefined }),
  environments: fc.option(fc.subarray(ENVIRONMENTS, { minLength: 1 }), { nil: undefined }),
  prune: fc.boolean(),
});

const FOREIGN = {
  'theirs.k8s.yaml': 'kind: Namespace\n',
  'dev/theirs.k8s.yaml': '',
  '.a.k8s.yaml': ours('mine'),
};

const root = temporaryFolder();
const before = process.cwd();
afterEach(() => process.chdir(before));

test('no sequence of runs removes a manifest that its rules do not allow', async () => {
  let count = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(run, { minLength: 2, maxLength: 6 }), async (runs) => {
      const folder = path.join(root, String((count += 1)));
      mkdirSync(folder);
      process.chdir(folder);
      writeFiles('dist', FOREIGN);
      for (const each of runs) {
        const files = manifests();
        const result = await execute(each);
        const missing = files.filter((file) => !manifests().includes(file));
        expect(missing.filter((file) => !mayGo(each, file))).toEqual([]);
        expect('changes' in result ? result.changes.removed.toSorted() : []).toEqual(missing);
        for (const [name, text] of Object.entries(FOREIGN))
          expect(readFileSync(`dist/${name}`, 'utf8')).toBe(text);
        const expected = 'changes' in result ? given(each) : [];
        expect(manifests()).toEqual(expect.arrayContaining(expected));
      }
    }),
    { numRuns: runs(15) },
  );
});

function execute({ applications, named, environments, prune }: Run): Promise<SynthResult> {
  rmSync('values', { recursive: true, force: true });
  for (const [name, { folder, environments }] of Object.entries(applications)) {
    const where = environments.map((each) => `${each}: `).join(', ');
    const text = `name: ${name}\nimage: x/y:1\nworkers: 1\n`;
    writeFiles('values', {
      [`${folder}${name}.yaml`]: environments.length > 0 ? `${text}environments: { ${where} }\n` : text,
    });
  }
  const values = named?.map((name) => `values/${applications[name]?.folder ?? ''}${name}.yaml`) ?? ['values'];
  return synth({ values, output: 'dist', environments, prune });
}

/** The manifests that a run gives. */
function given({ applications, named, environments: wanted }: Run): string[] {
  return Object.entries(applications)
    .filter(([name]) => named?.includes(name) ?? true)
    .flatMap(([name, { environments }]) =>
      environments.length > 0
        ? environments
            .filter((each) => wanted?.includes(each) ?? true)
            .map((each) => `${each}/${name}.k8s.yaml`)
        : wanted === undefined
          ? [`${name}.k8s.yaml`]
          : [],
    );
}

function mayGo(run: Run, file: string): boolean {
  const isNarrowed = run.named !== undefined || run.environments !== undefined;
  const isInScope = run.environments?.some((each) => file.startsWith(`${each}/`)) ?? true;
  return (run.prune || !isNarrowed) && isInScope && !given(run).includes(file);
}

/** The manifests that this program wrote. */
function manifests(): string[] {
  return (readdirSync('dist', { recursive: true }) as string[])
    .filter((file) => statSync(path.join('dist', file)).isFile() && !(file in FOREIGN))
    .toSorted();
}
