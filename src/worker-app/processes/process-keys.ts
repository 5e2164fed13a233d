import { DNS_1035_LABEL, PORT_NAME } from '../../kubernetes/text-formats.js';
import { PORT } from '../../kubernetes/whole-number.js';
import { METRICS_PATH } from '../../prometheus/metrics-path.js';
import { textField, wholeNumberOrTextField } from '../../schema/fields.js';
import { key } from '../../schema/key.js';
import { group } from '../../schema/key-groups.js';
import { durationField } from '../../schema/kubernetes-fields.js';
import type { PodContext } from '../key.js';
import { keysOf } from '../key.js';
import { APPLICATION_KEYS } from '../keys/application-keys.js';
import { processProbes } from '../keys/probes.js';
import { hasClaimOfOnePod, strategyKey } from '../keys/rollout.js';
import { processPorts } from '../ports/ports-key.js';
import type { Scaled } from '../scale/pod-numbers.js';
import { beatOf, type Started } from './celery-beat.js';
import { CHANGED_KEYS } from './pod-keys.js';

/** The keys of the pods of a process, in the order of the application's. */
const DEPLOYMENT_KEYS = {
  ...keysOf(APPLICATION_KEYS, 'deployments', 'pods', 'inherited'),
  ...CHANGED_KEYS,
  probes: processProbes,
  strategy: strategyKey({
    unset: 'RollingUpdate as for the web pods; Recreate for Celery beat',
    isRecreated: (app: Scaled & Started & Pick<PodContext, 'volumes'>) =>
      beatOf(app) !== undefined || hasClaimOfOnePod(app),
  }),
};

const KEYS = {
  ...DEPLOYMENT_KEYS,
  name: key({
    field: () => textField(DNS_1035_LABEL),
    description:
      'Name of the Deployment, the Service and the other objects of the process; also their label `app.kubernetes.io/name`. Set it to take over a live Deployment.',
    unset: '`<name>-<process>`',
    example: 'shop-celery',
  }),
  ports: processPorts,
  metrics: group({
    type: 'ProcessMetrics',
    description: 'The endpoint of metrics that the process serves. It makes a monitor.',
    unset: 'none, and no monitor',
    keys: {
      port: key({
        required: true,
        field: () => wholeNumberOrTextField(PORT, PORT_NAME, 'a port from 1 to 65535, or a name of ports'),
        description: 'Port of the endpoint in the container: a number, or a name of `ports`.',
        example: 9540,
      }),
      path: key({
        field: () => textField(METRICS_PATH),
        description: 'Path of the endpoint.',
        default: '/metrics',
        example: '/prometheus',
      }),
      interval: key({
        field: () => durationField(),
        description: 'Time between two scrapes, as a Prometheus duration such as `30s`.',
        default: '30s',
        example: '15s',
      }),
    },
  }),
};

type AllKeys = typeof KEYS;

/** The keys of an entry of `processes`. An interface, whose name stands for its many types in declarations. */
// eslint-disable-next-line typescript/no-empty-object-type
export interface ProcessKeys extends AllKeys {}

export const PROCESS_KEYS: ProcessKeys = KEYS;
