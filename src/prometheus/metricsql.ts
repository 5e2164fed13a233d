/** Functions and aggregations of MetricsQL that PromQL does not have. @see rollup.go, transform.go and aggr.go of VictoriaMetrics/metricsql */
const FUNCTIONS: ReadonlySet<string> = new Set(
  `aggr_over_time alias any ascent_over_time bitmap_and bitmap_or bitmap_xor bottomk_avg bottomk_last bottomk_max
  bottomk_median bottomk_min buckets_limit changes_prometheus count_eq_over_time count_gt_over_time
  count_le_over_time count_ne_over_time decreases_over_time default_rollup delta_prometheus deriv_fast
  descent_over_time distinct distinct_over_time drop_common_labels drop_empty_series duration_over_time geomean
  geomean_over_time histogram histogram_over_time histogram_share hoeffding_bound_lower hoeffding_bound_upper ideriv
  increase_prometheus increase_pure increases_over_time integrate interpolate keep_last_value keep_next_value
  label_copy label_del label_graphite_group label_keep label_lowercase label_map label_match label_mismatch label_move
  label_set label_transform label_uppercase label_value label_values labels_equal lag lifetime limit_offset mad median
  median_over_time mode mode_over_time now outlier_iqr_over_time outliers_iqr outliers_mad outliersk
  prometheus_buckets quantiles quantiles_over_time rand rand_exponential rand_normal range_avg range_first range_last
  range_linear_regression range_mad range_max range_median range_min range_normalize range_over_time range_quantile
  range_stddev range_stdvar range_sum range_trim_outliers range_trim_spikes range_trim_zscore range_zscore
  rate_over_sum remove_resets rollup rollup_candlestick rollup_delta rollup_deriv rollup_increase rollup_rate
  rollup_scrape_interval running_avg running_max running_min ru running_sum scrape_interval share share_eq_over_time
  share_gt_over_time share_le_over_time smooth_exponential sort_by_label_numeric sort_by_label_numeric_desc
  stale_samples_over_time sum2 sum2_over_time sum_gt_over_time sum_lt_over_time tfirst_over_time
  timestamp_with_name timezone_offset tlast_change_over_time tlast_over_time tmax_over_time tmin_over_time topk_avg
  topk_last topk_max topk_median topk_min ttf union utilization zscore zscore_over_time`.split(/\s+/),
);

/** Operators and modifiers. An operator follows an operand: `by (default)` and `{if="a"}` are labels. */
const WORDS = [
  /\)\s*(limit)\s+\d/i,
  /\b(keep_metric_names)\b/i,
  /(?:^|\()\s*(WITH)\s*\(/i,
  /[\w)\]}]\s+(default|ifnot|if)[\s({]/i,
];

const CALL = /\b([a-z]\w*)\s*(?:\(|(?:by|without)\b)/gi;

/**
 * The first function or word of MetricsQL, the language of VictoriaMetrics, that PromQL does not have. Undefined if a bracket is
 * missing: VictoriaMetrics refuses the expression, too.
 */
export function metricsqlWord(text: string): string | undefined {
  const code = text.replaceAll(TEXTS_AND_COMMENTS, '""');
  if (!isClosed(code)) return undefined;
  const called = [...code.matchAll(CALL)].map(([, name = '']) => name);
  const functionName = called.find((name) => FUNCTIONS.has(name.toLowerCase()));
  return functionName ?? WORDS.flatMap((word) => word.exec(code)?.[1] ?? [])[0];
}

const TEXTS_AND_COMMENTS = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|#.*/g;

/** Whether each bracket has its counterpart. */
function isClosed(code: string): boolean {
  const open: string[] = [];
  for (const [bracket] of code.matchAll(/[()[\]{}]/g)) {
    const closing = CLOSING[bracket];
    if (closing !== undefined) open.push(closing);
    else if (open.pop() !== bracket) return false;
  }
  return open.length === 0;
}

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
