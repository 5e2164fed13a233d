import { ApiObject, App, type ApiObjectProps, type JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import { isMap, type Manifest } from './manifest.js';

/**
 * An ApiObject of plain values. In an App without resolvers, it is not searched for the tokens of cdk8s, which takes longer
 * than to make the object.
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
    const mayContainTokens = App.of(this).resolvers.length > 0;
    if (mayContainTokens || this.isPatched || process.env['CDK8S_DISABLE_SORT']) return super.toJson();
    const { apiVersion, kind, metadata: _, ...rest } = this.manifest;
    return { apiVersion, kind, metadata: this.metadata.toJson(), ...(inOrder(rest) as Manifest) };
  }
}

/** A copy with the keys of each map in alphabetical order, without null, as cdk8s writes it. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (!isMap(value)) return value ?? undefined;
  const sorted: Record<string, unknown> = {};
  for (const key of Object.keys(value).toSorted()) {
    const inner = inOrder(value[key]);
    if (inner !== undefined) sorted[key] = inner;
  }
  return sorted;
}
