import { existsSync } from 'node:fs';
import type { GoModule } from '../../../scripts/cluster-programs/go-modules.js';

/** The path of a program. @throws an error with the command that builds it, if it is missing */
export function builtProgram(module: GoModule, program: string): string {
  const built = module.programPath(program);
  if (!existsSync(built))
    throw new Error(`${program} is not built; build it with: npm run e2e:cluster:programs`);
  return built;
}
