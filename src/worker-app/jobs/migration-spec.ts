import type { ApplicationContext, PodContext } from '../key.js';
import type { ResolvedWorkerApp } from '../keys/index.js';
import { podContext } from '../processes/pod-context.js';
import { MIGRATE, type ResolvedMigration } from './migrate-key.js';

/** A migration with every default and every computed value. */
export interface MigrationSpec extends Omit<ResolvedMigration, 'container'>, Omit<PodContext, 'volumes'> {}

export function migrationSpec(
  app: ResolvedWorkerApp,
  application: ApplicationContext,
): MigrationSpec | undefined {
  const { migrate } = app;
  return migrate && { ...migrate, ...podContext(MIGRATE, migrate, { ...app, application }) };
}
