import type { WorkerAppMigrate, WorkerAppProps } from '../../../src/worker-app/worker-app-props.js';
import { manifestsOf, type Loose } from '../../manifests-of.js';

export const SHOP = { name: 'shop', image: 'example.com/shop:v1', workers: 2 };
export const MIGRATE = { command: ['python', 'manage.py', 'migrate', '--noinput'] };

/** The manifests of a shop with a migration. */
export function shop(props: Partial<WorkerAppProps> = {}, migrate: Partial<WorkerAppMigrate> = {}) {
  const all = manifestsOf({ ...SHOP, migrate: { ...MIGRATE, ...migrate }, ...props }).all as Loose[];
  const job = all.find(({ kind }) => kind === 'Job');
  const pod = (name: string) =>
    all.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === name).spec.template.spec;
  return { all, job, pod, jobName: job?.metadata.name as string };
}
