import { isMap, own } from '../values/merge-values.js';

/** Where a value stands in a Helm values file: `['env', 'config', 'WEB_CONCURRENCY']`. */
export type HelmPath = readonly (string | number)[];

/** A Helm values file from which values are taken one by one, so that what nobody took can be named. */
export class HelmValues {
  private readonly taken = new Set<string>();

  /** @param merged maps that merge keys copy into others: their values count where they are copied to */
  constructor(
    private readonly values: Readonly<Record<string, unknown>>,
    private readonly merged: ReadonlySet<unknown> = new Set(),
  ) {}

  /** The value at a path, to carry over; a map as a whole. Undefined where the file says nothing. */
  take(path: HelmPath): unknown {
    const value = this.said(path);
    if (value !== undefined) this.taken.add(keyOf(path));
    return value;
  }

  /** The value at a path, without carrying it over; undefined where it says nothing. */
  said(path: HelmPath): unknown {
    const value = this.peek(path);
    return saysNothing(value) ? undefined : value;
  }

  /** The value at a path as it stands there. */
  peek(path: HelmPath): unknown {
    return path.reduce((inner: unknown, key) => {
      if (Array.isArray(inner)) return inner[Number(key)] as unknown;
      return isMap(inner) ? own(inner, key) : undefined;
    }, this.values);
  }

  /** Says that we do what the file says at a path, without being told. */
  agree(path: HelmPath, value: unknown): void {
    if (JSON.stringify(this.peek(path)) === JSON.stringify(value)) this.taken.add(keyOf(path));
  }

  /** What was not taken: values that say something, and those that say nothing, or stand where all is switched off. */
  left(): { readonly saying: HelmPath[]; readonly silent: HelmPath[] } {
    const left = this.leaves(this.values).filter(
      (path) => !path.some((_, i) => this.isTaken(path.slice(0, i + 1))),
    );
    const isSilent = (path: HelmPath) => saysNothing(this.peek(path)) || this.isSwitchedOff(path);
    return { saying: left.filter((path) => !isSilent(path)), silent: left.filter(isSilent) };
  }

  private isTaken(path: HelmPath): boolean {
    return this.taken.has(keyOf(path));
  }

  /** Whether a path is that of a map with `enabled: false`, as charts have it, or within one. */
  isSwitchedOff(path: HelmPath): boolean {
    return [...path, ''].some((_, i) => this.peek([...path.slice(0, i), 'enabled']) === false);
  }

  /** Lists are taken as a whole, but for those of which an item was taken. */
  private leaves(value: unknown, path: HelmPath = []): HelmPath[] {
    if (this.merged.has(value)) return [];
    if (Array.isArray(value) && value.some((_, i) => this.isTaken([...path, i])))
      return value.map((_, i) => [...path, i]);
    if (!isMap(value) || (Object.keys(value).length === 0 && path.length > 0)) return [path];
    return Object.entries(value).flatMap(([key, inner]) => this.leaves(inner, [...path, key]));
  }
}

function saysNothing(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === '' ||
    (Array.isArray(value) && value.length === 0) ||
    (isMap(value) && Object.keys(value).length === 0)
  );
}

function keyOf(path: HelmPath): string {
  return JSON.stringify(path);
}
