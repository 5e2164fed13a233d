import path from 'node:path';

// Loading is most of a short run. In bundles, these modules are loaded when a run first uses something that they export.

/** Modules of Node, 2 ms each, and the functions that something in a bundle uses. Any other import is an error. */
const BUILTIN = {
  child_process: ['execFile', 'execFileSync', 'spawn', 'spawnSync'],
  crypto: ['createHash'],
  net: ['isIP'],
};

/** Modules by the end of their path, and the exports that something in a bundle uses. */
const MODULES = {
  'node_modules/@prometheus-io/lezer-promql': ['parser'],
  'node_modules/cdk8s/lib/helm': ['Helm'],
  'node_modules/cdk8s/lib/include': ['Include'],
  'node_modules/cdk8s/lib/testing': ['Testing'],
  'node_modules/cdk8s/lib/yaml': ['Yaml'],
  'node_modules/fast-wrap-ansi': ['wrapAnsi'],
  'node_modules/re2js': ['RE2JS'],
  'src/values/stack-kinds.js': ['ALERTMANAGER_CLUSTER', 'PROMETHEUS_SERVER'],
};

/** Modules that export one function, which is called for few values. */
const FUNCTIONS = [
  'node_modules/ajv-formats-draft2019/formats/idn-email',
  'node_modules/ajv-formats-draft2019/formats/idn-hostname',
  'node_modules/ajv-formats-draft2019/formats/iri',
  'node_modules/ajv-formats-draft2019/formats/iri-reference',
  'node_modules/fast-string-width',
];

const NAMESPACE = 'on-demand';
const PATHS = [...Object.keys(MODULES), ...FUNCTIONS];

/** The last part of each path: esbuild asks about no other import. */
const LAST_PARTS = [...Object.keys(BUILTIN), ...PATHS].map((name) => path.basename(name)).join('|');

/** Plugin for esbuild. */
export const onDemand = {
  name: NAMESPACE,
  setup({ onResolve, onLoad }) {
    onResolve({ filter: new RegExp(`(^|[/:])(${LAST_PARTS})$`) }, ({ path: name, resolveDir, namespace }) => {
      if (namespace === NAMESPACE) return undefined; // the module itself
      const builtin = name.replace(/^node:/, '');
      if (Object.hasOwn(BUILTIN, builtin)) return { path: builtin, namespace: NAMESPACE };
      const file = name.startsWith('.') ? path.join(resolveDir, name) : `/node_modules/${name}`;
      const found = PATHS.find((end) => file.endsWith(`/${end}`));
      return found && { path: found, namespace: NAMESPACE, pluginData: { name, resolveDir } };
    });
    onLoad({ filter: /./, namespace: NAMESPACE }, ({ path: module, pluginData }) =>
      Object.hasOwn(BUILTIN, module) ? builtin(module) : bundled(module, pluginData),
    );
  },
};

function builtin(name) {
  const lines = BUILTIN[name].map(
    (key) => `export const ${key} = (...args) => process.getBuiltinModule('${name}').${key}(...args);`,
  );
  return { contents: lines.join('\n') };
}

function bundled(module, { name, resolveDir }) {
  const load = `require(${JSON.stringify(name)})`;
  const getters = MODULES[module]?.map((key) => `get ${key}() { return ${load}.${key}; }`);
  const contents = getters
    ? `module.exports = { ${getters.join(', ')} };`
    : `module.exports = (...args) => { const loaded = ${load}; return (loaded.default ?? loaded)(...args); };`;
  return { contents, resolveDir };
}
