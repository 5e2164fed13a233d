import { createHash } from 'node:crypto';
import { contentHash } from '../../kubernetes/config-map.js';
import { CONFIG_KEY, matches, type TextFormat } from '../../kubernetes/text-formats.js';
import { recordField, textField } from '../../schema/fields.js';
import type { Manifest } from '../../kubernetes/manifest.js';
import { key, type PodContext } from '../key.js';

/** Name of the volume with the files. */
export const FILES_VOLUME = 'files';

/** Annotation of the pods, which restart when a file changes. */
const FILES_HASH = 'cdk8s-worker-metrics/files';

const FILE_PATH: TextFormat = {
  what: 'the path of a file in the container such as /etc/shop/features.json, without ".."',
  pattern: /^(\/(?!\.{1,2}(\/|$))[^/]+)+$/,
  maxLength: 4095,
};

const TEXT = { what: 'text' };

type Files = Readonly<Record<string, string>>;

export const files = key({
  scope: 'inherited',
  field: () => recordField(FILE_PATH, textField(TEXT)),
  description:
    "Files in the application's container: path → text. They are in the ConfigMap `<name>-files`, whose keys are the paths with `-` in place of `/`. The pods restart when a text changes.",
  unset: 'none',
  example: { '/etc/shop/features.json': '{ "search": true }' },
  volumes: (texts, pod) => [
    {
      volume: { name: FILES_VOLUME, configMap: { name: configMapName(pod) } },
      mounts: [...fileKeys(texts)].map(([mountPath, subPath]) => ({
        name: FILES_VOLUME,
        mountPath,
        subPath,
        readOnly: true,
      })),
    },
  ],
  podAnnotations: (texts) => ({ [FILES_HASH]: contentHash(dataOf(texts)) }),
  objects: (texts, pod): Readonly<Record<string, Manifest>> =>
    hasOwn(pod)
      ? {
          files: {
            apiVersion: 'v1',
            kind: 'ConfigMap',
            metadata: { name: configMapName(pod) },
            data: dataOf(texts),
          },
        }
      : {},
});

/** Whether the pods have a ConfigMap of their own: processes and jobs without `files` mount the application's. */
function hasOwn({ ownKeys }: PodContext): boolean {
  return ownKeys?.has('files') ?? true;
}

function configMapName(pod: PodContext): string {
  return `${hasOwn(pod) ? pod.name : pod.application.name}-files`;
}

function dataOf(texts: Files): Files {
  return Object.fromEntries([...fileKeys(texts)].map(([path, name]) => [name, texts[path] ?? '']));
}

const WRITABLE_KEY: TextFormat = {
  ...CONFIG_KEY,
  pattern: new RegExp(`^(?!(constructor|__proto__)$)${CONFIG_KEY.pattern.source.slice(1)}`),
};

/** The key of each file in the ConfigMap, by its path. */
function fileKeys(texts: Files): Map<string, string> {
  const keys = new Map<string, string>();
  const taken = new Set<string>();
  for (const path of Object.keys(texts)) {
    const readable = path.slice(1).replaceAll(/[^-._a-zA-Z0-9]/g, '-');
    const isFree = matches(WRITABLE_KEY, readable) && !taken.has(readable);
    const name = isFree ? readable : `file-${createHash('sha256').update(path).digest('hex').slice(0, 16)}`;
    taken.add(name);
    keys.set(path, name);
  }
  return keys;
}
