/** The label that distinguishes the headless Service of the metrics ports from the application's Service. */
export const METRICS_COMPONENT = { 'app.kubernetes.io/component': 'metrics' };
