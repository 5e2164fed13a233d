import { ApiObject, App, type ApiObjectProps, type IResolver, type JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import { isMap, type Manifest } from './manifest.js';

/** An App whose objects contain plain values alone: no token has to be looked for in them. */
export class PlainApp extends App {
  override readonly resolvers: IResolver[] = [];

  constructor() {
    super({ outdir: '', recordConstructMetadata: false }); // without these, cdk8s reads the environment each time
  }
}

/**
 * An ApiObject of plain values. In a PlainApp, it is not searched for the tokens of cdk8s, which takes longer than to make the
 * object.
 */
export class PlainObject extends ApiObject {
  private isPatched = false;

  constructor(
    scope: Construct,
    id: string,
    private readonly manifest: ApiObjectProps,
  ) {
    super(scope, id, manifest);
  }

  override addJsonPatch(...operations: JsonPatch[]): void {
    this.isPatched = true;
    super.addJsonPatch(...operations);
  }

  override toJson(): unknown {
    const mayContainTokens = !(App.of(this) instanceof PlainApp);
    if (mayContainTokens || this.isPatched || process.env['CDK8S_DISABLE_SORT']) return super.toJson();
    const { apiVersion, kind, metadata: _, ...rest } = this.manifest;
    return { apiVersion, kind, metadata: this.metadataInOrder(), ...(inOrder(rest) as Manifest) };
  }

  /** As `metadata.toJson()`, which looks for tokens. */
  private metadataInOrder(): unknown {
    const { metadata } = this;
    const { name, namespace } = metadata;
    const fields = Object.assign({}, metadata['_additionalAttributes'], {
      name,
      namespace,
      annotations: metadata['annotations'],
      finalizers: metadata['finalizers'],
      ownerReferences: metadata['ownerReferences'],
      labels: metadata['labels'],
    });
    return inOrder(fields, { dropsEmpty: true });
  }
}

/**
 * A copy with the keys of each map in alphabetical order, without null, as cdk8s writes it.
 * @param options whether empty maps and lists are dropped, too
 */
function inOrder(value: unknown, options = { dropsEmpty: false }): unknown {
  if (Array.isArray(value))
    return options.dropsEmpty && value.length === 0 ? undefined : value.map((item) => inOrder(item, options));
  if (!isMap(value)) return value ?? undefined;
  const sorted: Record<string, unknown> = {};
  let isEmpty = true;
  for (const key of inAlphabet(Object.keys(value))) {
    const inner = inOrder(value[key], options);
    if (inner === undefined) continue;
    sorted[key] = inner;
    isEmpty = false;
  }
  return options.dropsEmpty && isEmpty ? undefined : sorted;
}

/** With more keys, V8's own sorting is faster. */
const MOST_SORTED_HERE = 50;

/** Keys in alphabetical order. Most maps have a few keys: `toSorted` takes twice as long, and more memory than the map. */
function inAlphabet(keys: string[]): string[] {
  if (keys.length > MOST_SORTED_HERE) return keys.toSorted();
  for (let i = 1; i < keys.length; i += 1) {
    const key = keys[i] as string;
    let place = i;
    for (; place > 0 && (keys[place - 1] as string) > key; place -= 1)
      keys[place] = keys[place - 1] as string;
    keys[place] = key;
  }
  return keys;
}
