#!/usr/bin/env node
// The command. A Node.js that is too old cannot even parse start.cjs. The files of bin/ that each run loads are CommonJS:
// with Node's loader of ES modules, the start takes 9 ms more.
const { oldNode } = require('./check-node.cjs');

const problem = oldNode();
if (problem) {
  console.error(problem);
  process.exitCode = 1;
} else {
  require('./start.cjs');
}
