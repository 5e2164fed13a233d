import { spawn, type ChildProcess } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';
import { filesIn, leftBeside, temporaryFolder, writeFiles, type Files } from '../an-output-folder.js';
import { COMMAND, workerMetrics } from '../run-command.js';

// kill -9 at any moment: a run over a few hundred applications is killed again and again, most often while it moves
// files into place.

const APPLICATIONS = 150;
const PERIOD = 3000;
const LEAST_ROUNDS = 4;
/** On a slow machine, a run may end before each of its kills. */
const MOST_ROUNDS = 40;

const root = temporaryFolder();
const dist = path.join(root, 'dist');

/** Most applications are in both states, and differ; every tenth is in one of the two only. */
const STATES = [0, 1].map((state) => {
  const folder = path.join(root, `values-${state}`);
  for (let i = 0; i < APPLICATIONS; i++) {
    const text = `name: app-${i}\nimage: example/app:v${state}\nworkers: 2\n`;
    if (i % 10 !== state) writeFiles(folder, { [`${i}.yaml`]: text });
  }
  const output = path.join(root, `whole-${state}`);
  return {
    folder,
    whole: () => filesIn(output),
    write: () => workerMetrics(['synth', '--values', folder, '--output', output]),
  };
});

test('a killed run leaves each file whole, the old one or the new one, and the next run finishes the job', async () => {
  for (const { write } of STATES) expect(write()).toMatchObject({ exitCode: 0 });
  const whole = STATES.map((state) => state.whole());
  expect(synth(0)).toMatchObject({ exitCode: 0 });

  let killed = 0;
  const until = performance.now() + PERIOD;
  const isEnough = (rounds: number) =>
    rounds >= LEAST_ROUNDS && (killed > 0 || rounds >= MOST_ROUNDS) && performance.now() >= until;
  for (let round = 1; !isEnough(round - 1); round++) {
    const [old, next] = round % 2 === 1 ? [0, 1] : [1, 0];
    if (await isKilled(next, round)) killed += 1;
    expectWhole(manifestsIn(dist), whole[old] as Files, whole[next] as Files);

    expect(synth(next)).toMatchObject({ exitCode: 0 });
    expect(manifestsIn(dist)).toEqual(whole[next]);
    expect(leftBeside(dist).toSorted()).toEqual(['values-0', 'values-1', 'whole-0', 'whole-1']);
  }
  expect(killed).toBeGreaterThan(0);
});

/** Without the temporary file of a killed run, which is left for a minute. */
function manifestsIn(folder: string): Files {
  return Object.fromEntries(Object.entries(filesIn(folder)).filter(([name]) => !name.endsWith('.tmp')));
}

function synth(state: number) {
  return workerMetrics(['synth', '--values', STATES[state]?.folder ?? '', '--output', dist, '--prune']);
}

/** Starts a run and kills it: at some moment, or when it has moved some of its files. */
async function isKilled(state: number, round: number): Promise<boolean> {
  const args = ['synth', '--values', STATES[state]?.folder ?? '', '--output', dist, '--prune'];
  const child = spawn(process.execPath, [COMMAND, ...args], { stdio: 'ignore' });
  const ended = new Promise<boolean>((resolve) => {
    child.on('exit', (_, signal) => resolve(signal === 'SIGKILL'));
  });
  if (round % 3 === 0) setTimeout(() => child.kill('SIGKILL'), Math.random() * 600);
  else await killWhenMoved(child, Math.floor(Math.random() * APPLICATIONS));
  return ended;
}

/** Kills when the file of an application is another one than before. */
async function killWhenMoved(child: ChildProcess, application: number): Promise<void> {
  const file = path.join(dist, `app-${application}.k8s.yaml`);
  const inode = () => statSync(file, { throwIfNoEntry: false })?.ino;
  const before = inode();
  while (child.exitCode === null && child.signalCode === null) {
    for (let i = 0; i < 200; i++) {
      if (inode() !== before) {
        child.kill('SIGKILL');
        return;
      }
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function expectWhole(files: Files, old: Files, next: Files): void {
  for (const [name, text] of Object.entries(files)) {
    if (text !== old[name] && text !== next[name])
      throw new Error(`${name} is neither the old one nor the new one: ${text}`);
  }
  const missing = Object.keys(old).filter((name) => name in next && !(name in files));
  expect(missing).toEqual([]);
}
