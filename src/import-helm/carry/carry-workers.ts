import { scalarText } from '../../diagnostics/scalar-text.js';
import { serverProcess } from '../../servers/server-process.js';
import { numberIn, type Setting } from '../../servers/setting-sources.js';
import { textListAt } from '../../kubernetes/manifest.js';
import type { ObjectField } from '../release-object.js';
import { numberOf } from '../helm-create/chart.js';
import type { Carrying } from './carry.js';
import { variable } from './carry-env.js';

/** The number of workers: of the command line, or WEB_CONCURRENCY. */
export function carryWorkers({ release: { container }, facts, draft }: Carrying): void {
  const setting = workersSetting(container);
  const ofEnv = variable(container, 'WEB_CONCURRENCY');
  if (facts.workers !== undefined) draft.put(['workers'], facts.workers);
  else if (setting !== undefined) draft.put(['workers'], numberIn(setting), container.at(setting.field));
  else if (ofEnv?.isSet) draft.put(['workers'], numberOf(ofEnv.value), ofEnv);
}

/** The option of the server that sets the number of workers, if the manifests contain the number. */
export function workersSetting(container: ObjectField): Setting | undefined {
  const env = container.at('env').items.map(({ map }) => {
    const { name, value, valueFrom } = map;
    return [scalarText(name), valueFrom === undefined ? scalarText(value ?? '') : undefined] as const;
  });
  const last = serverProcess({
    command: textListAt(container.value, 'command'),
    args: textListAt(container.value, 'args'),
    env: new Map(env),
    hasEnvFrom: container.at('envFrom').items.length > 0,
  })
    ?.settings('workers')
    .at(-1);
  return last !== undefined && /^[0-9]{1,4}$/.test(last.value) ? last : undefined;
}
