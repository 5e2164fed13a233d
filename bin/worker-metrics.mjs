// Where the command of a clone was before: scripts of users may name it.
import './worker-metrics.cjs';
