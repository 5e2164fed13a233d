import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { formatDiagnostic } from '../../../src/diagnostics/diagnostic.js';
import { readSources, VALUES_PATHS } from '../../../src/values/files/sources.js';
import { close, unprivileged } from '../../closed-folders.js';

const folder = mkdtempSync(path.join(tmpdir(), 'sources-'));
afterAll(() => rmSync(folder, { recursive: true }));

const at = (...names: string[]) => path.join(folder, ...names);
const write = (name: string, text: string | Uint8Array = name) => {
  mkdirSync(path.dirname(at(name)), { recursive: true });
  writeFileSync(at(name), text);
};

/** The files read and the problems met, without the folder of this test. */
function read(...paths: string[]) {
  const { sources, problems, warnings } = readSources(paths.map((given) => at(given)));
  const short = (text: string) => text.replaceAll(`${folder}/`, '');
  return {
    files: sources.map(({ file }) => short(file)),
    texts: sources.map(({ text }) => text),
    problems: problems.map((problem) => short(formatDiagnostic(problem))),
    ...(warnings.length > 0 && { warnings: warnings.map((warning) => short(formatDiagnostic(warning))) }),
  };
}

test('a file is read as it is named, whatever it ends in', () => {
  write('one/shop.txt', 'name: shop');
  expect(read('one/shop.txt')).toEqual({ files: ['one/shop.txt'], texts: ['name: shop'], problems: [] });
});

test('of a folder, the .yaml and .yml files are read in the order of their names, those of its subfolders too', () => {
  for (const name of ['b.yaml', 'a.yml', 'B.yaml', '10.yaml', '9.yaml', 'notes.md', 'a.yaml.bak', 'yaml'])
    write(`many/${name}`);
  for (const name of ['a/z.yaml', 'a/a/b.yaml', 'team.x/b.yaml']) write(`many/${name}`);
  expect(read('many').files).toEqual(
    ['10.yaml', '9.yaml', 'B.yaml', 'a/a/b.yaml', 'a/z.yaml', 'a.yml', 'b.yaml', 'team.x/b.yaml'].map(
      (name) => `many/${name}`,
    ),
  );
});

test('files that end in .YML or .Yaml are read as well', () => {
  for (const name of ['a.YML', 'b.Yaml', 'c.YAML']) write(`upper/${name}`);
  expect(read('upper').files).toEqual(['upper/a.YML', 'upper/b.Yaml', 'upper/c.YAML']);
});

const NOT_READ = 'not read: of a folder, .yaml and .yml files are values; rename';

test.each([
  ['an application', 'api.json', '{ "name": "api", "image": "a/b:v1", "workers": 3 }'],
  ['an application that is half written', 'half.JSON', '{ "name": "half", "workers": 3,'],
  ['Defaults', 'defaults.json', '{ "kind": "Defaults", "namespace": "web" }'],
])('%s in JSON in a folder is not read, with a warning', (_, name, text) => {
  write(`json/${name}/shop.yaml`);
  write(`json/${name}/in/${name}`, text);
  const file = `json/${name}/in/${name}`;
  expect(read(`json/${name}`)).toMatchObject({
    problems: [],
    warnings: [`${file}: ${NOT_READ} ${name} to ${name.replace(/json$/i, 'yaml')}: JSON is YAML`],
  });
  expect(read(`json/${name}`, file)).toEqual(read(`json/${name}/shop.yaml`, file));
});

test('other JSON files beside values are passed over', () => {
  write('beside/shop.yaml');
  write('beside/team.json/a.yaml');
  write('beside/package.json', '{ "name": "values", "version": "1.0.0", "image": { "a": "b" } }');
  write('beside/schema.json', '{ "properties": { "workers": { "type": "integer" } } }');
  expect(read('beside')).toMatchObject({ files: ['beside/shop.yaml', 'beside/team.json/a.yaml'] });
  expect(read('beside')).not.toHaveProperty('warnings');
});

test('a folder with values in JSON alone is refused with the file to rename', () => {
  write('alone/api.json', '{ "name": "api", "workers": 3 }');
  expect(read('alone').problems).toEqual([
    'alone: no .yaml file in this folder; rename api.json to api.yaml: JSON is YAML',
  ]);
});

test('the JSON files of a folder of manifests are read, as kubectl does', () => {
  write('manifests/a.json', '{}');
  write('manifests/in.json/b.json', '{}');
  const { sources } = readSources([at('manifests')], { ...VALUES_PATHS, subfolders: false, json: true });
  expect(sources.map(({ file }) => file)).toEqual([at('manifests/a.json')]);
});

test('hidden folders and node_modules are not read, and the folder of manifests is not either', () => {
  for (const name of [
    'shop.yaml',
    '.git/a.yaml',
    'in/.terraform/a.yaml',
    'node_modules/p/a.yaml',
    'out/a.k8s.yaml',
  ])
    write(`project/${name}`);
  const except = at('project/../project/out');
  const { sources } = readSources([at('project')], { ...VALUES_PATHS, except });
  expect(sources.map(({ text }) => text)).toEqual(['project/shop.yaml']);
});

test('links to folders are followed, and one that leads back is not followed for ever', () => {
  write('shared/common.yaml');
  write('linked/in/a.yaml');
  symlinkSync(at('shared'), at('linked/all'));
  symlinkSync('..', at('linked/in/up'));
  symlinkSync('.', at('linked/here'));
  expect(read('linked')).toMatchObject({
    files: ['linked/all/common.yaml', 'linked/in/a.yaml'],
    problems: [],
  });
});

