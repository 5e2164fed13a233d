import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

// The files that runs from the sources keep for the next run: bundles, their compiled code, and the states of the sources.

/** The path of a kept file. */
export function keptFile(root, name) {
  return `${root}node_modules/.cache/cdk8s-worker-metrics/bundles/${name}`;
}

/** The file with the states of all sources when a bundle was made, and their hash. */
export function statesFile(root, name) {
  return keptFile(root, `${name}.sources.json`);
}

/**
 * The hash of the sources, unless one has changed since it was computed. To ask for their states takes a third of the
 * time of reading them. A new file does not count until a source imports it, which has changed then.
 */
export function hashIfUnchanged(root, name) {
  const text = readIfThere(statesFile(root, name), 'utf8');
  if (text === undefined) return undefined;
  const { hash, states } = JSON.parse(text);
  const isUnchanged = ([source, state]) =>
    stateOf(statSync(root + source, { throwIfNoEntry: false })) === state;
  return Object.entries(states).every(isUnchanged) ? hash : undefined;
}

/** The size of a file and the time of its last change, which, unlike that of modification, no program can set. */
export function stateOf(stat) {
  return stat && `${stat.size} ${stat.ctimeMs}`;
}

export function readIfThere(file, encoding) {
  try {
    return readFileSync(file, encoding);
  } catch {
    return undefined; // missing or not readable: it is made again
  }
}

/** Writes a file in one step, and deletes the files of earlier sources. Returns the content. */
export function keep(file, content) {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    const beside = `${file}.${process.pid}`;
    writeFileSync(beside, content);
    renameSync(beside, file);
    dropEarlier(file);
  } catch {
    // node_modules is read-only here: the next run bundles again
  }
  return content;
}

function dropEarlier(file) {
  const [, kind, hash] = /^(.*-)([0-9a-f]{20})\./.exec(path.basename(file)) ?? [];
  if (hash === undefined) return;
  const folder = path.dirname(file);
  for (const old of readdirSync(folder)) {
    if (!old.startsWith(kind) || old.startsWith(kind + hash)) continue;
    // Another run may be about to read a recent file.
    const stat = statSync(path.join(folder, old), { throwIfNoEntry: false });
    if (stat && Date.now() - stat.mtimeMs > 60_000) rmSync(path.join(folder, old), { force: true });
  }
}
