import base from './jest.config.mjs';

// Runs the real programs: one file at a time, as each plays a cluster on this machine's loopback.
export default {
  ...base,
  testMatch: ['<rootDir>/test/e2e/**/*.e2e.ts'],
  maxWorkers: 1,
  testTimeout: 120_000,
};
