import type { FieldDiagnostic } from '../diagnostics/diagnostic.js';
import { inspect, inspectName } from '../diagnostics/expected.js';
import { resourceProblems } from '../kubernetes/resource-constraints.js';
import { updateStrategyProblems } from '../kubernetes/update-strategy.js';
import { orderOfReferences } from '../kubernetes/variable-references.js';
import type { DeploymentConstraint, DeploymentValues, PodConstraint, PodValues } from './pod-values.js';
import type { WorkerAppProps } from './worker-app-props.js';

/** The constraints between keys of pods. */
export const POD_CONSTRAINTS: readonly PodConstraint[] = [
  { reads: ['runAsUser', 'podSecurityContext'], problems: twoUsers },
  { reads: ['podSecurityContext', 'containerSecurityContext'], problems: rootUser },
  { reads: ['serviceAccount'], problems: serviceAccount },
  { reads: ['dnsPolicy', 'dnsConfig'], problems: noNameServer },
  { reads: [], ofEach: ['env'], problems: circularEnv },
  { reads: ['resources'], problems: (_, { resources }) => resourceProblems(resources) },
];

/** The constraints between keys of the rollout of pods. */
export const ROLLOUT_CONSTRAINTS: readonly DeploymentConstraint[] = [
  { reads: ['minReadySeconds', 'progressDeadlineSeconds'], problems: progressDeadline },
  { reads: ['strategy'], problems: strategy },
];

/** A label of the pods over one by which they are selected. */
export function podLabelProblems(
  podLabels: Readonly<Record<string, string>> = {},
  selector: Readonly<Record<string, string>>,
): FieldDiagnostic[] {
  return Object.entries(podLabels)
    .filter(([name, value]) => Object.hasOwn(selector, name) && selector[name] !== value)
    .map(([name]) => ({
      path: ['podLabels', name],
      message: `the Deployment selects its pods by ${inspectName(name)}: ${inspect(selector[name])}`,
      hint: 'remove it',
      inKey: true,
    }));
}

/** null removes the user in both. */
function twoUsers(
  _: unknown,
  { runAsUser, podSecurityContext }: Pick<WorkerAppProps, 'runAsUser' | 'podSecurityContext'>,
): FieldDiagnostic[] {
  const other = podSecurityContext?.runAsUser;
  if (runAsUser === undefined || other === undefined || (runAsUser === null && other === null)) return [];
  return [
    {
      path: ['podSecurityContext', 'runAsUser'],
      message: 'runAsUser sets the user, too',
      hint: 'remove one of the two',
    },
  ];
}

function serviceAccount({ serviceAccount: given }: PodValues): FieldDiagnostic[] {
  if (typeof given !== 'object' || given.create === true) return [];
  return given.annotations === undefined
    ? []
    : [
        {
          path: ['serviceAccount', 'annotations'],
          message: 'only a ServiceAccount that is created here gets annotations',
          hint: 'set serviceAccount.create to true, or remove them',
        },
      ];
}

/** The kubelet starts no container whose user is root, while `runAsNonRoot` is true. */
function rootUser({ podSecurityContext, containerSecurityContext }: PodValues): FieldDiagnostic[] {
  const isNonRoot = containerSecurityContext?.runAsNonRoot ?? podSecurityContext?.runAsNonRoot ?? true;
  const user = containerSecurityContext?.runAsUser ?? podSecurityContext?.runAsUser;
  if (user !== 0 || !isNonRoot || podSecurityContext?.runAsNonRoot === null) return [];
  const key = containerSecurityContext?.runAsUser === 0 ? 'containerSecurityContext' : 'podSecurityContext';
  const message = 'no container starts as root while runAsNonRoot is true';
  return [{ path: [key, 'runAsUser'], message, hint: `set ${key}.runAsNonRoot to false, too` }];
}

/** With `None`, the pods have no other name servers. */
function noNameServer({ dnsPolicy, dnsConfig }: PodValues): FieldDiagnostic[] {
  if (dnsPolicy !== 'None' || (dnsConfig?.nameservers ?? []).length > 0) return [];
  const message = 'with None, the pods have only the name servers of dnsConfig, and it has none';
  return [{ path: ['dnsPolicy'], message, hint: 'set dnsConfig.nameservers' }];
}

/** Kubernetes' default of `progressDeadlineSeconds`. */
const DEFAULT_DEADLINE = 600;

function progressDeadline({
  minReadySeconds = 0,
  progressDeadlineSeconds = DEFAULT_DEADLINE,
}: DeploymentValues): FieldDiagnostic[] {
  if (progressDeadlineSeconds > minReadySeconds) return [];
  const message = `a rollout counts as failed after ${progressDeadlineSeconds} seconds, before a pod can be ready for minReadySeconds (${minReadySeconds})`;
  return [{ path: ['minReadySeconds'], message, hint: 'lower it, or raise progressDeadlineSeconds' }];
}

function strategy({ strategy }: DeploymentValues): FieldDiagnostic[] {
  return updateStrategyProblems('Deployment', strategy).map((found) => ({
    ...found,
    path: ['strategy', ...found.path],
  }));
}

function circularEnv({ env = {} }: PodValues): FieldDiagnostic[] {
  const order = orderOfReferences(env);
  if (!('cycle' in order)) return [];
  const [first = ''] = order.cycle;
  const message = `it refers to itself (${order.cycle.map(inspectName).join(' → ')}), and Kubernetes expands only references to earlier variables`;
  const hint = 'remove one of these references, or write $$(…) for the text $(…)';
  return [{ path: ['env', first], message, hint }];
}
