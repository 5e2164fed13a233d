import { fileURLToPath } from 'node:url';
import path from 'node:path';
import type { Repository } from '../../e2e/stack/repository.js';
import { systemFolders, type Image } from './image.js';

/** The user of a PrometheusServer's pod. git reads only repositories of its own user. */
export const GIT_SYNC_USER = 65_533;

/** A stand-in for the image of git-sync, which is released as an image alone. git finds the repository under its URL. */
export function gitSyncImage(repository: Repository): Image {
  const system = systemFolders();
  const node = path.dirname(process.execPath);
  return {
    ...system,
    files: {
      ...system.files,
      ...(!node.startsWith('/usr') && { [node]: node }),
      '/git-sync': fileURLToPath(new URL('../../e2e/stack/git-sync.mjs', import.meta.url)),
      [repository.folder]: repository.folder,
    },
    entrypoint: ['/git-sync'],
    env: {
      ...(repository.env as Record<string, string>),
      // git-sync sets it in git's configuration: the folder of its volume belongs to root.
      GIT_CONFIG_COUNT: '2',
      GIT_CONFIG_KEY_1: 'safe.directory',
      GIT_CONFIG_VALUE_1: '*',
      PATH: `${node}:/usr/bin:/bin`,
      HOME: '/tmp',
    },
  };
}
