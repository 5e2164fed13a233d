/** The keys and indexes that lead to a value. */
export type Path = readonly (string | number)[];

/** A text, number or boolean in a configuration, with the name of its setting. */
export interface Setting {
  readonly path: Path;
  /** The setting with its section: `pushover_configs.html`. */
  readonly name: string;
  readonly value: string | number | boolean;
}

/** Maps of Alertmanager 0.34 whose keys users choose. Values inside have the name of the map. */
const FREE_MAPS: ReadonlySet<string> = new Set([
  'email_configs.headers',
  'http_config.proxy_connect_header',
  'inhibit_rules.source_match',
  'inhibit_rules.source_match_re',
  'inhibit_rules.target_match',
  'inhibit_rules.target_match_re',
  'jira_configs.fields',
  'oauth2.claims',
  'oauth2.endpoint_params',
  'oauth2.proxy_connect_header',
  'opsgenie_configs.details',
  'pagerduty_configs.details',
  'receivers.labels',
  'route.labels',
  'route.match',
  'route.match_re',
  'routes.labels',
  'routes.match',
  'routes.match_re',
  'sns_configs.attributes',
  'victorops_configs.custom_fields',
  'webhook_configs.payload',
]);

/** All settings with a value in a configuration or in one of its settings. */
export function settingsIn(value: unknown, path: Path, name = ''): Setting[] {
  if (Array.isArray(value)) return value.flatMap((item, i) => settingsIn(item, [...path, i], name));
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, inner]) =>
      settingsIn(inner, [...path, key], isFreeMap(name) ? name : within(name, key)),
    );
  }
  const isSet = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return isSet ? [{ path, name, value }] : [];
}

/** Whether a setting is a map whose keys users choose. */
export function isFreeMap(name: string): boolean {
  return FREE_MAPS.has(name);
}

/**
 * Whether a set contains a setting: with its section, or by its key alone if the key means the same in every section.
 */
export function isOneOf(settings: ReadonlySet<string>, name: string): boolean {
  return settings.has(name) || settings.has(keyOf(name));
}

/** The key of a setting: `html` of `pushover_configs.html`. */
export function keyOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

function within(section: string, key: string): string {
  return section === '' ? key : `${keyOf(section)}.${key}`;
}
