import type { z } from 'zod';
import { formatPath } from '../diagnostics/field-path.js';
import { isMap, mergeValues, own } from './merge-values.js';
import type { YamlDocument } from '../yaml/yaml-document.js';

type Path = readonly (string | number)[];

/** Where a value was written. */
export interface Origin {
  /** The environment whose value it is; undefined for the base's. */
  readonly environment?: string | undefined;
  /** Line in the file, from 1. */
  readonly line: number;
  /** The field as it stands in the file: `workers`, `environments.production.workers`. */
  readonly field: string;
}

/** The key under which a document describes its environments. */
export const ENVIRONMENTS = 'environments';

/** What a document says in one environment, or without any; and where it says it. */
export class EnvironmentValues {
  /** The values of the environment over those of the base; those of the base where there is no environment. */
  readonly value: Readonly<Record<string, unknown>>;

  /** Of these, what describes the thing itself, and not what has it deployed. */
  readonly props: Readonly<Record<string, unknown>>;

  /**
   * @param base what holds in every environment
   * @param given what the environment says, if there are environments
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

  /** Where the value at a path (or its key) was written, or removed; the nearest value around it if nowhere. */
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

  /** Line of what the base says at a path. */
  baseLineOf(path: Path): number {
    return this.document.positionOf(path).line;
  }

  /** The value of the base at a path, if it is written. */
  baseAt(path: Path): unknown {
    const { depth, value } = walk(this.base, path);
    return depth === path.length ? value : undefined;
  }

  /** Whether a null of the environment is meant to remove something that the base does not have. */
  removesNothing(path: Path): boolean {
    const { depth, value } = walk(this.given, path);
    return depth === path.length && value === null && this.baseAt(path) === undefined;
  }

  /** The environment decides a path when it replaced something on the way, or goes no less far than the base. */
  private isGiven(path: Path): boolean {
    const { depth, replaces } = walk(this.given, path);
    return depth > 0 && (replaces || depth >= walk(this.base, path).depth);
  }
}

/** How far a path leads in a value, to what, and whether it met anything but maps, which replaces and does not merge. */
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
