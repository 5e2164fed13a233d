import base from './jest.config.mjs';

// Runs a real control plane, operator and Prometheus: `npm run e2e:cluster`, in namespaces of its own.
export default {
  ...base,
  testMatch: ['<rootDir>/test/e2e-cluster/**/*.e2e.ts'],
  maxWorkers: 4,
};
