import type { k8s } from 'cdk8s-plus-28';
import type { Plain } from '../../kubernetes/plain.js';
import { peersConfigMap } from '../alertmanager/alertmanager-peers.js';
import { PATHS } from './prometheus-paths.js';
import type { PrometheusServerSpec } from './prometheus-server-spec.js';
import type { ConfigMapKey, SecretKey } from '../../kubernetes/references.js';
import { secretVolumeName } from '../../kubernetes/secret-volume.js';

/**
 * The containers that mount a volume: Prometheus, the git containers, or all. The path is the same, so that promtool
 * finds the same files.
 */
type Audience = 'prometheus' | 'git' | 'shared';

interface PodVolume {
  readonly audience: Audience;
  readonly mount: Plain<k8s.VolumeMount>;
  /** Undefined if the volume is a claim of the StatefulSet. */
  readonly volume?: Plain<k8s.Volume>;
}

export interface PrometheusVolumes {
  readonly volumes: readonly Plain<k8s.Volume>[];
  mountsOf(audience: Audience): readonly Plain<k8s.VolumeMount>[];
}

/** Name of the volume with the data and the configurations. With `storage`, it is a claim of the StatefulSet. */
export const DATA_VOLUME = 'data';

/** Names of the ConfigMaps of a PrometheusServer. */
export const hookConfigMap = (name: string) => `${name}-hook`;
export const ownConfigMap = (name: string) => `${name}-own`;

/** The volumes of a PrometheusServer's pod, each with the containers that mount it. */
export function prometheusVolumes(spec: PrometheusServerSpec): PrometheusVolumes {
  const all = [...written(), ...configured(spec), ...git(spec)];
  return {
    volumes: all.flatMap(({ volume }) => (volume ? [volume] : [])),
    mountsOf: (audience) => all.filter((one) => one.audience === audience).map(({ mount }) => mount),
  };
}

/** Data and configurations share a disk: the last valid configuration is kept as long as the data. */
function written(): PodVolume[] {
  const config = { name: DATA_VOLUME, mountPath: PATHS.config, subPath: 'config' };
  return [
    { audience: 'git', mount: config },
    { audience: 'prometheus', mount: { ...config, readOnly: true } },
    { audience: 'prometheus', mount: { name: DATA_VOLUME, mountPath: PATHS.data, subPath: 'prometheus' } },
  ];
}

function configured({ name, alertmanager, secrets }: PrometheusServerSpec): PodVolume[] {
  return [
    readOnly('shared', PATHS.own, { name: 'own', configMap: { name: ownConfigMap(name) } }),
    ...(alertmanager === undefined
      ? []
      : [
          readOnly('shared', PATHS.alertmanagers, {
            name: 'alertmanagers',
            configMap: { name: peersConfigMap(alertmanager) },
          }),
        ]),
    ...secrets.map((secretName) =>
      readOnly('shared', `${PATHS.secrets}/${secretName}`, {
        name: secretVolumeName(secretName),
        secret: { secretName },
      }),
    ),
  ];
}

function git({ name, git: { ssh, token }, decrypt }: PrometheusServerSpec): PodVolume[] {
  const key = ssh?.key ?? token;
  return [
    folder('/git', 'git'),
    // git-sync's home directory, in which git writes its settings
    folder('/tmp', 'tmp'),
    folder(PATHS.tools, 'tools'),
    readOnly('git', PATHS.hook, {
      name: 'hook',
      configMap: { name: hookConfigMap(name), defaultMode: 0o555 },
    }),
    ...(key ? [keyFile(PATHS.gitSecret, 'git-secret', key, ssh ? 'ssh' : 'token')] : []),
    ...(ssh ? [keyFile(PATHS.gitKnownHosts, 'git-known-hosts', ssh.knownHosts, 'known_hosts')] : []),
    ...(decrypt ? [keyFile(PATHS.ageKey, 'age-key', decrypt.ageKey, 'keys.txt')] : []),
  ];
}

function folder(mountPath: string, name: string): PodVolume {
  return { audience: 'git', mount: { name, mountPath }, volume: { name, emptyDir: {} } };
}

function readOnly(audience: Audience, mountPath: string, volume: Plain<k8s.Volume>): PodVolume {
  return { audience, volume, mount: { name: volume.name, mountPath, readOnly: true } };
}

/** One key of a Secret or ConfigMap, mounted under the file name that the program expects. */
function keyFile(mountPath: string, name: string, from: SecretKey | ConfigMapKey, path: string): PodVolume {
  const items = [{ key: from.key, path }];
  // ssh refuses a key that others can read; the group is the group of the pod.
  const source =
    'secret' in from
      ? { secret: { secretName: from.secret, items, defaultMode: 0o400 } }
      : { configMap: { name: from.configMap, items } };
  return readOnly('git', mountPath, { name, ...source });
}
