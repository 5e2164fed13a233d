// Runs on old versions of Node.js, too: newer syntax would be an error there before anything is said.
import { readFileSync } from 'fs'; // eslint-disable-line unicorn/prefer-node-protocol -- Node 12 knows no `node:fs`

/** A sentence about a Node.js that is too old for this package, else ''. */
export function oldNode() {
  const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  const needed = engines.node.replace('>=', '');
  return isBefore(process.versions.node, needed)
    ? `worker-metrics needs Node ${needed} or newer; this is ${process.version}`
    : '';
}

function isBefore(version, needed) {
  const [major, minor] = version.split('.').map(Number);
  const [leastMajor, leastMinor] = needed.split('.').map(Number);
  return major < leastMajor || (major === leastMajor && minor < leastMinor);
}
