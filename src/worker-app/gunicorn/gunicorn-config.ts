import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { MOUNTED_FOLDER } from '../../servers/mounted-config.js';
import type { GunicornSettings } from './gunicorn-settings.js';
import type { MountedVolume } from '../pod-part.js';
import { ConfigMap } from '../../kubernetes/config-map.js';
import { gunicornFiles } from './gunicorn-files.js';

export interface GunicornConfigProps {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly settings: GunicornSettings;
}

export const GUNICORN_MOUNT = { name: 'gunicorn', mountPath: MOUNTED_FOLDER, readOnly: true };

const SETTINGS = 'settings.json';

/** The ConfigMap with our gunicorn config: the Python files that the settings need, and the settings as JSON. */
export class GunicornConfig extends Construct {
  readonly volume: MountedVolume['volume'];

  readonly mounts: MountedVolume['mounts'] = [GUNICORN_MOUNT];

  /** A hash of the whole content. On a pod template, it restarts the pods when the content changes. */
  readonly hash: string;

  readonly object: ApiObject;

  constructor(scope: Construct, id: string, props: GunicornConfigProps) {
    super(scope, id);
    const { name, namespace, labels, settings } = props;
    const data = {
      ...gunicornFiles(settings.features),
      [SETTINGS]: `${JSON.stringify(settings, null, 2)}\n`,
    };
    this.volume = { name: GUNICORN_MOUNT.name, configMap: { name } };
    const { hash, object } = new ConfigMap(this, 'files', { name, namespace, labels, data });
    this.hash = hash;
    this.object = object;
  }
}
