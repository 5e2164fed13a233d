import type { ApiObject } from 'cdk8s';
import path from 'node:path';
import { Construct } from 'constructs';
import { componentsFile } from './components-file.js';
import type { ResolvedServiceWindow } from './service-windows-key.js';
import { SERVICE_WINDOWS_FILE } from './windows-file.js';
import type { PodPart } from '../pod-part.js';
import { ConfigMap } from '../../kubernetes/config-map.js';

export interface ServiceWindowsConfigProps {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly windows: readonly ResolvedServiceWindow[];
}

export const WINDOWS_MOUNT = {
  name: 'service-windows',
  mountPath: path.dirname(SERVICE_WINDOWS_FILE),
  readOnly: true,
};

/** Annotation of the pods, which restart when the ConfigMap changes. */
const WINDOWS_HASH = 'cdk8s-worker-metrics/service-windows';

/** The ConfigMap from which the application loads its components and their service windows. */
export class ServiceWindowsConfig extends Construct {
  /** The fields that it adds to the pods. The application reads the file when it starts. */
  readonly part: PodPart;
  readonly object: ApiObject;

  constructor(scope: Construct, id: string, props: ServiceWindowsConfigProps) {
    super(scope, id);
    const { name, namespace, labels, windows } = props;
    const data = { [path.basename(SERVICE_WINDOWS_FILE)]: componentsFile(windows) };
    const { hash, object } = new ConfigMap(this, 'files', { name, namespace, labels, data });
    this.object = object;
    const volume = { name: WINDOWS_MOUNT.name, configMap: { name } };
    this.part = {
      podAnnotations: { [WINDOWS_HASH]: hash },
      volumes: [{ volume, mounts: [WINDOWS_MOUNT] }],
    };
  }
}
