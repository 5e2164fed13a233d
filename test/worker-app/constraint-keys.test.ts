import fc from 'fast-check';
import { checkKeys } from '../../src/schema/constraint.js';
import { checkWorkerApp, workerAppSchema } from '../../src/worker-app/check-worker-app.js';
import { KEYS } from '../../src/worker-app/keys/index.js';
import { WORKER_APP_CONSTRAINTS } from '../../src/worker-app/worker-app-constraints.js';
import { runs } from '../runs.js';
import { anyProps } from '../schema/arbitrary-props.js';

/** `name` is always given. */
const ALWAYS_CHECKED = WORKER_APP_CONSTRAINTS.map((constraint) => ({ ...constraint, onlyWith: ['name'] }));

test('a constraint that is checked only with its keys finds no problem without them', () => {
  fc.assert(
    fc.property(anyProps(KEYS), (props) => {
      const { problems } = checkKeys(KEYS, workerAppSchema, ALWAYS_CHECKED, props);
      expect(checkWorkerApp(props).problems).toEqual(problems);
    }),
    { numRuns: runs(200) },
  );
});
