import { accessSync, constants, readFileSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import { ROOT } from './run-command.js';

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

interface Job {
  readonly strategy?: { readonly matrix: { readonly node: readonly number[] } };
  readonly steps: readonly {
    readonly uses?: string;
    readonly run?: string;
    readonly with?: Readonly<Record<string, unknown>>;
  }[];
}

const { on, jobs } = load(readFileSync(path.join(ROOT, '.github/workflows/ci.yaml'), 'utf8')) as Workflow;
const runs = (job: Job | undefined) => job?.steps.flatMap(({ run }) => run ?? []) ?? [];

test('CI runs for pull requests and for main', () => {
  expect(on).toMatchObject({ pull_request: null, push: { branches: ['main'] } });
});

test('CI runs .ci/run, with the oldest Node.js that the package supports', () => {
  const job = jobs['everything'];
  const { engines } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
    engines: { node: string };
  };
  const node = job?.steps.find(({ uses = '' }) => uses.startsWith('actions/setup-node@'))?.with;

  expect(runs(job).some((run) => run.endsWith('.ci/run'))).toBe(true);
  expect(engines.node).toContain(`>=${String(node?.['node-version'])}.`);
  accessSync(path.join(ROOT, '.ci/run'), constants.X_OK);
});

test('CI runs npm test alone with newer Node.js', () => {
  const job = jobs['newer-node'];

  expect(job?.strategy?.matrix.node).toEqual([22, 24]);
  expect(runs(job)).toEqual(['npm ci', 'npm test']);
});

test('every action is pinned by its major version', () => {
  const actions = Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ uses }) => uses ?? []));

  expect(actions.length).toBeGreaterThan(0);
  for (const action of actions) expect(action).toMatch(/^actions\/[a-z-]+@v\d+$/);
});
