import { createHash } from 'node:crypto';
import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { PlainObject } from './plain-object.js';

export interface ConfigMapProps {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly data: Readonly<Record<string, string>>;
}

/** A hash of the content of a ConfigMap. */
export function contentHash(data: Readonly<Record<string, string>>): string {
  return createHash('sha256').update(JSON.stringify(data)).digest('hex').slice(0, 16);
}

/** A ConfigMap with a hash of its content. Pods with the hash in an annotation restart when the content changes. */
export class ConfigMap extends Construct {
  readonly name: string;
  readonly hash: string;
  readonly object: ApiObject;

  constructor(scope: Construct, id: string, { name, namespace, labels, data }: ConfigMapProps) {
    super(scope, id);
    this.name = name;
    this.hash = contentHash(data);
    this.object = new PlainObject(this, 'Resource', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, namespace, labels: { ...labels } },
      data,
    });
  }
}
