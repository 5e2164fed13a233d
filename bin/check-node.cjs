// Runs on old versions of Node.js, too: newer syntax would be an error there before a message is printed.
const { engines } = require('../package.json');

/** A sentence about a Node.js that is too old for this package, else ''. */
exports.oldNode = function oldNode() {
  const needed = engines.node.replace('>=', '');
  return isBefore(process.versions.node, needed)
    ? `worker-metrics needs Node ${needed} or newer; this is ${process.version}`
    : '';
};

function isBefore(version, needed) {
  const [major, minor] = version.split('.').map(Number);
  const [leastMajor, leastMinor] = needed.split('.').map(Number);
  return major < leastMajor || (major === leastMajor && minor < leastMinor);
}
