import path from 'node:path';
import { at, listAt, textAt, type Manifest } from '../../../src/kubernetes/manifest.js';
import type { Image } from './image.js';
import type { Volume } from './volume.js';

interface Root {
  /** Mount point on this machine. */
  readonly folder: string;
  readonly image: Image;
  readonly container: Manifest;
  readonly volumes: readonly Volume[];
  /** The pod's /etc/hosts. */
  readonly hosts: string;
  readonly hostname: string;
}

/** A shell script that mounts the root of a container, and then runs its arguments. */
export function rootScript({ folder, image, container, volumes, hosts, hostname }: Root): string {
  const inRoot = (place: string) => quoted(path.join(folder, place));
  const bind = (from: string, to: string, isReadOnly: boolean) => [
    // A folder or a file, as what is mounted there.
    `if [ -d ${quoted(from)} ]; then mkdir -p ${inRoot(to)}; else mkdir -p ${inRoot(path.dirname(to))}; touch ${inRoot(to)}; fi`,
    `mount --bind ${quoted(from)} ${inRoot(to)}`,
    ...(isReadOnly ? [`mount -o remount,ro,bind ${inRoot(to)}`] : []),
  ];
  const mounts = listAt(container, 'volumeMounts').flatMap((mount) => {
    const volume = volumes.find(({ name }) => name === mount['name']);
    if (volume === undefined) throw new Error(`the pod has no volume ${String(mount['name'])}`);
    const isReadOnly = volume.hasFiles || at(mount, 'readOnly') === true;
    return bind(volume.pathOf(textAt(mount, 'subPath')), textAt(mount, 'mountPath') ?? '', isReadOnly);
  });
  const isReadOnly = at(container, 'securityContext', 'readOnlyRootFilesystem') === true;
  return [
    'set -e',
    `hostname ${quoted(hostname)}`,
    `mount -t tmpfs -o mode=755 tmpfs ${quoted(folder)}`,
    `mkdir -p ${['etc', 'proc', 'dev', 'run', 'tmp', 'var'].map(inRoot).join(' ')}`,
    `chmod 1777 ${inRoot('tmp')}`,
    `cp -a /etc/passwd /etc/group /etc/nsswitch.conf ${inRoot('etc')}`,
    ...['proc', 'dev'].map((place) => `mount --rbind /${place} ${inRoot(place)}`),
    `mount -t tmpfs -o mode=1777 tmpfs ${inRoot('dev/shm')}`,
    `ln -s ../run ${inRoot('var/run')}`,
    ...Object.entries(image.links ?? {}).map(([place, target]) => `ln -s ${quoted(target)} ${inRoot(place)}`),
    ...bind(hosts, '/etc/hosts', true),
    ...mounts,
    // After the volumes, which would hide what is below them: this repository may be in /tmp.
    ...Object.entries(image.files).flatMap(([to, from]) => bind(from, to, true)),
    ...(isReadOnly ? [`mount -o remount,ro ${quoted(folder)}`] : []),
    'exec "$@"',
  ].join('\n');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
