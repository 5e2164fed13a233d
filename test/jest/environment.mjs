import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Script } from 'node:vm';
import { TestEnvironment } from 'jest-environment-node';
import { BUNDLE_MODULE, bundleFile, root } from './bundle.setup.mjs';

const urlOfSources = pathToFileURL(path.join(root, 'src/index.ts')).href;

/** The bundle, compiled for all test files of this worker. `jest --watch` makes another when the sources change. */
let compiled = {};

/** The environment of one test file. Each module calls `requireFor` first: transform.mjs adds the call. */
export default class BundleEnvironment extends TestEnvironment {
  constructor(...given) {
    super(...given);
    let modules;
    this.global.requireFor = (require, folder) => {
      modules ??= bundle().runInContext(this.getVmContext())({}, require, urlOfSources);
      return (request) => {
        const name = nameInBundle(request, folder);
        return Object.hasOwn(modules, name) ? modules[name]() : require(request);
      };
    };
  }
}

function bundle() {
  const file = bundleFile('.js');
  if (compiled.file !== file) {
    const code = readFileSync(file, 'utf8');
    const script = new Script(
      `(function (module, require, __urlOfSources) {${code}\nreturn module.exports; })`,
      {
        filename: BUNDLE_MODULE,
      },
    );
    compiled = { file, script };
  }
  return compiled.script;
}

/** `src/values/kinds.ts` for `../../src/values/kinds.js` in a file of test/values. */
function nameInBundle(request, folder) {
  if (!request.startsWith('.')) return request;
  return path.relative(root, path.join(folder, request)).replaceAll('\\', '/').replace(/\.js$/, '.ts');
}
