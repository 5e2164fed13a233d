// Prints the processor time and the memory of a process at its end: `node --require ./report-use.cjs`. It is CommonJS, and
// writes without a stream, because Node's loader of ES modules and its streams take 10 ms: a bare node has neither.
const { writeSync } = require('node:fs');

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  writeSync(2, `used ${JSON.stringify([(userCPUTime + systemCPUTime) / 1e6, maxRSS / 1024])}\n`);
});
