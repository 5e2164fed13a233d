import { didYouMean } from '../problems/expected.js';
import type { FieldProblem } from '../problems/problem.js';
import type { AlertmanagerClusterProps } from './alertmanager-cluster-props.js';
import { ALERTMANAGER_PATHS } from './alertmanager-args.js';
import { textsIn } from './texts-in.js';

/** The name of the Secret in the path of a file; none where templates are named by a pattern. */
const OF_SECRET = new RegExp(`^${ALERTMANAGER_PATHS.secrets}/([^/*?[\\]]+)/`);

/** Files that a configuration names in Secrets that no pod mounts. */
export function secretFileProblems({
  config,
  secrets = [],
}: Pick<AlertmanagerClusterProps, 'config' | 'secrets'>): FieldProblem[] {
  return textsIn(config, ['config']).flatMap(({ path, text }) => {
    const name = OF_SECRET.exec(text)?.[1];
    if (name === undefined || secrets.includes(name)) return [];
    const hint = didYouMean(name, secrets) || '; add it there';
    return [
      { path, message: `no pod has this file: the Secret ${JSON.stringify(name)} is not in secrets${hint}` },
    ];
  });
}
