import type { z } from 'zod';
import { formatPath } from '../diagnostics/field-path.js';
import { isMap, mergeValues, own } from './merge-values.js';
import type { YamlDocument } from '../yaml/yaml-document.js';

type Path = readonly (string | number)[];

/** The place of a value in a file. */
export interface Origin {
  /** The environment that sets it; undefined for the base. */
  readonly environment?: string | undefined;
  /** Line in the file, from 1. */
  readonly line: number;
  /** The field's path in the file: `workers`, `environments.production.workers`. */
  readonly field: string;
}

/** The key of a document's environments. */
export const ENVIRONMENTS = 'environments';

/** The values of a document in one environment (or without environments), with their places. */
export class EnvironmentValues {
  /** The environment's values merged into the base's; without environments, the base's. */
  readonly value: Readonly<Record<string, unknown>>;

  /** The values without `delivery`. */
  readonly props: Readonly<Record<string, unknown>>;

  /**
   * @param base the values of every environment
   * @param given the environment and its values, if there are environments
   */
  constructor(
    private readonly document: YamlDocument,
    schema: z.ZodType,
    private readonly base: Readonly<Record<string, unknown>>,
    readonly environment?: string,
    readonly given: Readonly<Record<string, unknown>> = {},
  ) {
    this.value =
      environment === undefined ? base : (mergeValues(schema, base, given) as Record<string, unknown>);
    const { delivery: _, ...props } = this.value;
    this.props = props;
  }

  /** Where the value at a path (or its key) was written or removed; else the place of the nearest value around it. */
  originOf(path: Path, inKey = false): Origin {
    const { environment } = this;
    const inEnvironment = environment !== undefined && this.isGiven(path);
    const whole = inEnvironment ? [ENVIRONMENTS, environment, ...path] : path;
    return {
      environment: inEnvironment ? environment : undefined,
      line: this.document.positionOf(whole, inKey).line,
      field: formatPath(whole),
    };
  }

  /** Line of the base's value at a path. */
  baseLineOf(path: Path): number {
    return this.document.positionOf(path).line;
  }

  /** The base's value at a path, if it is written. */
  baseAt(path: Path): unknown {
    const { depth, value } = walk(this.base, path);
    return depth === path.length ? value : undefined;
  }

  /** Whether the environment has null at a path that the base does not contain. */
  removesNothing(path: Path): boolean {
    const { depth, value } = walk(this.given, path);
    return depth === path.length && value === null && this.baseAt(path) === undefined;
  }

  /** The environment sets a path if it replaced a value around it, or contains at least as much of the path as the base. */
  private isGiven(path: Path): boolean {
    const { depth, replaces } = walk(this.given, path);
    return depth > 0 && (replaces || depth >= walk(this.base, path).depth);
  }
}

/** Follows a path: its depth, the value there, and whether a value on the way replaces, as it is not a map. */
function walk(start: unknown, path: Path): { depth: number; value: unknown; replaces: boolean } {
  let value = start;
  let replaces = false;
  for (const [depth, key] of path.entries()) {
    replaces ||= !isMap(value);
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key))
      return { depth, value, replaces };
    value = own(value as Record<string, unknown>, key);
  }
  return { depth: path.length, value, replaces };
}
