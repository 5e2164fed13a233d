import { loadOperatorModels } from '../../src/alertmanager/operator-models.js';
import { formatDiagnostic } from '../../src/diagnostics/diagnostic.js';
import { parseValues } from '../../src/values/parse-values.js';

beforeAll(loadOperatorModels);

const SERVER = `kind: PrometheusServer
name: metrics
namespace: monitoring
git: { repository: https://git.example.com/config.git, branch: main }
storage: { size: 10Gi }
alertmanager: am
`;
const STANDALONE = `kind: AlertmanagerCluster
name: am
namespace: monitoring
peers: 3
config: { route: { receiver: team }, receivers: [{ name: team }] }
`;
const OPERATED = STANDALONE.replace('config:', 'form: operator\nalertmanagerConfig:');
const ELSEWHERE = STANDALONE.replace('namespace: monitoring\n', '');

/** Parses the documents, each in a file of its own. */
function parsed(documents: Readonly<Record<string, string>>, environments?: readonly string[]) {
  const sources = Object.entries(documents).map(([file, text]) => ({ file, text }));
  const { problems, notes } = parseValues(sources, { environments });
  return { problems: problems.map(formatDiagnostic), notes: notes.map(formatDiagnostic) };
}

const OF_OPERATOR =
  'AlertmanagerCluster "am" has form: operator, which has no list of peers to mount; remove this, and find the peers with dns_sd_configs, or set form: standalone there';
const OF_ANOTHER_NAMESPACE =
  'AlertmanagerCluster "am" is in the namespace default, and its list of peers cannot be mounted in monitoring; remove this, and find the peers with dns_sd_configs, or put both in the same namespace';

describe('the alertmanager of a PrometheusServer', () => {
  test.each([
    ['before', { 'am.yaml': STANDALONE, 'server.yaml': SERVER }],
    ['after', { 'server.yaml': SERVER, 'z.yaml': STANDALONE }],
  ])(
    'is right where the cluster is standalone, in its namespace, in a file %s its own',
    (_where, documents) => {
      expect(parsed(documents)).toEqual({ problems: [], notes: [] });
    },
  );

  test.each([
    ['of the operator', OPERATED, OF_OPERATOR],
    ['in another namespace', ELSEWHERE, OF_ANOTHER_NAMESPACE],
  ])('is refused where the cluster is %s', (_what, cluster, message) => {
    const problems = [`server.yaml:6: alertmanager: ${message}`];
    expect(parsed({ 'server.yaml': SERVER, 'am.yaml': cluster }).problems).toEqual(problems);
    expect(parsed({ 'am.yaml': cluster, 'server.yaml': SERVER }).problems).toEqual(problems);
  });

  test('is noted where the cluster is not among the values: it may be made elsewhere', () => {
    const note =
      'server.yaml:6: alertmanager: no AlertmanagerCluster "am" is in these values; the pods wait until the namespace monitoring has its ConfigMap am-peers';
    expect(parsed({ 'server.yaml': SERVER })).toEqual({ problems: [], notes: [note] });
    const other = STANDALONE.replace('name: am', 'name: amm');
    expect(parsed({ 'server.yaml': SERVER, 'am.yaml': other }).notes).toEqual([
      `${note}; did you mean "amm"?`,
    ]);
  });

  describe('in an environment', () => {
    const server = `${SERVER}environments: { dev: {}, live: {} }\n`;
    const beside = (cluster: string, environments?: readonly string[]) =>
      parsed({ 'stack.yaml': `${server}---\n${cluster}` }, environments);

    test.each([[undefined], [['live']]])(
      'is right where the cluster has no environments (of %j)',
      (environments) => {
        expect(beside(STANDALONE, environments)).toEqual({ problems: [], notes: [] });
      },
    );

    test.each([
      [undefined, OF_ANOTHER_NAMESPACE],
      [['live'], `in live: ${OF_ANOTHER_NAMESPACE}`],
    ])('is refused where a cluster without environments is in another namespace (of %j)', (environments, message) => {
      expect(beside(ELSEWHERE, environments).problems).toEqual([`stack.yaml:6: alertmanager: ${message}`]);
    }); // prettier-ignore

    test('is the cluster of that environment before one without environments', () => {
      const cluster = `${STANDALONE}environments: { dev: {}, live: {} }\n`;
      expect(parsed({ 'am.yaml': ELSEWHERE, 'z.yaml': cluster, 'server.yaml': server }).problems).toEqual([]);
    });

    test('is not judged by a cluster that is wrong itself, and that the run is not about', () => {
      const { problems } = beside(ELSEWHERE.replace('peers: 3', 'peers: 0'), ['live']);
      expect(problems).toEqual([]);
    });
  });

  test('is that of the same environment', () => {
    const server = `${SERVER}environments: { dev: {}, live: { alertmanager: null } }\n`;
    const cluster = `${STANDALONE}environments: { dev: { namespace: alerts }, live: { namespace: alerts } }\n`;
    const message = `server.yaml:6: alertmanager: in dev: ${OF_ANOTHER_NAMESPACE.replace('default', 'alerts')}`;
    expect(parsed({ 'server.yaml': server, 'am.yaml': cluster }).problems).toEqual([message]);
    expect(parsed({ 'server.yaml': server, 'am.yaml': cluster }, ['live']).problems).toEqual([]);
  });
});
