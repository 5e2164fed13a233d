import { problemsIn } from '../../schema/field-rules.js';
import type { FieldProblem } from '../../diagnostics/problem.js';
import type { PrometheusServerProps } from './prometheus-server-props.js';
import { PROMETHEUS_SERVER_RULES } from './prometheus-server-rules.js';
import { prometheusServerSchema } from './prometheus-server-schema.js';

/** Everything that is wrong in what should be PrometheusServerProps. */
export function prometheusServerProblems(value: unknown): FieldProblem[] {
  return problemsIn<PrometheusServerProps>(prometheusServerSchema(), PROMETHEUS_SERVER_RULES, value);
}
