import { GUNICORN_MOUNT } from '../gunicorn/gunicorn-config.js';
import { MULTIPROCESS_MOUNT } from '../gunicorn/multiprocess-volume.js';
import type { PodValues } from '../pod-values.js';
import { WINDOWS_MOUNT } from '../service-windows/service-windows-config.js';
import { FILES_VOLUME } from './files-key.js';
import { hasOwnTmp, TMP_MOUNT } from './tmp-volume.js';

/** A volume that we mount in the application's container. */
interface OwnMount {
  readonly name: string;
  /** Undefined for files: each has its own path. */
  readonly mountPath?: string;
  /** The key that it belongs to. @default - every application has it */
  readonly key?: string;
}

/** The volumes that other keys than `volumes` mount. */
export function ownMounts(app: PodValues): OwnMount[] {
  const { gunicorn, metrics, serviceWindows = [], files = {}, volumes } = app;
  return [
    ...(hasOwnTmp(volumes) ? [] : [TMP_MOUNT]),
    ...(gunicorn === undefined ? [] : [{ ...GUNICORN_MOUNT, key: 'gunicorn' }]),
    ...(metrics && metrics['strategy'] === 'multiprocess'
      ? [{ ...MULTIPROCESS_MOUNT, key: 'metrics.strategy' }]
      : []),
    ...(serviceWindows.length > 0 ? [{ ...WINDOWS_MOUNT, key: 'serviceWindows' }] : []),
    ...(Object.keys(files).length > 0 ? [{ name: FILES_VOLUME, key: 'files' }] : []),
  ];
}
