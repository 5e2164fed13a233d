import type { z } from 'zod';
import { checkKeys, type Checked } from '../../schema/constraint.js';
import { objectOf } from '../../schema/object-of-keys.js';
import { ALERTMANAGER_CLUSTER_CONSTRAINTS } from './alertmanager-cluster-constraints.js';
import { ALERTMANAGER_CLUSTER_KEYS, type ResolvedAlertmanagerCluster } from './alertmanager-cluster-keys.js';
import type { AlertmanagerClusterProps } from './alertmanager-cluster-props.js';

/** The schema of AlertmanagerClusterProps. */
const alertmanagerClusterSchema = objectOf(ALERTMANAGER_CLUSTER_KEYS);

// The generated types match the schema.
alertmanagerClusterSchema satisfies z.ZodType<AlertmanagerClusterProps>;

/** Checks AlertmanagerClusterProps. Returns all problems, or the props with every default. */
export function checkAlertmanagerCluster(props: unknown): Checked<ResolvedAlertmanagerCluster> {
  return checkKeys(
    ALERTMANAGER_CLUSTER_KEYS,
    alertmanagerClusterSchema,
    ALERTMANAGER_CLUSTER_CONSTRAINTS,
    props,
  );
}
