import { chmodSync, mkdirSync, readdirSync } from 'node:fs';
import { close, unprivileged } from '../closed-folders.js';
import { ANSWERS, InitPlace } from './init-place.js';

let place: InitPlace;
beforeEach(() => {
  place = new InitPlace();
});
afterEach(() => place.remove());

describe('init writes nothing', () => {
  test.each([
    [
      'without a terminal',
      ['shop'],
      'there is no terminal to ask in; give --image and --workers, for example --image registry.example.com/shop:1.0.0 --workers 4; or give --yes to begin with an example',
    ],
    [
      'without a terminal, and --workers alone',
      ['shop', '--workers', '3'],
      'there is no terminal to ask in; give --image, for example --image registry.example.com/shop:1.0.0; or give --yes to begin with an example',
    ],
    [
      'for a folder that cannot be a name',
      ['7 Up', ...ANSWERS],
      '--name: missing; the name of the folder, "7 Up", cannot be the name of an application',
    ],
    [
      'for a wrong number',
      ['shop', '--image', 'a', '--workers', '0'],
      '--workers: expected a whole number from 1 to 100, got 0',
    ],
    [
      'for a text as the number',
      ['shop', '--yes', '--port', 'http'],
      '--port: expected a whole number from 1 to 65535, got "http"',
    ],
    [
      'for an empty image',
      ['shop', '--image', '', '--workers', '1'],
      /^--image: expected an image reference .*, got ""$/,
    ],
    [
      'for a wrong name',
      ['shop', '--yes', '--name', 'Shop'],
      /^--name: expected a DNS-1035 label .*, got "Shop"$/,
    ],
  ])('%s', async (_, args, problem) => {
    const { exitCode, stdout, stderr } = await place.init(...args);
    const [first, ...others] = stderr.split('\n');
    expect([exitCode, stdout, others]).toEqual([1, '', ['1 problem; nothing was written', '']]);
    expect(first).toMatch(problem);
    expect(readdirSync(place.folder)).toEqual([]);
  });

  test('for several wrong answers, and names them all', async () => {
    const { stderr } = await place.init('shop', '--image', 'A', '--workers', '101', '--port', '0');
    expect(stderr).toMatch(/^--image: .*\n--workers: .*\n--port: .*\n3 problems; nothing was written\n$/);
  });

  test('in a file', async () => {
    place.write('shop', 'text');
    expect(await place.init('shop', ...ANSWERS)).toMatchObject({
      exitCode: 1,
      stderr: 'shop: not a folder; move it away\n1 problem; nothing was written\n',
    });
    expect(place.read('shop')).toBe('text');
  });

  test('where files are in the way of folders', async () => {
    place.write('shop/values', 'text');
    place.write('shop/.github', 'text');
    expect((await place.init('shop', ...ANSWERS)).stderr).toBe(
      'shop/values: not a folder; move it away\n' +
        'shop/.github: not a folder; move it away\n2 problems; nothing was written\n',
    );
    expect(place.filesBelow('shop')).toEqual(['.github', 'values']);
  });

  test('in a folder that it may not write', async () => {
    mkdirSync(place.path('shop'));
    chmodSync(place.folder, 0o755);
    close(place.path('shop'), 'unwritable');
    expect(await unprivileged(() => place.init('shop', ...ANSWERS))).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(
        /^shop\/\S+: cannot be written: permission denied\n1 problem; nothing was written\n$/,
      ) as string,
    });
  });

  test('where one of its folders cannot be written, and removes the files that it wrote', async () => {
    mkdirSync(place.path('shop/values'), { recursive: true });
    for (const folder of ['', 'shop']) chmodSync(place.path(folder), 0o777);
    close(place.path('shop/values'), 'unwritable');
    const { exitCode, stderr } = await unprivileged(() => place.init('shop', ...ANSWERS));
    expect([exitCode, stderr]).toEqual([
      1,
      'shop/values/shop.yaml: cannot be written: permission denied\n1 problem; nothing was written\n',
    ]);
    expect(readdirSync(place.path('shop'))).toEqual(['values']);
  });
});
