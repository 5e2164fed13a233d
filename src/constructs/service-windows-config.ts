import path from 'node:path';
import type { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { componentsFile } from '../service-windows/components-file.js';
import type { ServiceWindow } from '../service-windows/service-window-props.js';
import { SERVICE_WINDOWS_FILE } from '../worker-app/worker-app-spec.js';
import { ConfigMap } from './config-map.js';

export interface ServiceWindowsConfigProps {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly windows: readonly ServiceWindow[];
}

/** The ConfigMap from which the application loads its components and their service windows. */
export class ServiceWindowsConfig extends Construct {
  readonly volume: k8s.Volume;

  readonly mount: k8s.VolumeMount = {
    name: 'service-windows',
    mountPath: path.dirname(SERVICE_WINDOWS_FILE),
    readOnly: true,
  };

  /** Of the whole content. */
  readonly hash: string;

  constructor(scope: Construct, id: string, props: ServiceWindowsConfigProps) {
    super(scope, id);
    const { name, namespace, labels, windows } = props;
    const data = { [path.basename(SERVICE_WINDOWS_FILE)]: componentsFile(windows) };
    this.volume = { name: 'service-windows', configMap: { name } };
    this.hash = new ConfigMap(this, 'files', { name, namespace, labels, data }).hash;
  }
}
