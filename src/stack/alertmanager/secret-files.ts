import { nearestName } from '../../diagnostics/expected.js';
import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import { scalarText } from '../../diagnostics/scalar-text.js';
import type { ResolvedAlertmanagerCluster } from './alertmanager-cluster-keys.js';
import { ALERTMANAGER_PATHS } from './alertmanager-args.js';
import { isFreeMap, settingsIn } from '../../alertmanager/settings.js';

/** Matches the path of a file in a mounted Secret. Paths with a wildcard in the Secret's name do not match. */
const OF_SECRET = new RegExp(`^${ALERTMANAGER_PATHS.secrets}/([^/*?[\\]]+)/`);

/** Reports files of a configuration that are in Secrets that no pod mounts. */
export function secretFileProblems({
  config,
  secrets,
}: Pick<ResolvedAlertmanagerCluster, 'config' | 'secrets'>): FieldDiagnostic[] {
  return settingsIn(config, ['config']).flatMap(({ path, name, value }) => {
    const secret = isFreeMap(name) ? undefined : OF_SECRET.exec(scalarText(value))?.[1];
    if (secret === undefined || secrets.includes(secret)) return [];
    return [
      {
        path,
        message: `no pod has this file: the Secret ${JSON.stringify(secret)} is not in secrets`,
        hint: nearestName(secret, secrets) ?? 'add it there',
      },
    ];
  });
}
