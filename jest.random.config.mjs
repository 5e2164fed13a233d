import { readdirSync, readFileSync } from 'node:fs';
import base from './jest.config.mjs';

// Property tests with values of chance, as CI runs them: `npm run test:random`. The same again: FAST_CHECK_SEED=… npm run
// test:random. Each property runs five times as often as in `npm test`; FAST_CHECK_FACTOR=50 searches longer.
const fastCheckSeed = Number(process.env.FAST_CHECK_SEED ?? Math.floor(Math.random() * 2 ** 31));
console.error(`FAST_CHECK_SEED=${fastCheckSeed}`);

const files = readdirSync('test', { recursive: true })
  .map((file) => `test/${file.replaceAll('\\', '/')}`)
  .filter((file) => file.endsWith('.test.ts') && readFileSync(file, 'utf8').includes("from 'fast-check'"));

export default {
  ...base,
  globals: { fastCheckSeed, fastCheckFactor: Number(process.env.FAST_CHECK_FACTOR ?? 5) },
  testMatch: files.map((file) => `<rootDir>/${file}`),
};
