import type { z } from 'zod';
import { checkKeys, type Checked } from '../../schema/constraint.js';
import { objectOf } from '../../schema/object-of-keys.js';
import { PROMETHEUS_SERVER_CONSTRAINTS } from './prometheus-server-constraints.js';
import { PROMETHEUS_SERVER_KEYS, type ResolvedPrometheusServer } from './prometheus-server-keys.js';
import type { PrometheusServerProps } from './prometheus-server-props.js';

/** The schema of PrometheusServerProps. */
const prometheusServerSchema = objectOf(PROMETHEUS_SERVER_KEYS);

// The generated types match the schema.
prometheusServerSchema satisfies z.ZodType<PrometheusServerProps>;

/** Checks PrometheusServerProps. Returns all problems, or the props with every default. */
export function checkPrometheusServer(props: unknown): Checked<ResolvedPrometheusServer> {
  return checkKeys(PROMETHEUS_SERVER_KEYS, prometheusServerSchema, PROMETHEUS_SERVER_CONSTRAINTS, props);
}
