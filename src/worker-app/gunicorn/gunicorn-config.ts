import { Construct } from 'constructs';
import { MOUNTED_FOLDER } from '../../servers/mounted-config.js';
import { packageFile } from '../../package/package-file.js';
import type { GunicornSettings } from './gunicorn-settings.js';
import type { MountedVolume } from '../pod-part.js';
import { ConfigMap } from '../../kubernetes/config-map.js';

export interface GunicornConfigProps {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly settings: GunicornSettings;
}

const ENTRY = 'gunicorn.conf.py';
const MODULES = [
  'worker_metrics_access_lines.py',
  'worker_metrics_connections.py',
  'worker_metrics_console.py',
  'worker_metrics_ended.py',
  'worker_metrics_exporter.py',
  'worker_metrics_folder.py',
  'worker_metrics_graphite.py',
  'worker_metrics_image_config.py',
  'worker_metrics_in_force.py',
  'worker_metrics_json_lines.py',
  'worker_metrics_json_logs.py',
  'worker_metrics_json_objects.py',
  'worker_metrics_json_settings.py',
  'worker_metrics_listener.py',
  'worker_metrics_multiprocess.py',
  'worker_metrics_own_ports.py',
  'worker_metrics_pod_settings.py',
  'worker_metrics_ports.py',
  'worker_metrics_printed.py',
  'worker_metrics_reminder.py',
  'worker_metrics_scrapes.py',
  'worker_metrics_settings.py',
  'worker_metrics_sums.py',
];
const SETTINGS = 'settings.json';

/** The ConfigMap with our gunicorn configuration: Python as it stands in the package, and what the values say as JSON. */
export class GunicornConfig extends Construct {
  /** How gunicorn is told to use it. */
  readonly args = `--config=${MOUNTED_FOLDER}/${ENTRY}`;

  readonly volume: MountedVolume['volume'];

  readonly mount: MountedVolume['mount'] = { name: 'gunicorn', mountPath: MOUNTED_FOLDER, readOnly: true };

  /** Of the whole content: on a pod template, it makes the pods roll when the content changes. */
  readonly hash: string;

  constructor(scope: Construct, id: string, props: GunicornConfigProps) {
    super(scope, id);
    const { name, namespace, labels, settings } = props;
    const data = {
      ...Object.fromEntries(
        [ENTRY, ...MODULES].map((file) => [file, packageFile(`src/worker-app/gunicorn/${file}`)]),
      ),
      [SETTINGS]: `${JSON.stringify(settings, null, 2)}\n`,
    };
    this.volume = { name: 'gunicorn', configMap: { name } };
    this.hash = new ConfigMap(this, 'files', { name, namespace, labels, data }).hash;
  }
}
