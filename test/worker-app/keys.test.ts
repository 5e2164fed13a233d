import { stringify } from 'yaml';
import type { AnyKey, Keys } from '../../src/schema/key.js';
import { explainValues } from '../../src/values/explain-values.js';
import { checkWorkerApp } from '../../src/worker-app/check-worker-app.js';
import { KEYS } from '../../src/worker-app/keys/index.js';
import type { WorkerAppProps } from '../../src/worker-app/worker-app-props.js';
import { problemsOf } from '../a-worker-app.js';
import { manifestsOf } from '../manifests-of.js';

// Every key of a WorkerApp, at any depth: a key that changes no manifest is a key that we lose without a word.

/** Keys that change only a check, and objects that are there in any case. */
const CHANGE_NOTHING = new Set(['alerts.latency.largestBucket', 'http', 'metrics']);

type Props = Readonly<Record<string, unknown>>;

/** A key, with props that set it to its example and props that do not set it. */
interface Sample {
  readonly path: string;
  readonly key: AnyKey;
  readonly without: Props;
  readonly with: Props;
}

const BASE: Props = { name: 'web', image: 'example.com/web:v1', workers: 2 };

function samplesIn(keys: Keys, around: Props, prefix: readonly string[] = []): Sample[] {
  return Object.entries(keys).flatMap(([name, key]) => {
    const path = [...prefix, name];
    const needed = merge(around, key.needs ?? {});
    const set = (value: unknown) => merge(needed, at(path, value));
    const example = isSwitch(key) ? !isOn(needed, path) : key.example;
    return [
      { path: path.join('.'), key, without: needed, with: set(example) },
      ...samplesIn(key.keys ?? {}, set(key.example), path),
      ...samplesInItems(key, (items) => set(items), path.join('.')),
    ];
  });
}

/** The keys of the items of a list: each set in the first item of the list's own example. */
function samplesInItems(key: AnyKey, set: (items: unknown) => Props, path: string): Sample[] {
  const [first] = key.items === undefined ? [] : (key.example as Props[]);
  return Object.entries(key.items ?? {}).map(([name, item]) => {
    const base = item.needs ?? first ?? {};
    const { [name]: _, ...without } = base as Props;
    const given = { ...without, [name]: item.example };
    return {
      path: `${path}[0].${name}`,
      key: item,
      without: set([item.isRequired ? base : without]),
      with: set([given]),
    };
  });
}

function isSwitch(key: AnyKey): boolean {
  return key.keys !== undefined && key.schema.safeParse(true).success;
}

function isOn(props: Props, path: readonly string[]): boolean {
  const { app } = checkWorkerApp(props);
  return valueAt(app ?? {}, path) !== false;
}

function at(path: readonly string[], value: unknown): Props {
  const [name = '', ...rest] = path;
  return { [name]: rest.length === 0 ? value : at(rest, value) };
}

function merge(one: Props, other: object): Props {
  const merged: Record<string, unknown> = { ...one };
  for (const [name, value] of Object.entries(other)) {
    const before = merged[name];
    merged[name] = isObject(before) && isObject(value) ? merge(before, value) : value;
  }
  return merged;
}

function isObject(value: unknown): value is Props {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const written = (props: Props) => JSON.stringify(manifestsOf(props as unknown as WorkerAppProps).all);

const samples = samplesIn(KEYS, BASE);

test('no key is forgotten: those of lists and objects count, too', () => {
  const paths = samples.map(({ path }) => path);
  expect(paths).toEqual(
    expect.arrayContaining([
      'workers',
      'http.healthHost',
      'metrics.graphite.host',
      'metrics.relabelings[0].regex',
    ]),
  );
});

describe.each(samples.map((sample) => [sample.path, sample] as const))('%s', (path, sample) => {
  const { key } = sample;

  test('has a description, and words for what holds when it is not set', () => {
    expect(key.description).toMatch(/^[A-Z`][^]*\.$/);
    const { app } = checkWorkerApp(sample.without);
    const hasDefault = app !== undefined && valueAt(app, path.split('.')) !== undefined;
    expect(key.isRequired || key.keys !== undefined || key.unset !== undefined || hasDefault).toBe(true);
  });

  test('has an example that is valid', () => {
    expect(problemsOf(sample.with)).toEqual([]);
  });

  test('changes the manifests', () => {
    expect(CHANGE_NOTHING.has(path) || changesManifests(sample)).toBe(true);
  });

  test('is explained with its value', () => {
    const [explanation] = explainValues(
      [{ file: 'web.yaml', text: stringify(sample.with) }],
      String(sample.with['name']),
    ).explanations;
    const shown = explanation?.values.find(
      ({ field }) => field === path.replace(/\[.*$/, '') || field.startsWith(`${path}.`),
    );
    expect(shown?.value).toBeDefined();
  });
});

function changesManifests({ key, without, with: props }: Sample): boolean {
  const after = written(props);
  // A key that cannot be left out shows by its value.
  const isNeeded = key.isRequired || problemsOf(without).length > 0;
  return isNeeded ? textsIn(key.example).every((text) => after.includes(text)) : after !== written(without);
}

function valueAt(app: object, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), app);
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(textsIn);
  return [String(value)];
}
