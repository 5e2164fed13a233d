/** A class of kubernetes-models. Its `validate` checks `this`. */
export interface SchemaModel {
  readonly prototype: { validate(): void };
}

/** A field that a schema does not know, and the known fields of the same object. */
export interface UnknownField {
  readonly path: readonly (string | number)[];
  readonly known: readonly string[];
}

/**
 * Fields of operator v0.93 that kubernetes-models 6.0.0 lacks: it follows v0.91 and loses fields named `description`.
 */
const NOT_MODELLED: ReadonlySet<string> = new Set([
  'opsgenieConfigs.description',
  'pagerdutyConfigs.description',
  'slackConfigs.updateMessage',
  'snsConfigs.useAWSHTTPClient',
  'webhookConfigs.payload',
]);

/**
 * The fields of a value, at any depth, that the schema of a model does not know. The API server drops them or refuses
 * the object.
 *
 * kubernetes-models accepts unknown fields, and its schemas are compiled code. We observe which fields the code reads:
 * those are the known ones. A map that the code enumerates accepts any key. A value that it never reads accepts anything.
 */
export function unknownFields(model: SchemaModel, value: object): UnknownField[] {
  const learned = LEARNED.get(model) ?? new Place();
  LEARNED.set(model, learned);
  if (learned.knows(value)) return [];
  const observer = new Observer();
  try {
    model.prototype.validate.call(observer.observed(value));
    learned.learn(value, observer);
  } catch {
    // `schemaErrors` reports invalid values. The code reads all fields anyway.
  }
  return observer.unread(value, []).filter(({ path }) => !isNotModelled(path));
}

/** The known fields of each schema. To observe a validator takes longer than all other checks of a monitor. */
const LEARNED = new WeakMap<SchemaModel, Place>();

/** The fields that a schema knows at a place; `any key` for a map or list; `anything` for any value. */
type Known = ReadonlySet<string> | 'any key' | 'anything';

/** A place in a schema, learned from the observed objects. */
class Place {
  /** Undefined until an object is observed here. */
  private known: Known | undefined;
  private readonly places = new Map<string, Place>();

  /** Whether the schema knows every field of a value. False if some place is not learned yet. */
  knows(value: object, depth = 0): boolean {
    const { known } = this;
    if (known === undefined || depth > MAX_DEPTH) return false;
    if (known === 'anything') return true;
    return Object.entries(value).every(([key, inner]: [string, unknown]) => {
      if (known !== 'any key' && !known.has(key)) return false;
      return !isObject(inner) || this.inside(key)?.knows(inner, depth + 1) === true;
    });
  }

  learn(value: object, observer: Observer, depth = 0): void {
    if (depth > MAX_DEPTH) return;
    this.known = knownFields(observer.readsOf(value), Array.isArray(value), this.known);
    if (this.known === 'anything') return;
    for (const [key, inner] of Object.entries(value)) {
      if (!isObject(inner)) continue;
      const place = this.inside(key) ?? new Place();
      this.places.set(this.keyOf(key), place);
      place.learn(inner, observer, depth + 1);
    }
  }

  private inside(key: string): Place | undefined {
    return this.places.get(this.keyOf(key));
  }

  /** All items of a list, and all values of a map with any keys, share one place. */
  private keyOf(key: string): string {
    return this.known === 'any key' ? '*' : key;
  }
}

function knownFields(reads: Reads | undefined, isList: boolean, earlier: Known | undefined): Known {
  if (reads === undefined || reads.keys.size + Number(reads.isEnumerated) === 0) return 'anything';
  if (isList || reads.isEnumerated) return 'any key';
  return new Set([...(earlier instanceof Set ? earlier : []), ...reads.keys]);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Deeper than any schema; values may contain themselves. */
const MAX_DEPTH = 30;

function isNotModelled(path: UnknownField['path']): boolean {
  return NOT_MODELLED.has(
    path
      .filter((key) => typeof key === 'string')
      .slice(-2)
      .join('.'),
  );
}

interface Reads {
  readonly keys: Set<string>;
  isEnumerated: boolean;
}

/** Remembers which keys of which objects are read. */
class Observer {
  private readonly reads = new Map<object, Reads>();

  observed(target: object): object {
    const reads: Reads = this.reads.get(target) ?? { keys: new Set(), isEnumerated: false };
    this.reads.set(target, reads);
    // A proxy of a frozen object may not return other values, so the proxy has an empty target.
    return new Proxy(Array.isArray(target) ? [] : {}, {
      get: (_, key) => {
        if (typeof key === 'string') reads.keys.add(key);
        const inner: unknown = Object.hasOwn(target, key) ? Reflect.get(target, key) : undefined;
        return isObject(inner) ? this.observed(inner) : inner;
      },
      ownKeys: () => {
        reads.isEnumerated = true;
        return Reflect.ownKeys(target);
      },
      getOwnPropertyDescriptor: (shadow, key) => {
        const found = Reflect.getOwnPropertyDescriptor(target, key);
        return Object.hasOwn(shadow, key) || found === undefined
          ? Reflect.getOwnPropertyDescriptor(shadow, key)
          : { ...found, configurable: true };
      },
    });
  }

  readsOf(target: object): Reads | undefined {
    return this.reads.get(target);
  }

  /** Fields that were not read. @param seen values that are already checked: values may contain each other */
  unread(value: unknown, path: UnknownField['path'], seen = new Set<object>()): UnknownField[] {
    if (!isObject(value) || seen.has(value)) return [];
    const reads = this.reads.get(value);
    if (reads === undefined || reads.keys.size + Number(reads.isEnumerated) === 0) return [];
    seen.add(value);
    if (Array.isArray(value)) return value.flatMap((item, i) => this.unread(item, [...path, i], seen));
    return Object.entries(value).flatMap(([key, inner]) =>
      reads.isEnumerated || reads.keys.has(key)
        ? this.unread(inner, [...path, key], seen)
        : [{ path: [...path, key], known: [...reads.keys] }],
    );
  }
}
