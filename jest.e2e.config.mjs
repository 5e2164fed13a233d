import base from './jest.config.mjs';

// Runs the real programs; each file plays a cluster of its own on this machine's loopback.
export default {
  ...base,
  testMatch: ['<rootDir>/test/e2e/**/*.e2e.ts'],
  maxWorkers: 2,
  globalSetup: '<rootDir>/test/packed-folder.setup.mjs',
  globalTeardown: '<rootDir>/test/packed-folder.teardown.mjs',
};
