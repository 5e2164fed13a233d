import { existsSync } from 'node:fs';
import {
  CUSTOM_RESOURCES,
  filesFolder,
  type ModuleFiles,
} from '../../../scripts/cluster-programs/module-files.js';
import { textAt } from '../../../src/kubernetes/manifest.js';
import { eventually } from '../../e2e/cluster/eventually.js';
import type { ControlPlane } from './control-plane.js';

/** Adds the custom resources of the operator, the Gateway API, Argo CD and Flux. */
export async function addCustomResources({ api, kubectl }: ControlPlane): Promise<void> {
  const files = CUSTOM_RESOURCES.flatMap((wanted) => ['--filename', fetchedFolder(wanted)]);
  await kubectl.succeed('apply', '--server-side', ...files);
  // It fails at once for a resource without any condition yet.
  await eventually(() =>
    kubectl.succeed('wait', '--for=condition=Established', '--timeout=180s', 'crd', '--all'),
  );
  // kubectl finds them some time later.
  const added = await api.list('/apis/apiextensions.k8s.io/v1/customresourcedefinitions');
  await eventually(async () => {
    const found = (await kubectl.succeed('api-resources', '--output=name')).split('\n');
    const missing = added
      .map((one) => textAt(one, 'metadata', 'name') ?? '')
      .filter((name) => !found.includes(name));
    if (missing.length > 0) throw new Error(`kubectl does not find ${missing.join(', ')}`);
  });
}

/** How a namespace takes pods that Pod Security 'restricted' refuses. All warn of them. */
export type PodSecurity = 'restricted' | 'privileged';

export async function addNamespace(
  { api }: ControlPlane,
  name: string,
  enforced: PodSecurity,
): Promise<void> {
  const labels = {
    'pod-security.kubernetes.io/enforce': enforced,
    'pod-security.kubernetes.io/warn': 'restricted',
  };
  await api.create('/api/v1/namespaces', { metadata: { name, labels } });
}

/** The folder of files from a Go module. @throws an error with the command that fetches them, if they are missing */
export function fetchedFolder(files: ModuleFiles): string {
  const folder = filesFolder(files);
  if (!existsSync(folder))
    throw new Error(
      `the files of ${files.module} are missing; fetch them with: npm run e2e:cluster:programs`,
    );
  return folder;
}
