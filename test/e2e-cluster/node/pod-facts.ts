import { at, mapAt, textAt, type Manifest } from '../../../src/kubernetes/manifest.js';
import type { Api } from '../cluster/api.js';

/** A pod, its address, and what its node must read from the API server for it. */
export class PodFacts {
  constructor(
    private readonly api: Api,
    readonly object: Manifest,
    readonly address: string,
    private readonly host: string,
  ) {}

  get name(): string {
    return textAt(this.object, 'metadata', 'name') ?? '';
  }

  get namespace(): string {
    return textAt(this.object, 'metadata', 'namespace') ?? '';
  }

  get path(): string {
    return `/api/v1/namespaces/${this.namespace}/pods/${this.name}`;
  }

  get spec(): Manifest {
    return mapAt(this.object, 'spec');
  }

  /** Whether it ends when its work is done. */
  get isOfJob(): boolean {
    return textAt(this.spec, 'restartPolicy') !== 'Always';
  }

  /** The data of a ConfigMap or Secret as bytes. @returns undefined if it is missing and optional */
  async data(
    resource: 'configmaps' | 'secrets',
    name: string,
    isOptional = false,
  ): Promise<Readonly<Record<string, Buffer>> | undefined> {
    try {
      const object = await this.api.get(`/api/v1/namespaces/${this.namespace}/${resource}/${name}`);
      const encoding = resource === 'secrets' ? 'base64' : 'utf8';
      return Object.fromEntries([
        ...entries(object, 'data', encoding),
        ...(resource === 'configmaps' ? entries(object, 'binaryData', 'base64') : []),
      ]);
    } catch (error) {
      if (isOptional) return undefined;
      throw error;
    }
  }

  /** A token of the pod's service account. */
  async token(seconds: number, audience?: string): Promise<string> {
    const account = textAt(this.spec, 'serviceAccountName') ?? 'default';
    const request = await this.api.create(
      `/api/v1/namespaces/${this.namespace}/serviceaccounts/${account}/token`,
      {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenRequest',
        spec: { expirationSeconds: seconds, ...(audience !== undefined && { audiences: [audience] }) },
      },
    );
    return textAt(request, 'status', 'token') ?? '';
  }

  /** A field of the downward API, such as `metadata.labels['app']`. */
  field(path: string): string {
    const [, map, key] = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(path) ?? [];
    if (map !== undefined && key !== undefined) return textAt(this.object, 'metadata', map, key) ?? '';
    if (path === 'status.podIP' || path === 'status.podIPs') return this.address;
    if (path === 'status.hostIP' || path === 'status.hostIPs') return this.host;
    return String(at(this.object, ...path.split('.')) ?? '');
  }
}

function entries(object: Manifest, field: string, encoding: BufferEncoding): [string, Buffer][] {
  return Object.entries(mapAt(object, field)).map(([key, text]) => [
    key,
    Buffer.from(String(text), encoding),
  ]);
}
