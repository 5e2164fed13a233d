import * as z from 'zod';
import { listField, objectField, recordField, looseObjectField, textField } from '../schema/fields.js';
import { definedIn } from '../schema/type-names.js';
import type { TextFormat } from '../kubernetes/text-formats.js';

// The outer settings of Alertmanager's configuration. What is inside them is checked by config-schema.ts (Alertmanager's own
// words) and operator-config-schema.ts (the operator's).

const ANY_TEXT: TextFormat = { what: 'a name', pattern: /^.+$/ };
const TRACES_TO: TextFormat = { what: 'an address such as otel-collector.tracing.svc:4317', pattern: /^.+$/ };

const anything = () => recordField({ what: 'a setting', pattern: /^/ }, z.unknown());

const receiver = () =>
  looseObjectField({
    name: textField(ANY_TEXT).meta({ description: 'Name of the receiver. Routes use it.' }),
  });

const timeInterval = () =>
  looseObjectField({
    name: textField(ANY_TEXT).meta({ description: 'Name of the time interval. Routes use it.' }),
  });

const route = () =>
  looseObjectField({
    receiver: textField(ANY_TEXT).meta({ description: 'Receiver of alerts that no inner route takes.' }),
  }).meta({ description: 'The tree of routes, which decide who is notified of an alert.' });

const receivers = () =>
  listField(receiver()).meta({ description: 'Who is notified, and how. Routes name them.' });

/** Sections that Alertmanager knows and that this configuration cannot use. */
const REFUSED_SECTIONS = {
  mute_time_intervals:
    'deprecated in Alertmanager; put what is in it under time_intervals, and leave the mute_time_intervals of routes as they are',
  event_recorder:
    'Alertmanager heeds it only with --enable-feature=event-recorder, without which the pods are started; remove it',
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
          .meta({ description: 'Settings that hold for all receivers which do not set them.' }),
        templates: listField(textField({ what: 'a path', pattern: /./ }))
          .optional()
          .meta({
            description: 'Paths of files with notification templates. The last part may be a pattern.',
          }),
        route: route(),
        receivers: receivers(),
        inhibit_rules: listField(anything())
          .optional()
          .meta({ description: 'Rules by which an alert silences others.' }),
        time_intervals: listField(timeInterval())
          .optional()
          .meta({ description: 'Times in which routes are active or muted.' }),
        tracing: looseObjectField({
          endpoint: textField(TRACES_TO).meta({
            description: 'Address of the collector: host and port.',
          }),
        })
          .optional()
          .meta({
            description: 'Where traces of Alertmanager itself go, and how (Alertmanager 0.30 or newer).',
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
        .meta({ description: 'Rules by which an alert silences others.' }),
      muteTimeIntervals: listField(timeInterval())
        .optional()
        .meta({ description: 'Times in which routes are active or muted.' }),
    }),
  );
