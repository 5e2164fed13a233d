import { textField, wholeNumberField } from '../../schema/fields.js';
import { durationField } from '../../schema/kubernetes-fields.js';
import { PORT } from '../../kubernetes/whole-number.js';
import { group, key } from '../../schema/key.js';
import { GRAPHITE_HOST, GRAPHITE_PREFIX } from './graphite.js';

/** The key `metrics.graphite`. */
export const graphite = group({
  type: 'Graphite',
  description:
    'A Graphite to push the metrics to, beside the scrapes. Each worker pushes its own; with `strategy: multiprocess` the master pushes the sums. Only with `exporter: gunicorn`.',
  unset: 'none',
  needs: { metrics: { exporter: 'gunicorn' } },
  keys: {
    host: key({
      required: true,
      field: textField(GRAPHITE_HOST),
      description: 'Host name or IPv4 address of its carbon, which takes plaintext lines over TCP.',
      example: 'graphite.monitoring.svc',
    }),
    port: key({
      field: wholeNumberField(PORT),
      description: 'TCP port of carbon, 1 to 65535.',
      default: 2003,
      example: 2013,
    }),
    interval: key({
      field: durationField(),
      description: 'Time between two pushes, in the notation of Prometheus; at least 1s.',
      default: '30s',
      example: '1m',
    }),
    prefix: key({
      field: textField(GRAPHITE_PREFIX),
      description: 'Text before the name of every metric, joined by a dot.',
      unset: 'none',
      example: 'web.shop',
    }),
  },
});
