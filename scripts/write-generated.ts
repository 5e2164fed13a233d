import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { objectOf } from '../src/schema/object-of-keys.js';
import { editorJsonSchema } from '../src/values/json-schema/editor-schema.js';
import { valuesJsonSchema } from '../src/values/json-schema/json-schema.js';
import { ALERTMANAGER_CLUSTER_KEYS } from '../src/stack/alertmanager/alertmanager-cluster-keys.js';
import { PROMETHEUS_SERVER_KEYS } from '../src/stack/prometheus-server/prometheus-server-keys.js';
import { KEYS } from '../src/worker-app/keys/index.js';
import { apiReport } from './api-report.js';
import { commandsReference } from './commands-reference.js';
import { gatewayShapes, gatewayTypes } from './gateway-api-shapes.js';
import { kubernetesShapes } from './kubernetes-shapes.js';
import { propsTypes, type PropsFile } from './props-types.js';
import { withRoomsTables } from './rooms-table.js';
import { schemaText } from './schema-text.js';
import { timeZoneNames } from './time-zone-names.js';
import { valuesReference } from './values-reference.js';

/** The types of the props of each construct. */
const PROPS: readonly PropsFile[] = [
  {
    file: 'src/worker-app/worker-app-props.ts',
    name: 'WorkerAppProps',
    description:
      'A web application with several worker processes, and how Prometheus scrapes each of them. The same keys and the same meaning as in a values file.',
    schema: objectOf(KEYS),
  },
  {
    file: 'src/stack/alertmanager/alertmanager-cluster-props.ts',
    name: 'AlertmanagerClusterProps',
    description:
      'Alertmanagers that know each other: each takes every alert, and one notifies. The same keys and the same meaning as in a values file.',
    schema: objectOf(ALERTMANAGER_CLUSTER_KEYS),
  },
  {
    file: 'src/stack/prometheus-server/prometheus-server-props.ts',
    name: 'PrometheusServerProps',
    description:
      'A Prometheus whose configuration follows a branch of a git repository. A commit is used once promtool finds it valid, and never otherwise. The same keys and the same meaning as in a values file.',
    schema: objectOf(PROMETHEUS_SERVER_KEYS),
  },
];

/** Files that are generated from the code, as a whole or in part. */
const GENERATED: Readonly<Record<string, () => string | Promise<string>>> = {
  // The first: the others read them.
  'src/kubernetes-shapes/kubernetes-1.28.json': () => `${JSON.stringify(kubernetesShapes(), null, 1)}\n`,
  'src/kubernetes-shapes/gateway-api.json': () => `${JSON.stringify(gatewayShapes(), null, 1)}\n`,
  'src/kubernetes-shapes/gateway-api-types.ts': () =>
    formatted('src/kubernetes-shapes/gateway-api-types.ts', gatewayTypes()),
  'schema/values.schema.json': () => schemaText(editorJsonSchema()),
  'docs/values.md': () => valuesReference(valuesJsonSchema()),
  ...Object.fromEntries(PROPS.map((props) => [props.file, () => formatted(props.file, propsTypes(props))])),
  'src/schema/time-zone-names.ts': () => formatted('src/schema/time-zone-names.ts', timeZoneNames()),
  'docs/commands.md': async () => formatted('docs/commands.md', await commandsReference()),
  'docs/api.md': () => formatted('docs/api.md', apiReport()),
  'ARCHITECTURE.md': () =>
    formatted('ARCHITECTURE.md', withRoomsTables(readFileSync('ARCHITECTURE.md', 'utf8'))),
};

async function formatted(file: string, text: string): Promise<string> {
  return format(text, { ...(await resolveConfig(file)), filepath: file });
}

/** Writes the generated files; `--check` only names those that are out of date. */
export async function main(args: readonly string[]): Promise<number> {
  let exitCode = 0;
  for (const [file, make] of Object.entries(GENERATED)) {
    const text = await make();
    if (!args.includes('--check')) writeFileSync(file, text);
    else if (readFileSync(file, 'utf8') !== text) {
      console.error(`${file} is out of date; run \`npm run schema\` and commit it`);
      exitCode = 1;
    }
  }
  return exitCode;
}
