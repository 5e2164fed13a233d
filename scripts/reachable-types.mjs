import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

/** Deletes the declarations in a folder that no entry point refers to: those of the implementation. */
export function keepReachable(folder, entryPoints) {
  const reached = new Set();
  const reach = (file) => {
    if (reached.has(file)) return;
    reached.add(file);
    const text = readFileSync(path.join(folder, file), 'utf8');
    for (const [, name] of text.matchAll(/(?:\bfrom |\bimport\()['"](\.[^'"]+)\.js['"]/g)) {
      reach(path.join(path.dirname(file), `${name}.d.ts`));
    }
  };
  entryPoints.forEach(reach);
  for (const file of readdirSync(folder, { recursive: true })) {
    if (file.endsWith('.d.ts') && !reached.has(file)) rmSync(path.join(folder, file));
  }
}
