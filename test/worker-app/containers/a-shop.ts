import type { WorkerAppProps } from '../../../src/worker-app/worker-app-props.js';
import { manifestsOf, type Loose } from '../../manifests-of.js';

const SHOP = { name: 'shop', image: 'example.com/shop:v1', workers: 2 };

export function shop(props: Partial<WorkerAppProps>) {
  return manifestsOf({ ...SHOP, ...props });
}

export const namesOf = (containers: Loose[] = []) => containers.map(({ name }) => name as string);

export const RESTRICTED = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
};
