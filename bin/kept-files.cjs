const fs = require('node:fs');
const path = require('node:path');

// The files that a run keeps for the next run: bundles of the sources, in a clone, and V8's compiled code.

/** Where files are kept: inside the package, else, if it belongs to another user, with this user's caches. */
function folders(root) {
  const { XDG_CACHE_HOME, HOME } = process.env;
  const caches = XDG_CACHE_HOME || (HOME && path.join(HOME, '.cache'));
  const inside = path.join(root, 'node_modules/.cache/cdk8s-worker-metrics/bundles');
  return caches ? [inside, path.join(caches, 'cdk8s-worker-metrics', encodeURIComponent(root))] : [inside];
}

/** Returns the content of a kept file, or undefined. */
exports.readKept = function readKept(root, name, encoding) {
  for (const folder of folders(root)) {
    try {
      return fs.readFileSync(path.join(folder, name), encoding);
    } catch {
      // missing or not readable: it is made again
    }
  }
  return undefined;
};

/** Keeps a file, written in one step, and deletes those of earlier sources. */
exports.keep = function keep(root, name, content) {
  for (const folder of folders(root)) {
    try {
      fs.mkdirSync(folder, { recursive: true });
      const beside = path.join(folder, `${name}.${process.pid}`);
      fs.writeFileSync(beside, content);
      fs.renameSync(beside, path.join(folder, name));
      dropEarlier(folder, name);
      return;
    } catch {
      // read-only, or full: the next run makes it again
    }
  }
};

/** The path of a kept bundle, for stack traces. It need not exist. */
exports.pathOfKept = function pathOfKept(root, name) {
  return path.join(folders(root)[0], name);
};

/** The size of a file and the time of its last change, which, unlike that of modification, no program can set. */
exports.stateOf = function stateOf(stat) {
  return stat && `${stat.size}_${stat.ctimeMs}`.replace('.', '_');
};

/** Whether files have the same states as before. To ask for states takes a third of the time of reading files. */
exports.isUnchanged = function isUnchanged(root, states) {
  for (const name in states) {
    const stat = fs.statSync(`${root}/${name}`, { throwIfNoEntry: false });
    if (exports.stateOf(stat) !== states[name]) return false;
  }
  return true;
};

/** Deletes the files of other versions of a bundle, `name-version.…`. */
function dropEarlier(folder, name) {
  const [current, bundle] = /^(.*?)-[0-9a-f_]+(?=\.)/.exec(name) ?? [];
  if (current === undefined) return;
  for (const old of fs.readdirSync(folder)) {
    if (!old.startsWith(`${bundle}-`) || old.startsWith(`${current}.`)) continue;
    // Another run may be about to read a recent file.
    const stat = fs.statSync(path.join(folder, old), { throwIfNoEntry: false });
    if (stat && Date.now() - stat.mtimeMs > 60_000) fs.rmSync(path.join(folder, old), { force: true });
  }
}
