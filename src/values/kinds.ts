import { checkWorkerApp } from '../worker-app/check-worker-app.js';
import { KEYS } from '../worker-app/keys/index.js';
import { workerAppNotes } from '../worker-app/worker-app-constraints.js';
import { workerAppSpec } from '../worker-app/worker-app-spec.js';
import { specOf, type Kind, type KindOfValues } from './kind-of-values.js';
import { ALERTMANAGER_CLUSTER, PROMETHEUS_SERVER } from './stack-kinds.js';

export type { Kind, PropsOfKind, References, SpecOfKind } from './kind-of-values.js';

/** The kinds. Those of the stack are read when they are needed: most of a run's start is loading. */
export const KINDS: { readonly [K in Kind]: KindOfValues<K> } = {
  WorkerApp: {
    keys: KEYS,
    check: (props) => specOf(checkWorkerApp(props), workerAppSpec),
    notes: workerAppNotes,
  },
  get AlertmanagerCluster() {
    return ALERTMANAGER_CLUSTER;
  },
  get PrometheusServer() {
    return PROMETHEUS_SERVER;
  },
};

export const DEFAULT_KIND: Kind = 'WorkerApp';

/** The kind of documents that hold values for all applications of a folder. It has no objects of its own. */
export const DEFAULTS = 'Defaults';

/** Every kind of a values file. */
export const DOCUMENT_KINDS: readonly string[] = [...Object.keys(KINDS), DEFAULTS];
