import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import type { Constraint } from '../../schema/constraint.js';
import type { ResolvedWorkerApp } from '../keys/index.js';
import { isOfOnePod } from '../volumes/claims.js';
import { mountingPods, mountToo } from '../volumes/shared-claims.js';
import { userVolumes } from '../volumes/user-volumes.js';
import type { WorkerAppProps } from '../worker-app-props.js';
import { otherPods } from './other-pods.js';
import { processSpecs } from './process-spec.js';

/** Constraints of claims of the application that processes and jobs mount, too. */
export const SHARED_CLAIM_CONSTRAINTS: readonly Constraint<ResolvedWorkerApp, WorkerAppProps>[] = [
  { reads: ['processes', 'cronJobs', 'migrate', 'volumes'], problems: claimsOfOnePod },
  { reads: ['processes', 'cronJobs', 'migrate', 'volumes'], problems: changedClaims },
];

function claimsOfOnePod(app: ResolvedWorkerApp): FieldDiagnostic[] {
  const processes = processSpecs(app, { name: app.name });
  const others = otherPods({ processes, cronJobs: app.cronJobs, migrate: app.migrate });
  return userVolumes(app.volumes).flatMap(({ name, claim }): FieldDiagnostic[] => {
    if (claim === undefined || !isOfOnePod(claim)) return [];
    const sharing = mountingPods(name, others);
    if (sharing.length === 0) return [];
    const message = `ReadWriteOncePod gives the volume to one pod, and ${mountToo(sharing)}: the others never start`;
    const hint = `set volumes: { ${name}: null } where it is not needed, or another mode`;
    return [{ path: ['volumes', name, 'claim', 'accessModes'], message, hint }];
  });
}

function changedClaims(
  app: ResolvedWorkerApp,
  { processes = {}, cronJobs = {}, migrate = {} }: WorkerAppProps,
): FieldDiagnostic[] {
  const given = [
    ...Object.entries(processes).map(([name, { volumes }]) => ({ place: ['processes', name], volumes })),
    ...Object.entries(cronJobs).map(([name, { volumes }]) => ({ place: ['cronJobs', name], volumes })),
    { place: ['migrate'], volumes: migrate.volumes },
  ];
  return given.flatMap(({ place, volumes }) =>
    Object.entries(volumes ?? {}).flatMap(([name, volume]): FieldDiagnostic[] => {
      const isOurs = (app.volumes?.[name]?.claim ?? undefined) !== undefined;
      if (!isOurs || (volume?.claim ?? undefined) === undefined) return [];
      const message = 'the claim is that of the application';
      const hint = 'remove it, or choose another name for the volume';
      return [{ path: [...place, 'volumes', name, 'claim'], message, hint, inKey: true }];
    }),
  );
}
