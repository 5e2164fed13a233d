import { z } from 'zod';
import { QUANTITY } from '../kubernetes/quantity.js';
import { CONFIG_KEY, DNS_1123_SUBDOMAIN, keeps, RESOURCE_NAME } from '../kubernetes/text-rules.js';
import { PROMETHEUS_DURATION, PrometheusDuration } from '../prometheus/prometheus-duration.js';
import { mapField, namedValuesField, parsedTextField, refusal, textField } from './fields.js';

// Fields that several kinds of values file have.

/** A span of time in Prometheus' notation. */
export const durationField = () => parsedTextField(PROMETHEUS_DURATION, PrometheusDuration.parse);

export const secretKeyField = () =>
  mapField({
    secret: textField(DNS_1123_SUBDOMAIN).meta({ description: 'Name of the Secret.' }),
    key: textField(CONFIG_KEY).meta({ description: 'The key in it.' }),
  });

export const configMapKeyField = () =>
  mapField({
    configMap: textField(DNS_1123_SUBDOMAIN).meta({ description: 'Name of the ConfigMap.' }),
    key: textField(CONFIG_KEY).meta({ description: 'The key in it.' }),
  });

const badQuantity = refusal(QUANTITY.what);
const quantity = z.union(
  [
    textField(QUANTITY),
    z
      .number()
      .nonnegative(badQuantity)
      .refine((number) => keeps(QUANTITY, String(number)), badQuantity),
    z.null(),
  ],
  refusal(QUANTITY.what),
);
const quantities = namedValuesField(RESOURCE_NAME, quantity).nullable();

/** Resources of a container; null removes a default, or all. */
export const resourcesField = () =>
  mapField({ requests: quantities.optional(), limits: quantities.optional() }).nullable();
