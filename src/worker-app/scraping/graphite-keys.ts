import { textField, wholeNumberField } from '../../schema/fields.js';
import { durationField } from '../../schema/kubernetes-fields.js';
import { PORT } from '../../kubernetes/whole-number.js';
import { key } from '../../schema/key.js';
import { group } from '../../schema/key-groups.js';
import { GRAPHITE_HOST, GRAPHITE_PREFIX } from './graphite.js';

/** The key `metrics.graphite`. */
export const graphite = group({
  type: 'Graphite',
  description:
    'Graphite server to which the metrics are pushed, in addition to the scrapes. Each worker pushes its own metrics; with `strategy: multiprocess`, the master pushes the sums. Only with `exporter: gunicorn`.',
  unset: 'none',
  needs: { metrics: { exporter: 'gunicorn' } },
  keys: {
    host: key({
      required: true,
      field: () => textField(GRAPHITE_HOST),
      description:
        "Host name or IPv4 address of carbon, Graphite's receiver. It must accept the plaintext protocol over TCP.",
      example: 'graphite.monitoring.svc',
    }),
    port: key({
      field: () => wholeNumberField(PORT),
      description: 'TCP port of carbon, 1 to 65535.',
      default: 2003,
      example: 2013,
    }),
    interval: key({
      field: () => durationField(),
      description: 'Time between two pushes, at least 1s. A Prometheus duration such as `30s`.',
      default: '30s',
      example: '1m',
    }),
    prefix: key({
      field: () => textField(GRAPHITE_PREFIX),
      description: 'Prefix of every metric name, separated by a dot.',
      unset: 'none',
      example: 'web.shop',
    }),
  },
});