test('a link to nothing in a folder is refused: it may have been a folder of values', () => {
  write('lost/a.yaml');
  symlinkSync('/nowhere', at('lost/team'));
  expect(read('lost').problems).toEqual(['lost/team: a broken link to "/nowhere"; mend it, or remove it']);
});

test.each([['over'], ['over/'], ['over/../over'], ['over-link']])(
  'folders that overlap are read once, in the order given: over/in and %s',
  (again) => {
    for (const name of ['a.yaml', 'in/b.yaml']) write(`over/${name}`);
    rmSync(at('over-link'), { force: true });
    symlinkSync('over', at('over-link'));
    const { files, texts, problems } = read('over/in', again);
    expect([files[0], texts.toSorted(), problems]).toEqual([
      'over/in/b.yaml',
      ['over/a.yaml', 'over/in/b.yaml'],
      [],
    ]);
  },
);

test('a subfolder that may not be read is refused, and the others are read (root may read any)', async () => {
  for (const name of ['closed/a.yaml', 'open/b.yaml']) write(`partly/${name}`);
  for (const name of ['.', 'partly', 'partly/open']) chmodSync(at(name), 0o755);
  close(at('partly/closed'), 'unreadable');
  expect(await unprivileged(() => read('partly'))).toMatchObject({
    files: ['partly/open/b.yaml'],
    problems: ['partly/closed: cannot be read: permission denied'],
  });
});

test('paths are read in the order in which they are given, and no file twice', () => {
  write('two/a.yaml');
  write('two/b.yaml');
  symlinkSync(at('two/a.yaml'), at('two/c.yaml'));
  expect(read('two/b.yaml', 'two', 'two/../two/a.yaml').files).toEqual(['two/b.yaml', 'two/a.yaml']);
});

test('a byte order mark is dropped', () => {
  write('bom.yaml', '\uFEFFname: shop');
  expect(read('bom.yaml').texts).toEqual(['name: shop']);
});

test.each([
  [
    'a file that is missing',
    'missing.yaml',
    () => {},
    'missing.yaml: cannot be read: no such file or directory; add one, or name another with --values',
  ],
  [
    'a file within a file',
    'file.yaml/x.yaml',
    () => write('file.yaml'),
    'file.yaml/x.yaml: cannot be read: not a directory',
  ],
  [
    'a folder without values',
    'empty',
    () => write('empty/readme.md'),
    'empty: no .yaml file in this folder; add one, or name another with --values',
  ],
  [
    'a folder named as a file',
    'odd',
    () => mkdirSync(at('odd/shop.yaml'), { recursive: true }),
    'odd/shop.yaml: a folder, where a file is expected',
  ],
  [
    'a link to nothing',
    'dangling',
    () => {
      mkdirSync(at('dangling'));
      symlinkSync('nowhere', at('dangling/shop.yaml'));
    },
    'dangling/shop.yaml: a broken link to "nowhere"; mend it, or remove it',
  ],
  [
    'a link to nothing that is named',
    'broken',
    () => symlinkSync('nowhere', at('broken')),
    'broken: a broken link to "nowhere"; mend it, or remove it',
  ],
  [
    'a link to itself',
    'loop.yaml',
    () => symlinkSync(at('loop.yaml'), at('loop.yaml')),
    'loop.yaml: cannot be read: too many symbolic links encountered',
  ],
  [
    'text in another encoding',
    'latin1.yaml',
    () => write('latin1.yaml', Buffer.from('name: caf\u00e9', 'latin1')),
    'latin1.yaml: not UTF-8 text; save it in that encoding',
  ],
  [
    'UTF-16',
    'utf16.yaml',
    () => write('utf16.yaml', Buffer.from('\uFEFFname: shop', 'utf16le')),
    'utf16.yaml: not UTF-8 text; save it in that encoding',
  ],
])('%s is refused', (_, given, prepare, problem) => {
  prepare();
  expect(read(given)).toEqual({ files: [], texts: [], problems: [problem] });
});

const asRoot = process.getuid?.() === 0;

test('a file that may not be read is refused (root may read any)', () => {
  write('secret.yaml');
  chmodSync(at('secret.yaml'), 0o000);
  expect(read('secret.yaml').problems).toEqual(
    asRoot ? [] : ['secret.yaml: cannot be read: permission denied'],
  );
});

test('files that an editor keeps beside a values file are not values', () => {
  write('edited/shop.yaml');
  symlinkSync('somebody@host.1234', at('edited/.#shop.yaml'));
  write('edited/.shop.yaml');
  expect(read('edited')).toMatchObject({ files: ['edited/shop.yaml'], problems: [] });
});

test('all that cannot be read is named, and the rest is read', () => {
  write('some/good.yaml');
  mkdirSync(at('some/bad.yaml'));
  expect(read('none', 'some', 'nowhere')).toEqual({
    files: ['some/good.yaml'],
    texts: ['some/good.yaml'],
    problems: [
      'none: cannot be read: no such file or directory; add one, or name another with --values',
      'some/bad.yaml: a folder, where a file is expected',
      'nowhere: cannot be read: no such file or directory; add one, or name another with --values',
    ],
  });
});

test('an empty path is named as one', () => {
  expect(readSources(['']).problems).toEqual([
    { severity: 'error', field: '--values', message: 'an empty path', hint: 'name a file or a folder' },
  ]);
});
