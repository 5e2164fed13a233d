import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

/** Installs versions of Node.js from npm's package `node`. Returns version → path of the program. */
export async function installNodes<Version extends string>(
  folder: string,
  versions: readonly Version[],
): Promise<Record<Version, string>> {
  const programs = versions.map(async (version) => {
    const cwd = path.join(folder, `node-${version}`);
    mkdirSync(cwd, { recursive: true });
    writeFileSync(path.join(cwd, 'package.json'), '{ "private": true }');
    await promisify(execFile)('npm', ['install', '--prefer-offline', `node@${version}`], { cwd });
    return [version, path.join(cwd, 'node_modules/node/bin/node')] as const;
  });
  return Object.fromEntries(await Promise.all(programs)) as Record<Version, string>;
}
