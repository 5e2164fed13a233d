import { textField } from '../../schema/fields.js';
import { secretKeyField } from '../../schema/kubernetes-fields.js';
import type { TextFormat } from '../../kubernetes/text-formats.js';
import { group, key } from '../../schema/key.js';

const TYPE: TextFormat = {
  what: 'an authorization type such as Bearer',
  pattern: /^(?![Bb][Aa][Ss][Ii][Cc]$)[!-~]+$/,
};

/** The key `metrics.authorization`. */
export const authorization = group({
  type: 'ScrapeAuthorization',
  description:
    'The `Authorization` header of scrapes. Only with `exporter: app`: our gunicorn config checks none.',
  unset: 'none',
  keys: {
    type: key({
      field: textField(TYPE),
      description: 'The type of the credentials. `Basic` is refused.',
      theirDefault: 'Bearer',
      example: 'Token',
    }),
    credentials: key({
      required: true,
      field: secretKeyField(),
      description: 'The Secret that holds the credentials.',
      example: { secret: 'shop-metrics', key: 'token' },
    }),
  },
});
