import path from 'node:path';
import { isMap, listAt, namespaceOf, textAt, type Manifest } from '../../../src/kubernetes/manifest.js';
import { Quantity, QUANTITY } from '../../../src/kubernetes/quantity.js';
import { matches } from '../../../src/kubernetes/text-formats.js';
import { ApiError, type Api } from './api.js';

interface Resource {
  readonly name: string;
  readonly namespaced: boolean;
}

/** Reads objects as the cluster has them. */
export class LiveObjects {
  private readonly discovered = new Map<string, Promise<Map<string, Resource>>>();

  constructor(private readonly api: Api) {}

  /** The live object of a manifest. */
  async of(manifest: Manifest): Promise<Manifest> {
    return this.api.get(await this.pathOf(manifest));
  }

  async allOf(manifests: readonly Manifest[]): Promise<Manifest[]> {
    return Promise.all(manifests.map((manifest) => this.of(manifest)));
  }

  /** Why the API server would not create an object. @returns undefined if it would */
  async refusalOf(manifest: Manifest): Promise<string | undefined> {
    const collection = path.posix.dirname(await this.pathOf(manifest));
    try {
      await this.api.create(`${collection}?dryRun=All&fieldValidation=Strict`, manifest);
      return undefined;
    } catch (error) {
      if (error instanceof ApiError && error.isRefusal) return error.message;
      throw error;
    }
  }

  private async pathOf(manifest: Manifest): Promise<string> {
    const [version = '', kind = '', name = ''] = [
      textAt(manifest, 'apiVersion'),
      textAt(manifest, 'kind'),
      textAt(manifest, 'metadata', 'name'),
    ];
    const root = version.includes('/') ? `/apis/${version}` : `/api/${version}`;
    const resource = (await this.resources(root)).get(kind);
    if (resource === undefined)
      throw new Error(`the API server does not know the kind ${kind} of ${version}`);
    const namespace = resource.namespaced ? `/namespaces/${namespaceOf(manifest)}` : '';
    return `${root}${namespace}/${resource.name}/${name}`;
  }

  private resources(root: string): Promise<Map<string, Resource>> {
    const known = this.discovered.get(root) ?? this.discover(root);
    this.discovered.set(root, known);
    return known;
  }

  private async discover(root: string): Promise<Map<string, Resource>> {
    const resources = listAt(await this.api.get(root), 'resources');
    return new Map(
      resources
        .map(
          (resource) => [textAt(resource, 'kind') ?? '', textAt(resource, 'name') ?? '', resource] as const,
        )
        .filter(([, name]) => !name.includes('/'))
        .map(([kind, name, { namespaced }]) => [kind, { name, namespaced: namespaced === true }]),
    );
  }
}

/** Where a live object lacks what its manifest says, or has another value. Fields that only the live object has are defaults. */
export function differences(manifest: unknown, live: unknown, path = ''): string[] {
  if (isMap(manifest) && isMap(live))
    return Object.entries(manifest).flatMap(([key, value]) =>
      differences(value, live[key], `${path}.${key}`),
    );
  if (Array.isArray(manifest) && Array.isArray(live) && manifest.length === live.length)
    return manifest.flatMap((item, i) => differences(item, live[i], `${path}[${i}]`));
  if (manifest === live || areEqualQuantities(manifest, live)) return [];
  return [`${path}: ${JSON.stringify(manifest)} is ${JSON.stringify(live)}`];
}

/** The API server writes quantities in canonical form: `1000m` as `1`. */
function areEqualQuantities(one: unknown, other: unknown): boolean {
  const [a, b] = [one, other].map((value) =>
    typeof value === 'string' && matches(QUANTITY, value) ? Quantity.parse(value).value : undefined,
  );
  return a !== undefined && a === b;
}
