import base from './jest.config.mjs';

// Has promtool, amtool and Python judge what we make.
export default {
  ...base,
  testMatch: ['<rootDir>/test/**/*.tools.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
};
