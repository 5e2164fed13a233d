import path from 'node:path';
import { isThere } from './write-new-files.js';

/** A program that installs packages. */
export interface PackageManager {
  readonly lockfile: string;
  /** Installs the packages in package.json. */
  readonly install: string;
  /** Installs the packages in the lockfile, and fails if package.json has others. */
  readonly ci: string;
  /** Adds packages to package.json. */
  readonly add: string;
}

export const NPM: PackageManager = {
  lockfile: 'package-lock.json',
  install: 'npm install',
  ci: 'npm ci',
  add: 'npm install --save-dev --save-exact',
};

const OTHERS: readonly PackageManager[] = [
  {
    lockfile: 'pnpm-lock.yaml',
    install: 'pnpm install',
    ci: 'pnpm install --frozen-lockfile',
    add: 'pnpm add --save-dev --save-exact',
  },
  {
    lockfile: 'yarn.lock',
    install: 'yarn install',
    ci: 'yarn install --immutable',
    add: 'yarn add --dev --exact',
  },
];

/** The package manager whose lockfile is in a folder; npm if there is none. */
export function packageManagerOf(folder: string): PackageManager {
  return OTHERS.find(({ lockfile }) => isThere(path.join(folder, lockfile))) ?? NPM;
}
