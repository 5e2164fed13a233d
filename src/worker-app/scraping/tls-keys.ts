import * as z from 'zod';
import { refusal, textField, booleanField } from '../../schema/fields.js';
import { configMapKeyField, secretKeyField } from '../../schema/kubernetes-fields.js';
import { HOST_NAME } from '../../kubernetes/http.js';
import { key } from '../../schema/key.js';
import { group } from '../../schema/key-groups.js';

const secretOrConfigMapKey = () =>
  z.union([secretKeyField(), configMapKeyField()], refusal('{ secret, key } or { configMap, key }'));

const KEY_PAIR = {
  cert: { secret: 'prometheus-client', key: 'tls.crt' },
  key: { secret: 'prometheus-client', key: 'tls.key' },
};

/** The key `metrics.tls`. */
export const tls = group({
  type: 'ScrapeTls',
  description: 'TLS settings of scrapes. Only with `scheme: https`.',
  unset: 'the certificate authorities of the system on which Prometheus runs',
  needs: { metrics: { scheme: 'https' } },
  keys: {
    ca: key({
      field: () => secretOrConfigMapKey(),
      description: "Certificate of the authority (CA) that signed the application's certificate.",
      unset: 'those of the system on which Prometheus runs',
      example: { configMap: 'shop-ca', key: 'ca.crt' },
    }),
    cert: key({
      field: () => secretOrConfigMapKey(),
      description: 'Client certificate that Prometheus presents. Needs `key`.',
      unset: 'none',
      example: KEY_PAIR.cert,
      needs: { metrics: { tls: { key: KEY_PAIR.key } } },
    }),
    key: key({
      field: () => secretKeyField(),
      description: 'Private key of the client certificate. Needs `cert`.',
      unset: 'none',
      example: KEY_PAIR.key,
      needs: { metrics: { tls: { cert: KEY_PAIR.cert } } },
    }),
    serverName: key({
      field: () => textField(HOST_NAME),
      description: "Host name that the application's certificate must contain.",
      unset: "the target's address",
      example: 'shop.example.com',
    }),
    insecureSkipVerify: key({
      field: () => booleanField(),
      description: 'Accept any certificate of the application, without checking it.',
      theirDefault: false,
      example: true,
    }),
  },
});
