/** Alertmanager's configuration file, as far as we check it. */
export interface AlertmanagerConfig {
  readonly global?: Readonly<Record<string, unknown>>;
  readonly templates?: readonly string[];
  readonly route: AlertmanagerRoute;
  readonly receivers: readonly AlertmanagerReceiver[];
  readonly inhibit_rules?: readonly Readonly<Record<string, unknown>>[];
  readonly time_intervals?: readonly AlertmanagerTimeInterval[];
  /** Destination and settings of Alertmanager's own traces; Alertmanager 0.30 or newer. */
  readonly tracing?: AlertmanagerTracing;
}

/** The `spec` of the operator's AlertmanagerConfig (v1alpha1), as far as we check it. */
export interface OperatorAlertmanagerConfig {
  readonly route: AlertmanagerRoute;
  readonly receivers: readonly AlertmanagerReceiver[];
  readonly inhibitRules?: readonly Readonly<Record<string, unknown>>[];
  readonly muteTimeIntervals?: readonly AlertmanagerTimeInterval[];
}

/** Which receiver gets an alert. Routes inside it come first. */
export interface AlertmanagerRoute {
  readonly receiver: string;
  readonly [setting: string]: unknown;
}

/** Where notifications are sent: email, Slack, PagerDuty, a webhook … */
export interface AlertmanagerReceiver {
  readonly name: string;
  readonly [setting: string]: unknown;
}

/** Times at which a route is active or mute. */
export interface AlertmanagerTimeInterval {
  readonly name: string;
  readonly [setting: string]: unknown;
}

/** Destination and settings of Alertmanager's own traces. */
export interface AlertmanagerTracing {
  readonly endpoint: string;
  readonly [setting: string]: unknown;
}
