import { createHash } from 'node:crypto';
import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';

export interface ConfigMapProps {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly data: Readonly<Record<string, string>>;
}

/** A ConfigMap that knows a hash of its content: as an annotation of pods, it makes them roll when the content changes. */
export class ConfigMap extends Construct {
  readonly name: string;
  readonly hash: string;

  constructor(scope: Construct, id: string, { name, namespace, labels, data }: ConfigMapProps) {
    super(scope, id);
    this.name = name;
    this.hash = createHash('sha256').update(JSON.stringify(data)).digest('hex').slice(0, 16);
    new k8s.KubeConfigMap(this, 'Resource', { metadata: { name, namespace, labels }, data });
  }
}
