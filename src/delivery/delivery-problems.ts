import { fieldProblems } from '../schema/field-problems.js';
import { expected } from '../diagnostics/expected.js';
import type { FieldProblem } from '../diagnostics/problem.js';
import { deliveredName } from './delivered-name.js';
import { deliverySchema } from './delivery-schema.js';

/** Labels that Argo CD and Flux put on objects hold the name (IsValidLabelValue). */
const LONGEST_NAME = 63;

/** Everything that is wrong in what should be DeliveryProps. */
export function deliveryProblems(
  value: unknown,
  name: unknown,
  environment: string | undefined,
): FieldProblem[] {
  const problems = fieldProblems(deliverySchema, value);
  if (problems.length > 0) return problems;
  const ways = Object.keys(value as object);
  if (ways.length !== 1) return [{ path: [], message: expected('either argocd or flux', value) }];
  if (typeof name !== 'string') return [];
  const whole = deliveredName({ name, environment });
  if (whole.length <= LONGEST_NAME) return [];
  const message = `its objects would be named ${whole}, beyond ${LONGEST_NAME} characters; shorten the name, or the environment's`;
  return [{ path: [], message }];
}
