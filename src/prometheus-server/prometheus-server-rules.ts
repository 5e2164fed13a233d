import type { FieldRule } from '../fields/field-rules.js';
import { isOverSsh } from '../kubernetes/git-reference.js';
import { Quantity } from '../kubernetes/quantity.js';
import { resourceProblems } from '../kubernetes/resource-rules.js';
import type { FieldProblem } from '../problems/problem.js';
import { PrometheusDuration } from '../prometheus/prometheus-duration.js';
import { DEFAULTS } from './defaults.js';
import type { PrometheusServerProps } from './prometheus-server-props.js';

export const PROMETHEUS_SERVER_RULES: readonly FieldRule<PrometheusServerProps>[] = [
  { reads: ['resources'], problems: ({ resources }) => resourceProblems(resources) },
  { reads: ['git.repository', 'git.ssh', 'git.token'], problems: credentials },
  { reads: ['git.period'], problems: period },
  { reads: ['externalLabels'], problems: replicaLabel },
  { reads: ['storage'], problems: someStorage },
];

/** What is worth knowing before it is deployed, though nothing is wrong. */
export function prometheusServerNotes({ storage }: PrometheusServerProps): FieldProblem[] {
  if (storage !== undefined) return [];
  const message =
    'none: a pod that is replaced starts without its data, and waits for git and a valid newest commit; set storage to keep its last good configuration';
  return [{ path: ['storage'], message }];
}

function credentials({ git: { repository, ssh, token } }: PrometheusServerProps): FieldProblem[] {
  if (isOverSsh(repository)) {
    const problems: FieldProblem[] = [];
    if (ssh === undefined)
      problems.push({
        path: ['git'],
        message: 'the repository is over SSH; set git.ssh, with key and knownHosts',
      });
    if (token !== undefined)
      problems.push({
        path: ['git', 'token'],
        message: 'the repository is over SSH, which takes no token; remove it',
        inKey: true,
      });
    return problems;
  }
  if (ssh === undefined) return [];
  return [
    {
      path: ['git', 'ssh'],
      message: 'the repository is over HTTPS; remove it, or set git.token',
      inKey: true,
    },
  ];
}

const SHORTEST_PERIOD = '5s';

function period({ git }: PrometheusServerProps): FieldProblem[] {
  const given = git.period ?? DEFAULTS.git.period;
  if (!PrometheusDuration.parse(SHORTEST_PERIOD).isLongerThan(PrometheusDuration.parse(given))) return [];
  const message = `${given} would be a burden to the git server; raise it to ${SHORTEST_PERIOD} or above`;
  return [{ path: ['git', 'period'], message }];
}

function replicaLabel({ externalLabels = {} }: PrometheusServerProps): FieldProblem[] {
  if (!Object.hasOwn(externalLabels, 'replica')) return [];
  const message = 'each server has its own; remove it, and write replica: ${POD_NAME} in external_labels';
  return [{ path: ['externalLabels', 'replica'], message, inKey: true }];
}

function someStorage({ storage }: PrometheusServerProps): FieldProblem[] {
  if (storage === undefined || Quantity.parse(storage.size).value > 0) return [];
  return [{ path: ['storage', 'size'], message: 'nothing fits into 0; remove storage, or raise its size' }];
}
