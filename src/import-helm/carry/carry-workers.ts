import { scalarText } from '../../diagnostics/scalar-text.js';
import { serverProcess } from '../../servers/server-process.js';
import { textListAt } from '../../kubernetes/manifest.js';
import type { ObjectField } from '../release-object.js';
import { numberOf } from '../helm-create/chart.js';
import type { Carrying } from './carry.js';
import { variable } from './carry-env.js';

/** The number of workers: of the command line, or WEB_CONCURRENCY. */
export function carryWorkers({ release: { container }, facts, draft }: Carrying): void {
  const ofServer = workersOfServer(container);
  const ofEnv = variable(container, 'WEB_CONCURRENCY');
  if (facts.workers !== undefined) draft.put(['workers'], facts.workers);
  else if (ofServer !== undefined)
    draft.put(
      ['workers'],
      ofServer,
      container.at('args').isSet ? container.at('args') : container.at('command'),
    );
  else if (ofEnv?.isSet) draft.put(['workers'], numberOf(ofEnv.value), ofEnv);
}

function workersOfServer(container: ObjectField): number | undefined {
  const env = container.at('env').items.map(({ map }) => {
    const { name, value, valueFrom } = map;
    return [scalarText(name), valueFrom === undefined ? scalarText(value ?? '') : undefined] as const;
  });
  const given = serverProcess({
    command: textListAt(container.value, 'command'),
    args: textListAt(container.value, 'args'),
    env: new Map(env),
    hasEnvFrom: container.at('envFrom').items.length > 0,
  })?.settings('workers');
  const last = given?.at(-1)?.value ?? '';
  return /^[0-9]{1,4}$/.test(last) ? Number(last) : undefined;
}
