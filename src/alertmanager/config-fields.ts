import { withHint } from '../schema/message-with-hint.js';
import * as z from 'zod';
import { listField, objectField, recordField, looseObjectField, textField } from '../schema/fields.js';
import { definedIn } from '../schema/type-names.js';
import type { TextFormat } from '../kubernetes/text-formats.js';

// The top-level settings of Alertmanager's configuration. config-schema.ts checks the settings inside them; for the
// operator's AlertmanagerConfig, operator-config-schema.ts does.

const ANY_TEXT: TextFormat = { what: 'a name', pattern: /^.+$/ };
const TRACES_TO: TextFormat = { what: 'an address such as otel-collector.tracing.svc:4317', pattern: /^.+$/ };

const anything = () => recordField({ what: 'a setting', pattern: /^/ }, z.unknown());

const receiver = () =>
  looseObjectField({
    name: textField(ANY_TEXT).meta({
      description: 'Name of the receiver. Routes use it.',
      examples: ['team'],
    }),
  });

const timeInterval = () =>
  looseObjectField({
    name: textField(ANY_TEXT).meta({
      description: 'Name of the time interval. Routes use it.',
      examples: ['nights'],
    }),
  });

const route = () =>
  looseObjectField({
    receiver: textField(ANY_TEXT).meta({
      description: 'Receiver of alerts that match no inner route.',
      examples: ['team'],
    }),
  }).meta({ description: 'The tree of routes. They select the receiver of each alert.' });

const receivers = () =>
  listField(receiver()).meta({ description: 'Receivers of notifications. Routes refer to them by name.' });

/** Sections of Alertmanager that this configuration refuses, and why. */
const REFUSED_SECTIONS = {
  mute_time_intervals: withHint(
    'deprecated in Alertmanager',
    'move its items to time_intervals, and leave the mute_time_intervals of routes unchanged',
  ),
  event_recorder: withHint(
    'Alertmanager uses it only with --enable-feature=event-recorder, and the pods start without this flag',
    'remove it',
  ),
};

const FILE = 'src/alertmanager/alertmanager-config.ts';

/** Alertmanager's configuration file. */
export const configField = () =>
  definedIn(
    FILE,
    'AlertmanagerConfig',
    objectField(
      {
        global: anything()
          .optional()
          .meta({
            description: 'Default settings of all receivers.',
            examples: [{ resolve_timeout: '10m' }],
          }),
        templates: listField(textField({ what: 'a path', pattern: /./ }))
          .optional()
          .meta({
            description: 'Paths of files with notification templates. The last part may be a pattern.',
            examples: [['/etc/alertmanager/secrets/templates/*.tmpl']],
          }),
        route: route(),
        receivers: receivers(),
        inhibit_rules: listField(anything())
          .optional()
          .meta({
            description: 'Inhibition rules: an alert mutes other alerts.',
            examples: [
              [{ source_matchers: ['severity="critical"'], target_matchers: ['severity="warning"'] }],
            ],
          }),
        time_intervals: listField(timeInterval())
          .optional()
          .meta({ description: 'Times in which routes are active or muted.' }),
        tracing: looseObjectField({
          endpoint: textField(TRACES_TO).meta({
            description: 'Address of the collector: host and port.',
            examples: ['otel-collector.tracing.svc:4317'],
          }),
        })
          .optional()
          .meta({
            description:
              "Destination and settings of Alertmanager's own traces (Alertmanager 0.30 or newer).",
          }),
      },
      REFUSED_SECTIONS,
    ),
  );

/** The `spec` of the operator's AlertmanagerConfig (v1alpha1). */
export const operatorConfigField = () =>
  definedIn(
    FILE,
    'OperatorAlertmanagerConfig',
    objectField({
      route: route(),
      receivers: receivers(),
      inhibitRules: listField(anything())
        .optional()
        .meta({
          description: 'Inhibition rules: an alert mutes other alerts.',
          examples: [
            [
              {
                sourceMatch: [{ name: 'severity', value: 'critical' }],
                targetMatch: [{ name: 'severity', value: 'warning' }],
              },
            ],
          ],
        }),
      muteTimeIntervals: listField(timeInterval())
        .optional()
        .meta({ description: 'Times in which routes are active or muted.' }),
    }),
  );
