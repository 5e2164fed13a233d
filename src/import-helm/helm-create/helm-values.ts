import { isEmpty } from '../draft.js';
import { isMap, own } from '../../kubernetes/manifest.js';

/** Path of a value in a Helm values file: `['env', 'config', 'WEB_CONCURRENCY']`. */
export type HelmPath = readonly (string | number)[];

/** Names by which charts switch a part on and off. */
const SWITCHES: readonly string[] = ['enabled', 'create', 'deploy'];

/** Whether a value switches a part on or off. */
export function isSwitch(name: string, value: unknown): boolean {
  return SWITCHES.includes(name) && typeof value === 'boolean';
}

/** A Helm values file. Values are taken one by one; the rest can be reported. */
export class HelmValues {
  private readonly taken = new Set<string>();

  /** @param merged maps that merge keys copy into others: only the copies are reported */
  constructor(
    private readonly values: Readonly<Record<string, unknown>>,
    private readonly merged: ReadonlySet<unknown> = new Set(),
  ) {}

  /** Takes the value at a path to carry it over; a map as a whole. Undefined if it is not set. */
  take(path: HelmPath): unknown {
    const value = this.valueAt(path);
    if (value !== undefined) this.taken.add(keyOf(path));
    return value;
  }

  /** The value at a path, without taking it; undefined if it is not set. */
  valueAt(path: HelmPath): unknown {
    const value = this.peek(path);
    return isEmpty(value) ? undefined : value;
  }

  /** The value at a path as written, without taking it. */
  peek(path: HelmPath): unknown {
    return path.reduce((inner: unknown, key) => {
      if (Array.isArray(inner)) return inner[Number(key)] as unknown;
      return isMap(inner) ? own(inner, key) : undefined;
    }, this.values);
  }

  /** Takes the value at a path if it equals a value that WorkerApp uses anyway. */
  agree(path: HelmPath, value: unknown): void {
    if (JSON.stringify(this.peek(path)) === JSON.stringify(value)) this.taken.add(keyOf(path));
  }

  /** Values that were not taken: `used`, and `unused` for empty values and those in a disabled part. */
  left(): { readonly used: HelmPath[]; readonly unused: HelmPath[] } {
    const left = this.leaves(this.values).filter(
      (path) => !path.some((_, i) => this.isTaken(path.slice(0, i + 1))),
    );
    const isUnused = (path: HelmPath) => isEmpty(this.peek(path)) || this.isSwitchedOff(path);
    return { used: left.filter((path) => !isUnused(path)), unused: left.filter(isUnused) };
  }

  private isTaken(path: HelmPath): boolean {
    return this.taken.has(keyOf(path));
  }

  /** Whether a path is in a map with `enabled: false`, or is that map. */
  isSwitchedOff(path: HelmPath): boolean {
    return this.switchOf(path) !== undefined;
  }

  /** Whether a map has `enabled: true`. */
  isSwitchedOn(path: HelmPath): boolean {
    return SWITCHES.some((name) => this.peek([...path, name]) === true) && !this.isSwitchedOff(path);
  }

  /** Takes the values that switch a part on. */
  takeSwitches(path: HelmPath): void {
    for (const name of SWITCHES) this.agree([...path, name], true);
  }

  /** The path of the value that switches a part off, from the outside in. Undefined if the part is on. */
  switchOf(path: HelmPath): HelmPath | undefined {
    return [...path, '']
      .flatMap((_, i) => SWITCHES.map((name) => [...path.slice(0, i), name]))
      .find((at) => this.peek(at) === false);
  }

  /** Paths of all scalars and lists; the items of a list only if one of them was taken. */
  private leaves(value: unknown, path: HelmPath = []): HelmPath[] {
    if (this.merged.has(value)) return [];
    if (Array.isArray(value) && value.some((_, i) => this.isTaken([...path, i])))
      return value.map((_, i) => [...path, i]);
    if (!isMap(value) || (Object.keys(value).length === 0 && path.length > 0)) return [path];
    return Object.entries(value).flatMap(([key, inner]) => this.leaves(inner, [...path, key]));
  }
}

function keyOf(path: HelmPath): string {
  return JSON.stringify(path);
}
