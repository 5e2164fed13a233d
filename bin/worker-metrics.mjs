#!/usr/bin/env node
// The command. A Node.js that is too old cannot even parse start.mjs.
import { oldNode } from './check-node.mjs';

const problem = oldNode();
if (problem) {
  console.error(problem);
  process.exitCode = 1;
} else {
  import('./start.mjs');
}
