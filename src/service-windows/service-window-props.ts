/** A weekly window in which a component is in service. Several of one component are its windows together. */
export interface ServiceWindow {
  /** Name of the component, 1 to 200 characters. Its metrics begin with it: `billing_service_window_in_window`. */
  readonly component: string;

  /** Labels of the component on its metrics; the same in each of its windows that has any. @default - none */
  readonly labels?: Readonly<Record<string, string>>;

  /** Days on which the window begins, by the clock of its time zone. */
  readonly days: readonly Day[];

  /** Time of day when it begins: `08:00`. */
  readonly start: string;

  /** Time of day when it ends; on the next day when that is not after the start. */
  readonly end: string;

  /** IANA time zone. @default UTC */
  readonly timeZone?: string;
}

export const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

export type Day = (typeof DAYS)[number];

export const DEFAULT_TIME_ZONE = 'UTC';
