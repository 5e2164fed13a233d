import type { Constraint } from '../schema/constraint.js';
import type { KeysOf, PodContext } from './key.js';
import type { APPLICATION_KEYS } from './keys/application-keys.js';
import type { ResolvedWorkerApp } from './keys/index.js';
import type { WorkerAppProps } from './worker-app-props.js';

type Keys = typeof APPLICATION_KEYS;
type NameOfPods = keyof KeysOf<Keys, 'pods' | 'inherited'>;
type NameOfDeployments = keyof KeysOf<Keys, 'deployments'>;

/** Keys of the web pods alone that constraints of all pods read. */
type OfWebPods = Partial<Pick<ResolvedWorkerApp, 'http' | 'gunicorn' | 'serviceWindows'>> & {
  readonly metrics?: Readonly<Record<string, unknown>> | false | undefined;
};

/** The values of the web pods, of a process or of a job. */
export type PodValues = Pick<ResolvedWorkerApp, Exclude<NameOfPods, 'container'>> &
  OfWebPods & { readonly container?: string | undefined };

/** The values of the web pods or of a process. */
export type DeploymentValues = PodValues & Pick<ResolvedWorkerApp, NameOfDeployments>;

/** A condition between keys that the web pods, processes and jobs have. */
export type PodConstraint = Constraint<PodValues, Pick<WorkerAppProps, NameOfPods>>;

/** A condition between keys that the web pods and processes have. */
export type DeploymentConstraint = Constraint<
  DeploymentValues,
  Pick<WorkerAppProps, NameOfPods | NameOfDeployments>
>;

/** The values of pods with every computed value. */
export type PodSpec = PodValues & PodContext;

/** The values of a Deployment with every computed value. */
export type DeploymentSpec = DeploymentValues & PodContext;
