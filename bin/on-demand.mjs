import path from 'node:path';

// Loading is most of a short run. In bundles, these modules are loaded when a run first uses something that they export.

/** Modules of Node: 2 ms each. */
const BUILTIN = ['child_process', 'crypto', 'net'];

/** Modules of packages by the end of their path, and the exports that something in a bundle uses. */
const IN_PACKAGES = {
  '@prometheus-io/lezer-promql': ['parser'],
  re2js: ['RE2JS'],
  'cdk8s/lib/helm': ['Helm'],
  'cdk8s/lib/include': ['Include'],
  'cdk8s/lib/testing': ['Testing'],
  'cdk8s/lib/yaml': ['Yaml'],
};

/** Modules whose export is a function, which is called for few values. */
const FUNCTIONS = [
  'ajv-formats-draft2019/formats/idn-email',
  'ajv-formats-draft2019/formats/idn-hostname',
  'ajv-formats-draft2019/formats/iri',
  'ajv-formats-draft2019/formats/iri-reference',
];

const NAMESPACE = 'on-demand';
const MODULES = [...Object.keys(IN_PACKAGES), ...FUNCTIONS];

/** The last part of each path: esbuild asks about no other import. */
const LAST_PARTS = [...BUILTIN, ...MODULES].map((name) => path.basename(name)).join('|');

/** Plugin for esbuild. */
export const onDemand = {
  name: NAMESPACE,
  setup({ onResolve, onLoad }) {
    onResolve({ filter: new RegExp(`(^|[/:])(${LAST_PARTS})$`) }, ({ path: name, resolveDir, namespace }) => {
      if (namespace === NAMESPACE) return undefined; // the module itself
      const builtin = name.replace(/^node:/, '');
      if (BUILTIN.includes(builtin)) return { path: builtin, namespace: NAMESPACE };
      const file = name.startsWith('.') ? path.join(resolveDir, name) : `/node_modules/${name}`;
      const found = MODULES.find((module) => file.endsWith(`/node_modules/${module}`));
      return found && { path: found, namespace: NAMESPACE, pluginData: resolveDir };
    });
    onLoad({ filter: /./, namespace: NAMESPACE }, ({ path: name, pluginData: resolveDir }) => ({
      contents: contentsOf(name),
      resolveDir,
    }));
  },
};

function contentsOf(name) {
  const load = BUILTIN.includes(name)
    ? `process.getBuiltinModule(${JSON.stringify(name)})`
    : `require(${JSON.stringify(name)})`;
  if (FUNCTIONS.includes(name)) return `module.exports = (...args) => ${load}(...args);`;
  const exports = IN_PACKAGES[name] ?? Object.keys(process.getBuiltinModule(name));
  return `module.exports = { ${exports.map((key) => `get ${key}() { return ${load}.${key}; }`).join(', ')} };`;
}
