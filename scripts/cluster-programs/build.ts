import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { filesFolder, MODULE_FILES, type ModuleFiles } from './module-files.js';
import { GO_MODULES, type GoModule } from './go-modules.js';
import { pythonEnvironment, REQUIREMENTS } from './python-environment.js';

/** The `go` line of the newest go.mod in this folder. */
const OLDEST_GO = { text: '1.25.8', major: 1, minor: 25 };

/** Builds the programs of `npm run e2e:cluster` that are not there yet, from the Go module proxy. */
export function main(): number {
  try {
    MODULE_FILES.forEach(fetchFiles);
    makePythonEnvironment();
    for (const module of GO_MODULES) module.programs.forEach((program) => build(module, program));
    return 0;
  } catch (error) {
    console.error(`e2e:cluster:programs: ${(error as Error).message}`);
    return 1;
  }
}

function build(module: GoModule, program: string): void {
  const built = module.programPath(program);
  if (existsSync(built)) return;
  needGo();
  const began = Date.now();
  mkdirSync(path.dirname(built), { recursive: true });
  // A build that is interrupted leaves no program.
  const partial = `${built}.${process.pid}`;
  go(module.folder, module.buildArguments(program, partial));
  renameSync(partial, built);
  console.log(`${((Date.now() - began) / 1000).toFixed(0).padStart(5)} s  ${module.name}: ${program}`);
}

function fetchFiles(wanted: ModuleFiles): void {
  const folder = filesFolder(wanted);
  if (existsSync(folder)) return;
  needGo();
  const { Dir, Sum } = JSON.parse(
    go(tmpdir(), ['mod', 'download', '-json', `${wanted.module}@${wanted.version}`]),
  ) as { Dir: string; Sum: string };
  if (Sum !== wanted.sum)
    throw new Error(`${wanted.module}@${wanted.version} has the checksum ${Sum}, not ${wanted.sum}`);
  const partial = `${folder}.${process.pid}`;
  for (const file of wanted.files) cpSync(path.join(Dir, wanted.folder, file), path.join(partial, file));
  rmSync(folder, { recursive: true, force: true });
  renameSync(partial, folder);
}

function makePythonEnvironment(): void {
  const environment = pythonEnvironment();
  const complete = path.join(environment, 'complete');
  if (existsSync(complete)) return;
  rmSync(environment, { recursive: true, force: true });
  run('python3', ['-m', 'venv', environment]);
  const options = ['--quiet', '--disable-pip-version-check', '--requirement', REQUIREMENTS];
  run(path.join(environment, 'bin/pip'), ['install', ...options]);
  // No pod may write there.
  run(path.join(environment, 'bin/python'), ['-m', 'compileall', '-q', environment]);
  writeFileSync(complete, '');
}

let isGoNewEnough = false;

/** @throws Error with the command to install Go, if it is missing or too old */
function needGo(): void {
  if (isGoNewEnough) return;
  const { stdout, error } = spawnSync('go', ['env', 'GOVERSION'], { encoding: 'utf8', cwd: tmpdir() });
  const [, major, minor] = /^go(\d+)\.(\d+)/.exec(stdout ?? '') ?? [];
  const install = `install Go ${OLDEST_GO.text} or newer from https://go.dev/dl/, and run npm run e2e:cluster:programs again`;
  if (error) throw new Error(`Go is not installed; ${install}`);
  if (Number(major) === OLDEST_GO.major && Number(minor) < OLDEST_GO.minor)
    throw new Error(`Go ${stdout.trim().slice(2)} is too old; ${install}`);
  isGoNewEnough = true;
}

/** Runs `go` at low priority, with the cache of all other builds. @returns its standard output */
function go(folder: string, args: readonly string[]): string {
  // Static programs: they run in the root folder of a pod, and need no C compiler.
  return run('nice', ['-n', '10', 'go', ...args], folder, { CGO_ENABLED: '0', GOWORK: 'off', GOFLAGS: '' });
}

/** Runs a command to its end. @returns its standard output */
function run(command: string, args: readonly string[], cwd = tmpdir(), env: NodeJS.ProcessEnv = {}): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...env },
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error) throw error;
  if (status !== 0)
    throw new Error(`${command} ${args.join(' ')} in ${cwd} ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}
