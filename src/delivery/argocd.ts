import type { IApplication } from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1/Application';
import { MANAGED_BY, MANAGED_BY_LABEL, NAME_LABEL } from '../kubernetes/labels.js';
import { fileAt } from '../output/layout.js';
import { branchName } from '../kubernetes/git-reference.js';
import { deliveredName, type Delivered } from './delivered.js';
import type { ArgoCdDelivery } from './delivery-keys.js';

/** Argo CD's sync wave for an Application without the annotation. */
const NO_WAVE = 0;

/** The Application that deploys one manifest file and ignores the other files in its folder. */
export function argoCdApplication(props: ArgoCdDelivery, delivered: Delivered): IApplication {
  const { name, namespace } = delivered;
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      ...(props.wave !== NO_WAVE && {
        annotations: { 'argocd.argoproj.io/sync-wave': String(props.wave) },
      }),
      labels: { [MANAGED_BY_LABEL]: MANAGED_BY, [NAME_LABEL]: name },
      name: deliveredName(delivered),
      namespace: props.namespace,
    },
    spec: {
      destination: { namespace, server: props.server },
      project: props.project,
      source: {
        directory: { include: fileAt(name) },
        path: props.path,
        repoURL: props.repo,
        targetRevision: branchName(props.branch),
      },
      syncPolicy: {
        automated: { prune: props.prune, selfHeal: props.selfHeal },
        // Retries after 5, 10, 20, 40 and 80 s: the API server or an admission webhook may be busy.
        retry: { backoff: { duration: '5s', factor: 2, maxDuration: '3m' }, limit: 5 },
        // A ServiceMonitor whose CRD is not installed yet must not stop the application (Argo CD 3.1 and newer),
        // and an object is deleted only after its replacement works.
        syncOptions: ['CreateNamespace=true', 'PruneLast=true', 'SkipDryRunOnMissingResource=true'],
      },
    },
  };
}
