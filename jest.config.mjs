export default {
  // The sources run from one bundle: bundle.setup.mjs says why, and how.
  globalSetup: '<rootDir>/test/jest/bundle.setup.mjs',
  testEnvironment: '<rootDir>/test/jest/environment.mjs',
  transform: { '\\.ts$': '<rootDir>/test/jest/transform.mjs' },
  setupFiles: ['<rootDir>/test/jest/bundle.ts'],
  // Modules are imported by the names that they have once compiled, as Node resolves them.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  globals: { fastCheckSeed: 20_260_101 },
  // `npm run test:tools` needs promtool, amtool, Python or Go; `npm run test:slow` takes minutes.
  testPathIgnorePatterns: ['/node_modules/', '\\.(tools|slow)\\.test\\.ts$'],
  // By default jest leaves one core idle: on two, that is half of them.
  maxWorkers: '100%',
  // Ends a test that would never end. No test comes near it on a slow machine, and `eventually` loses its patience before.
  testTimeout: 1_800_000,
};
