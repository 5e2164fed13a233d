import { jest } from '@jest/globals';
import { chmodSync, mkdirSync } from 'node:fs';
import { OutputFolder, PartialWriteError } from '../../src/output/output-folder.js';
import { close, unprivileged } from '../closed-folders.js';
import { Workplace } from './command-line.js';

// Folders of the output folder that are not ours to read or to write: what each command says, and what it does not mind.

let place: Workplace;
beforeEach(async () => {
  place = new Workplace();
  writeValues('a/b:1');
  await synth(); // loads all that a run needs, too
  writeValues('a/b:2');
  for (const folder of ['', 'dist', 'dist/dev', 'dist/live']) chmodSync(place.path(folder), 0o777);
  process.env['CDK8S_OUTDIR'] = place.path('dist');
});
afterEach(() => {
  delete process.env['CDK8S_OUTDIR'];
  place.remove();
});

function writeValues(image: string): void {
  const text = `name: shop\nimage: ${image}\nworkers: 1\nenvironments: { dev: {}, live: {} }\n`;
  place.write('values/shop.yaml', text);
}

function synth() {
  return place.run('synth', '--values', place.path('values'), '--output', place.path('dist'));
}

function makeUnreadable(name: string): void {
  mkdirSync(place.path(name));
  close(place.path(name), 'unreadable');
}

test('a closed folder that no environment could be called is passed over', async () => {
  makeUnreadable('dist/lost+found');
  const traced = () => place.run('trace', '--quiet');
  await traced(); // loads it
  expect(await unprivileged(synth)).toMatchObject({
    exitCode: 0,
    stderr: 'dist: 2 files written, 0 unchanged, 0 removed\n',
  });
  expect(await unprivileged(traced)).toEqual({ exitCode: 0, stdout: '', stderr: '' });
});

const SECRET = 'dist/secret: cannot be read: permission denied; make it readable, or move it away';

test.each([
  ['synth', ['--values', 'values'], 'nothing was written', 1],
  ['diff', ['--values', 'values'], 'nothing was compared', 2],
  ['trace', [], 'nothing was traced', 1],
  ['publish', ['--repo', 'nowhere', '--branch', 'main'], 'not published', 1],
])(
  '%s says of a closed folder that may be an environment what to do',
  async (command, args, outcome, exitCode) => {
    makeUnreadable('dist/secret');
    const run = () => place.run(command, ...args.map((arg) => (arg === 'values' ? place.path(arg) : arg)));
    await run(); // loads it
    expect(await unprivileged(run)).toEqual({
      exitCode,
      stdout: '',
      stderr: `${SECRET}\n1 problem; ${outcome}\n`,
    });
  },
);

test('synth names the file that it may not write, and those that it wrote before', async () => {
  close(place.path('dist/live'), 'unwritable');
  expect(await unprivileged(synth)).toEqual({
    exitCode: 1,
    stdout: '',
    stderr:
      'dist/live/shop.k8s.yaml: cannot be written: permission denied\ndist/dev/shop.k8s.yaml: was changed before this error\n2 problems; only some files were written; fix that and run synth again\n',
  });
});

test('synth names the files that changed before the system refused one', async () => {
  const cause = Object.assign(new Error(), { errno: -30, path: place.path('dist/live/shop.k8s.yaml') });
  const write = jest.spyOn(OutputFolder.prototype, 'write').mockImplementation(() => {
    throw new PartialWriteError([place.path('dist/dev/shop.k8s.yaml')], cause);
  });
  try {
    expect(await synth()).toEqual({
      exitCode: 1,
      stdout: '',
      stderr:
        'dist/live/shop.k8s.yaml: cannot be written: read-only file system\n' +
        'dist/dev/shop.k8s.yaml: was changed before this error\n' +
        '2 problems; only some files were written; fix that and run synth again\n',
    });
  } finally {
    write.mockRestore();
  }
});
