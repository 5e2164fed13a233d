import type { FieldDiagnostic } from '../diagnostics/diagnostic.js';
import { expected, inspect } from '../diagnostics/expected.js';
import { isMap, listAt, own, textAt } from '../kubernetes/manifest.js';
import { FORMATS } from './config-formats.js';
import { requirementProblems } from './required-settings.js';
import { OPERATOR_PARTS, OPERATOR_REQUIREMENTS } from './section-requirements.js';
import type { Path } from './settings.js';

type Settings = Readonly<Record<string, unknown>>;

/** A part of the settings of a receiver, with the path to it. */
interface Part {
  readonly settings: Settings;
  readonly path: Path;
}

/**
 * Problems of a receiver that the operator's schema accepts, and its admission webhook, the operator or Alertmanager
 * refuses.
 */
export function operatorReceiverProblems(
  receiver: Settings,
  path: Path,
  options: ReceiverOptions,
): FieldDiagnostic[] {
  return Object.keys(receiver).flatMap((list) =>
    listAt(receiver, list).flatMap((settings, i) =>
      integrationProblems(list, { settings, path: [...path, list, i] }, options),
    ),
  );
}

/** Options of `operatorReceiverProblems`. */
export interface ReceiverOptions {
  /** Whether the Alertmanager may have global settings, which receivers take over. The one of this package has none. */
  readonly mayHaveGlobal: boolean;
}

function integrationProblems(
  list: string,
  whole: Part,
  { mayHaveGlobal }: ReceiverOptions,
): FieldDiagnostic[] {
  const required = (own(OPERATOR_REQUIREMENTS, list) ?? []).filter(
    ({ mayBeGlobal = false }) => !(mayHaveGlobal && mayBeGlobal),
  );
  const parts = (at: string) => partsAt(whole, at === '' ? [] : at.split('.'));
  return [
    ...requirementProblems(required, whole.settings, whole.path),
    ...Object.entries(OPERATOR_PARTS).flatMap(([at, requirements]) =>
      // Other receivers have actions without these requirements.
      at === 'actions' && list !== 'slackConfigs'
        ? []
        : parts(at).flatMap(({ settings, path }) => requirementProblems(requirements, settings, path)),
    ),
    ...Object.entries(own(FORMATTED, list) ?? {}).flatMap(([key, format]) => {
      const at = key.split('.');
      return partsAt(whole, at.slice(0, -1)).flatMap((part) => formatProblems(part, at.at(-1) ?? '', format));
    }),
    ...['httpConfig.tlsConfig', 'httpConfig.oauth2.tlsConfig', 'tlsConfig'].flatMap((at) =>
      parts(at).flatMap(versionProblems),
    ),
    ...parts('httpConfig.authorization').flatMap(typeProblems),
    ...repeatedKeys(whole, 'headers'),
    ...(list === 'victoropsConfigs' ? reservedFields(whole) : []),
    ...(list === 'telegramConfigs' ? chatProblems(whole) : []),
  ];
}

/** Formats of addresses and URLs. The operator's schema checks only some of them. */
const FORMATTED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  emailConfigs: { smarthost: 'hostPort' },
  opsgenieConfigs: { apiURL: 'url', 'responders.type': 'responderType' },
  pagerdutyConfigs: {
    url: 'url',
    clientURL: 'templateUrl',
    'pagerDutyLinkConfigs.href': 'templateUrl',
    'pagerDutyImageConfigs.href': 'templateUrl',
  },
  pushoverConfigs: { url: 'templateUrl' },
  rocketchatConfigs: {
    apiURL: 'url',
    iconURL: 'templateUrl',
    imageURL: 'templateUrl',
    thumbURL: 'templateUrl',
    'actions.url': 'templateUrl',
  },
  snsConfigs: { apiURL: 'templateUrl' },
  telegramConfigs: { apiURL: 'url' },
  victoropsConfigs: { apiUrl: 'url' },
  webexConfigs: { apiURL: 'url' },
  webhookConfigs: { url: 'templateUrl' },
  wechatConfigs: { apiURL: 'url' },
};

function formatProblems({ settings, path }: Part, key: string, format: string): FieldDiagnostic[] {
  if (!Object.hasOwn(settings, key) || settings[key] === '') return [];
  const message = FORMATS[format]?.(settings[key]);
  return message === undefined ? [] : [{ path: [...path, key], message }];
}

function versionProblems({ settings, path }: Part): FieldDiagnostic[] {
  const [least, most] = [textAt(settings, 'minVersion'), textAt(settings, 'maxVersion')];
  if (least === undefined || most === undefined || least <= most) return [];
  return [{ path: [...path, 'maxVersion'], message: `${most} is older than minVersion, ${least}` }];
}

function typeProblems({ settings, path }: Part): FieldDiagnostic[] {
  if (textAt(settings, 'type')?.trim().toLowerCase() !== 'basic') return [];
  const message = expected('another type than Basic', settings['type']);
  return [{ path: [...path, 'type'], message, hint: 'use basicAuth instead of authorization' }];
}

/** Names of headers are the same in any case. */
function repeatedKeys({ settings, path }: Part, list: string): FieldDiagnostic[] {
  const keys = listAt(settings, list).map((item) => textAt(item, 'key')?.toLowerCase());
  return keys.flatMap((key, i) =>
    key === undefined || keys.indexOf(key) === i
      ? []
      : [
          {
            path: [...path, list, i, 'key'],
            message: `the header ${inspect(key)} is in the list already, as number ${keys.indexOf(key) + 1}`,
            hint: 'remove one of the two',
          },
        ],
  );
}

const OF_VICTOROPS = new Set([
  'routing_key', 'message_type', 'state_message', 'entity_display_name', 'monitoring_tool', 'entity_id', 'entity_state',
]); // prettier-ignore

function reservedFields({ settings, path }: Part): FieldDiagnostic[] {
  return listAt(settings, 'customFields').flatMap(({ key }, i) =>
    OF_VICTOROPS.has(String(key))
      ? [{ path: [...path, 'customFields', i, 'key'], message: `Alertmanager sets ${String(key)} itself` }]
      : [],
  );
}

function chatProblems({ settings, path }: Part): FieldDiagnostic[] {
  if (settings['chatID'] !== 0) return [];
  return [{ path: [...path, 'chatID'], message: expected('the number of a chat', 0) }];
}

/** The maps at a path. A list on the way has several. */
function partsAt({ settings, path }: Part, [key, ...deeper]: readonly string[]): Part[] {
  if (key === undefined) return [{ settings, path }];
  const value = own(settings, key);
  const parts = Array.isArray(value)
    ? value.map((item: unknown, i) => ({ settings: item, path: [...path, key, i] }))
    : [{ settings: value, path: [...path, key] }];
  return parts.flatMap((part) =>
    isMap(part.settings) ? partsAt({ settings: part.settings, path: part.path }, deeper) : [],
  );
}
