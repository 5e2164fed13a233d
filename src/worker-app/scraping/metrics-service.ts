/** The label that parts the headless Service of the metrics ports from that of the application. */
export const METRICS_COMPONENT = { 'app.kubernetes.io/component': 'metrics' };
