export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
  // Sources are imported by the names that they have once compiled, as Node resolves them.
  // Examples import the package by its name, as users do.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1', '^cdk8s-worker-metrics$': '<rootDir>/src/index.ts' },
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  globals: { fastCheckSeed: 20_260_101 },
  setupFiles: ['<rootDir>/test/fixed-seed.setup.mjs'],
  // `npm run test:tools` needs promtool, amtool, Python or Go; `npm run test:slow` takes minutes.
  testPathIgnorePatterns: ['/node_modules/', '\\.(tools|slow)\\.test\\.ts$'],
  // By default jest leaves one core idle: on two, that is half of them.
  maxWorkers: '100%',
  testTimeout: 30_000,
};
