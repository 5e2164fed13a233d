import base from './jest.config.mjs';

// Runs that race or are killed, real git repositories, packaging, real npm installs, and the command as a process of its own.
export default {
  ...base,
  testMatch: ['<rootDir>/test/**/*.slow.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  globalSetup: '<rootDir>/test/packed-folder.setup.mjs',
  globalTeardown: '<rootDir>/test/packed-folder.teardown.mjs',
};
