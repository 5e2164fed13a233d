import { readdirSync, readFileSync } from 'node:fs';
import base from './jest.config.mjs';

// Property tests with values of chance, as CI runs them: `npm run test:random`. The same again: FAST_CHECK_SEED=… npm run test:random
const fastCheckSeed = Number(process.env.FAST_CHECK_SEED ?? Math.floor(Math.random() * 2 ** 31));
console.error(`FAST_CHECK_SEED=${fastCheckSeed}`);

const files = readdirSync('test', { recursive: true })
  .map((file) => `test/${file.replaceAll('\\', '/')}`)
  .filter((file) => file.endsWith('.test.ts') && readFileSync(file, 'utf8').includes("from 'fast-check'"));

export default {
  ...base,
  globals: { fastCheckSeed, fastCheckFactor: 5 },
  testMatch: files.map((file) => `<rootDir>/${file}`),
};
