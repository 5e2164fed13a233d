import type { IKustomization } from '@kubernetes-models/flux-cd/kustomize.toolkit.fluxcd.io/v1/Kustomization';
import type { IGitRepository } from '@kubernetes-models/flux-cd/source.toolkit.fluxcd.io/v1/GitRepository';
import { MANAGED_BY, MANAGED_BY_LABEL, NAME_LABEL } from '../kubernetes/labels.js';
import { fileAt } from '../output/layout.js';
import { branchName } from '../kubernetes/git-reference.js';
import { deliveredName, type Delivered } from './delivered.js';
import type { FluxDelivery } from './delivery-keys.js';

/** The GitRepository and the Kustomization that deploy one manifest file and ignore the other files in its folder. */
export function fluxObjects(props: FluxDelivery, delivered: Delivered): [IGitRepository, IKustomization] {
  const { path, interval } = props;
  const metadata = {
    labels: { [MANAGED_BY_LABEL]: MANAGED_BY, [NAME_LABEL]: delivered.name },
    name: deliveredName(delivered),
    namespace: props.namespace,
  };
  return [
    {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'GitRepository',
      metadata,
      spec: {
        ignore: allBut(path, fileAt(delivered.name)),
        interval,
        ref: { branch: branchName(props.branch) },
        ...(props.secret !== undefined && { secretRef: { name: props.secret } }),
        url: props.repo,
      },
    },
    {
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata,
      spec: {
        ...(props.dependsOn.length > 0 && { dependsOn: props.dependsOn.map((name) => ({ name })) }),
        interval,
        path: path === '.' ? './' : `./${path}`,
        prune: props.prune,
        retryInterval: '1m',
        sourceRef: { kind: 'GitRepository', name: metadata.name },
        timeout: props.timeout,
        // Ready only when the pods are ready, so that dependent Kustomizations wait for them.
        wait: true,
      },
    },
  ];
}

/** Patterns, as in .gitignore, that exclude all files but one. Its parent folders must be included before it. */
function allBut(folder: string, file: string): string {
  const folders = folder === '.' ? [] : folder.split('/');
  const paths = [...folders, file].map((_, i) => [...folders, file].slice(0, i + 1).join('/'));
  const lines = paths.flatMap((path, i) => [`/${[...folders.slice(0, i), '*'].join('/')}`, `!/${path}`]);
  return `${lines.join('\n')}\n`;
}
