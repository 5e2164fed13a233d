import { stringify } from 'yaml';
import { formatDiagnostic } from '../../src/diagnostics/diagnostic.js';
import { type AnyKey, type Keys } from '../../src/schema/key.js';
import { resolveKeys } from '../../src/schema/object-of-keys.js';
import { explainValues } from '../../src/values/explain/explain-values.js';
import { parseValues } from '../../src/values/parse-values.js';
import type { KindUnderTest } from './kinds-under-test.js';

// Tests every key of a kind, at any depth: a key that changes no manifest is a key that we lose without a word.

type Props = Readonly<Record<string, unknown>>;

/** Keys under test. */
export interface KeysUnderTest extends KindUnderTest {
  /** The manifests that valid props give, as text. */
  manifests(props: Props): string;
  /** Keys that change only a check, and objects that have a default. @default - none */
  readonly changeNothing?: ReadonlySet<string>;
}

/** A key, with props that set it to its example and props that do not set it. */
export interface Sample {
  readonly path: string;
  readonly key: AnyKey;
  readonly without: Props;
  readonly with: Props;
}

/** @returns the paths of all keys */
export function testEveryKey(subject: KeysUnderTest): string[] {
  const { keys, field = '', changeNothing = new Set() } = subject;
  const samples = samplesOf(subject);
  const problemsOf = (props: Props) => {
    const { problems } = parseValues([sourceOf(props)]);
    return problems.map(formatDiagnostic);
  };
  const sourceOf = (props: Props) => ({ file: 'a.yaml', text: stringify(subject.document(props)) });

  describe.each(samples.map((sample) => [sample.path, sample] as const))('%s', (path, sample) => {
    const { key } = sample;

    test('has a description, and words for its meaning when it is not set', () => {
      expect(key.description).toMatch(/^[A-Z`][^]*\.$/);
      const value = valueAt(resolveKeys(keys, sample.without), path.split(/[.[\]]+/));
      expect(key.isRequired || (key.unset ?? key.theirDefault ?? value ?? key.keys) !== undefined).toBe(true);
    });

    test('has an example that is valid', () => {
      expect(problemsOf(sample.with)).toEqual([]);
    });

    test('changes the manifests', () => {
      expect(changeNothing.has(path) || changesManifests(sample)).toBe(true);
    });

    test('is explained with its value', () => {
      const { name } = subject.document(sample.with);
      const [explanation] = explainValues([sourceOf(sample.with)], String(name)).explanations;
      const shown = explanation?.values.find(
        (value) =>
          value.field === field + path.replace(/\[.*$/, '') || value.field.startsWith(`${field}${path}.`),
      );
      expect(shown?.value).toBeDefined();
    });
  });

  function changesManifests({ key, without, with: props }: Sample): boolean {
    const after = subject.manifests(props);
    // A key that cannot be left out shows by its value.
    const isNeeded = key.isRequired || problemsOf(without).length > 0;
    return isNeeded
      ? textsIn(key.example).every((text) => after.includes(text))
      : after !== subject.manifests(without);
  }

  return samples.map(({ path }) => path);
}

/** A sample of every key, at any depth. */
export function samplesOf({ keys, base }: Pick<KindUnderTest, 'keys' | 'base'>): Sample[] {
  return new Sampler(keys).samples(base);
}

class Sampler {
  constructor(private readonly all: Keys) {}

  samples(around: Props, keys = this.all, prefix: readonly string[] = []): Sample[] {
    return Object.entries(keys).flatMap(([name, key]) => {
      const path = [...prefix, name];
      const needed = merge(key.isRequired ? around : withoutKey(around, path), key.needs ?? {});
      const set = (value: unknown) => merge(needed, at(path, value));
      const example = isSwitch(key) ? !this.isOn(needed, path) : key.example;
      return [
        { path: path.join('.'), key, without: needed, with: set(example) },
        ...this.samples(set(key.example), key.keys ?? {}, path),
        ...samplesInItems(key, (items) => set(items), path.join('.')),
        ...this.samplesInEntries(key, around, path),
      ];
    });
  }

  /** The keys of the entries of a map: each set in the first entry of the map's own example. */
  private samplesInEntries(key: AnyKey, around: Props, path: readonly string[]): Sample[] {
    const [first] = Object.entries((key.example ?? {}) as Record<string, Props>);
    if (key.entries === undefined || first === undefined) return [];
    const [name, entry] = first;
    return Object.entries(key.entries).flatMap(([inner, one]) => {
      const { [inner]: _, ...without } = merge(entry, one.needs ?? {}) as Props;
      const place = [...path, name, inner];
      const base = merge(around, at([...path, name], without));
      const set = (value: unknown) => merge(base, at(place, value));
      const example = isSwitch(one) ? !this.isOn(base, place) : one.example;
      return [
        { path: place.join('.'), key: one, without: base, with: set(example) },
        ...this.samples(set(one.example), one.keys ?? {}, place),
      ];
    });
  }

  private isOn(props: Props, path: readonly string[]): boolean {
    return valueAt(resolveKeys(this.all, props), path) !== false;
  }
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
  return key.keys !== undefined && key.schema().safeParse(true).success;
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

/** Props without a key that an example around it sets. */
function withoutKey(props: Props, [name = '', ...rest]: readonly string[]): Props {
  const { [name]: value, ...others } = props;
  if (value === undefined) return props;
  if (rest.length === 0) return others;
  return isObject(value) ? { ...props, [name]: withoutKey(value, rest) } : props;
}

function isObject(value: unknown): value is Props {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function valueAt(app: object, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, name) => (isObject(value) || Array.isArray(value) ? (value as Props)[name] : undefined),
    app,
  );
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(textsIn);
  return [String(value)];
}
