/** The types of PromQL expressions. */
export type PromqlType = 'scalar' | 'string' | 'instant vector' | 'range vector';

export interface PromqlFunction {
  readonly parameters: readonly PromqlType[];
  /** How many of the parameters a call must give. */
  readonly required: number;
  /** Whether a call may give more than the parameters: these have the type of the last one. @default false */
  readonly hasMore?: boolean;
  readonly returns: PromqlType;
}

const TYPES = { s: 'scalar', t: 'string', v: 'instant vector', m: 'range vector' } as const;

/** `v s?` is an instant vector and an optional scalar; `v t*` is an instant vector and any number of strings. */
function signature(parameters: string, returns: PromqlType): PromqlFunction {
  const words = parameters.split(' ').filter(Boolean);
  return {
    parameters: words.map((word) => TYPES[word.charAt(0) as keyof typeof TYPES]),
    required: words.filter((word) => word.length === 1).length,
    hasMore: parameters.endsWith('*'),
    returns,
  };
}

/** Names of functions by their parameters; they return an instant vector. @see promql/parser/functions.go of Prometheus 3.14 */
const VECTOR_FUNCTIONS: Readonly<Record<string, string>> = {
  v: `abs absent acos acosh asin asinh atan atanh ceil cos cosh deg exp floor histogram_avg histogram_count
    histogram_stddev histogram_stdvar histogram_sum ln log10 log2 rad sgn sin sinh sort sort_desc sqrt tan tanh
    timestamp start_timestamp`,
  m: `absent_over_time avg_over_time changes count_over_time delta deriv first_over_time idelta increase irate
    last_over_time mad_over_time max_over_time min_over_time ts_of_first_over_time ts_of_last_over_time
    ts_of_max_over_time ts_of_min_over_time present_over_time rate resets stddev_over_time stdvar_over_time
    sum_over_time`,
  'v?': 'days_in_month day_of_month day_of_week day_of_year hour minute month year',
  s: 'vector',
  'v s': 'clamp_max clamp_min',
  'v s s': 'clamp',
  'v s?': 'round',
  's v': 'histogram_quantile',
  's s v': 'histogram_fraction',
  's m': 'quantile_over_time',
  'm s': 'predict_linear',
  'm s s': 'double_exponential_smoothing',
  'v v?': 'info',
  'v t t t t': 'label_replace',
  'v t t t*': 'label_join',
  'v t*': 'sort_by_label sort_by_label_desc',
  'v t s s*': 'histogram_quantiles',
};

const SCALAR_FUNCTIONS: Readonly<Record<string, string>> = {
  '': 'time pi end range start step',
  v: 'scalar',
};

/** The functions of PromQL, with their types. */
export const PROMQL_FUNCTIONS: ReadonlyMap<string, PromqlFunction> = new Map([
  ...functions(VECTOR_FUNCTIONS, 'instant vector'),
  ...functions(SCALAR_FUNCTIONS, 'scalar'),
]);

/** Types of the parameters before the vector of an aggregation. */
export const AGGREGATION_PARAMETERS: Readonly<Record<string, PromqlType>> = {
  bottomk: 'scalar',
  count_values: 'string',
  limit_ratio: 'scalar',
  limitk: 'scalar',
  quantile: 'scalar',
  topk: 'scalar',
};

/** Functions and aggregations that Prometheus 3.14 has only with a flag. */
export const EXPERIMENTAL_FUNCTIONS: ReadonlySet<string> = new Set(
  `double_exponential_smoothing histogram_quantiles info limit_ratio limitk mad_over_time sort_by_label
  sort_by_label_desc ts_of_first_over_time ts_of_last_over_time ts_of_max_over_time ts_of_min_over_time`.split(
    /\s+/,
  ),
);

function functions(
  byParameters: Readonly<Record<string, string>>,
  returns: PromqlType,
): [string, PromqlFunction][] {
  return Object.entries(byParameters).flatMap(([parameters, names]) =>
    names.split(/\s+/).map((name): [string, PromqlFunction] => [name, signature(parameters, returns)]),
  );
}
