const { pathToFileURL } = require('node:url');
const { Script } = require('node:vm');
const { keep, readKept } = require('./kept-files.cjs');

/**
 * Runs a bundle, the code of a function (bundle.mjs), and returns its exports. V8's compiled code of the functions that
 * the run needs is kept for the next run of the same command, which takes half the time then.
 *
 * @param root folder of the package
 * @param name of the bundle. It changes with the code: V8 itself compares only the length
 * @param code in ASCII
 * @param file its path, for stack traces
 * @param source the file whose URL is `import.meta.url` in the bundle: other files are found from it
 * @param command the first argument of the command
 */
exports.runBundle = function runBundle(root, { name, code, file, source, command = '' }) {
  const kind = /^[a-z-]+$/.test(command) ? command : 'other';
  const compiled = [name, kind, process.version, process.arch, 'compiled'].join('.');
  const cachedData = readKept(root, compiled);
  const script = new Script(code, { filename: file, cachedData });
  const module = { exports: {} };
  // The URL is an argument, so that the cache contains no absolute path: a clone may be moved or copied.
  script.runInThisContext()(module, require, pathToFileURL(source).href);
  if (cachedData === undefined || script.cachedDataRejected)
    // by other settings of V8
    process.once('exit', () => {
      if (isWhole()) keep(root, compiled, script.createCachedData());
    });
  return module.exports;
};

/** Whether V8 has compiled, at the end of a run, the functions that most runs need. */
function isWhole() {
  return !process.exitCode && !process.argv.includes('--help') && !process.argv.includes('-h');
}
