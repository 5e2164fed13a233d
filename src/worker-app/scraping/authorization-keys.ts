import { textField } from '../../schema/fields.js';
import { secretKeyField } from '../../schema/kubernetes-fields.js';
import type { TextFormat } from '../../kubernetes/text-formats.js';
import { key } from '../../schema/key.js';
import { group } from '../../schema/key-groups.js';

const TYPE: TextFormat = {
  what: 'an authorization type such as Bearer',
  pattern: /^(?![Bb][Aa][Ss][Ii][Cc]$)[!-~]+$/,
};

/** The key `metrics.authorization`. */
export const authorization = group({
  type: 'ScrapeAuthorization',
  description:
    'The `Authorization` header that Prometheus sends. Only with `exporter: app`: our gunicorn config does not check it.',
  unset: 'none',
  keys: {
    type: key({
      field: () => textField(TYPE),
      description: 'Type of the credentials. `Basic` is not allowed.',
      theirDefault: 'Bearer',
      example: 'Token',
    }),
    credentials: key({
      required: true,
      field: () => secretKeyField(),
      description: 'Secret with the credentials.',
      example: { secret: 'shop-metrics', key: 'token' },
    }),
  },
});
