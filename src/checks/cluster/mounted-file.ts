import { at, listAt, namespaceOf, textAt, type Manifest } from '../../kubernetes/manifest.js';
import type { Workload, WorkloadContainer } from './workload.js';

/** ConfigMaps by `namespace/name`. */
export type ConfigMaps = ReadonlyMap<string, Manifest>;

export function configMapsOf(manifests: readonly Manifest[]): ConfigMaps {
  return new Map(
    manifests
      .filter(({ kind, apiVersion }) => kind === 'ConfigMap' && apiVersion === 'v1')
      .map((one) => [`${namespaceOf(one)}/${textAt(one, 'metadata', 'name') ?? ''}`, one]),
  );
}

/** Returns the text of a file that a container mounts from a ConfigMap in the manifests. @param path absolute */
export function mountedFile(
  path: string,
  { manifest }: WorkloadContainer,
  { volumes, namespace }: Workload,
  configMaps: ConfigMaps,
): string | undefined {
  const [mount] = listAt(manifest, 'volumeMounts')
    .map((one) => ({ one, at: (textAt(one, 'mountPath') ?? '').replace(/\/+$/, '') }))
    .filter(({ at }) => at !== '' && (path === at || path.startsWith(`${at}/`)))
    .toSorted((a, b) => b.at.length - a.at.length);
  if (mount === undefined) return undefined;
  const subPath = textAt(mount.one, 'subPath');
  const file = [subPath, path.slice(mount.at.length + 1)].filter(Boolean).join('/');
  const volume = volumes.find((one) => textAt(one, 'name') === textAt(mount.one, 'name'));
  const sources = [
    at(volume, 'configMap'),
    ...listAt(volume, 'projected', 'sources').map((one) => one['configMap']),
  ];
  for (const source of sources) {
    const text = fileOf(source, file, namespace, configMaps);
    if (text !== undefined) return text;
  }
  return undefined;
}

function fileOf(
  source: unknown,
  file: string,
  namespace: string,
  configMaps: ConfigMaps,
): string | undefined {
  const items = listAt(source, 'items');
  const key =
    items.length === 0
      ? file
      : textAt(
          items.find((item) => item['path'] === file),
          'key',
        );
  const configMap = configMaps.get(`${namespace}/${textAt(source, 'name') ?? ''}`);
  return key === undefined ? undefined : textAt(configMap, 'data', key);
}
