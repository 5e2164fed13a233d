import { formatDiagnostic } from '../../src/diagnostics/diagnostic.js';
import { parseValues } from '../../src/values/parse-values.js';

const parsed = (text: string) => {
  const { values, problems, notes } = parseValues([{ file: 'a.yaml', text }]);
  return {
    documents: values.length,
    problems: problems.map(formatDiagnostic),
    notes: notes.map(formatDiagnostic),
  };
};
const shop = 'name: shop\nimage: shop:1\nworkers: 1\n';

describe('a limit of memory with which no container starts is a warning', () => {
  test.each([
    [
      '512m',
      '512m is 0.512 bytes, and no container starts with it; "m" is a thousandth, write 512Mi for mebibytes',
    ],
    ['1.5', '1.5 is 1.5 bytes, and no container starts with it; write 1.5Mi for mebibytes'],
    ['512', '512 is 512 bytes, and no container starts with it; write 512Mi for mebibytes'],
    ['0.1Mi', '0.1Mi is 104857.6 bytes, and no container starts with it; write more, such as 128Mi'],
  ])('%s', (memory, message) => {
    const text = `${shop}resources:\n  requests: { memory: 0 }\n  limits: { memory: '${memory}' }\n`;
    const { notes } = parseValues([{ file: 'a.yaml', text }]);
    expect(notes.map((one) => `${one.severity}: ${formatDiagnostic(one)}`)).toEqual([
      `warning: a.yaml:6: resources.limits.memory: ${message}`,
    ]);
  });

  test('also of a sidecar', () => {
    const text = `${shop}sidecars: { x: { image: 'a:1', resources: { limits: { memory: 512m } } } }\n`;
    expect(parsed(text).notes).toEqual([expect.stringContaining('and no container starts with it')]);
  });
});

describe('an amount without its unit is a warning:', () => {
  test.each([
    ['requests: { memory: 512 }', 'requests.memory: 512 is 512 bytes, and no process needs so little; write 512Mi for mebibytes'],
    ['requests: { memory: 1000000 }', 'requests.memory: 1000000 is 1000000 bytes, and no process needs so little; write more, such as 128Mi'],
    ['requests: { memory: 512m }', 'requests.memory: 512m is 0.512 bytes, and no process needs so little; "m" is a thousandth, write 512Mi for mebibytes'],
    ['requests: { cpu: 500 }', 'requests.cpu: 500 is 500 CPUs, more than most nodes have; write 500m for thousandths of a CPU'],
    ["limits: { cpu: '1000' }", 'limits.cpu: 1000 is 1000 CPUs, more than most nodes have; write 1000m for thousandths of a CPU'],
  ])('%s', (resources, message) => {
    const { notes } = parseValues([{ file: 'a.yaml', text: `${shop}resources: { ${resources} }\n` }]);
    expect(notes.map((one) => `${one.severity}: ${formatDiagnostic(one)}`)).toEqual([
      `warning: a.yaml:4: resources.${message}`,
    ]);
  }); // prettier-ignore

  test.each([
    'requests: { cpu: 64, memory: 0 }',
    "limits: { cpu: '1e1', memory: 1Mi }",
    'limits: { cpu: 500m }',
  ])('and %s is none', (resources) => {
    expect(parsed(`${shop}resources: { ${resources} }\n`)).toMatchObject({ problems: [], notes: [] });
  });
});

describe('a fraction of a byte, which Kubernetes accepts with a warning, is accepted with a note', () => {
  test.each([
    ['1.6Gi', '1.6Gi is 1717986918.4 bytes, and Kubernetes warns of a fraction of a byte; write 1639Mi'],
    ['1717986918400m', '1717986918400m is 1717986918.4 bytes, and Kubernetes warns of a fraction of a byte; write 1639Mi'],
  ])('a limit of memory of %s', (memory, note) => {
    const text = `${shop}resources:\n  requests: { memory: 0 }\n  limits: { memory: '${memory}' }\n`;
    expect(parsed(text)).toEqual({ documents: 1, problems: [], notes: [`a.yaml:6: resources.limits.memory: ${note}`] });
  });

  test.each([
    ['a request of memory, whose double is the default limit', `${shop}resources: { requests: { memory: 512m } }\n`, ['a.yaml:4: resources.requests.memory: 512m']],
    ['ephemeral storage', `${shop}resources: { limits: { ephemeral-storage: 1.7Gi } }\n`, ['a.yaml:4: resources.limits.ephemeral-storage: 1.7Gi']],
    ['a value of one environment', `${shop}environments:\n  dev: { resources: { limits: { memory: 1.6Gi } } }\n`, ['a.yaml:5: environments.dev.resources.limits.memory: 1.6Gi']],
    ['a value of all environments, once', `${shop}resources: { limits: { memory: 1.6Gi } }\nenvironments: { a: {}, b: {} }\n`, ['a.yaml:4: resources.limits.memory: 1.6Gi']],
    [
      'memory and volumes of an Alertmanager',
      'kind: AlertmanagerCluster\nname: am\npeers: 3\nconfig: { route: { receiver: a }, receivers: [{ name: a }] }\nresources: { limits: { memory: 1.6Gi } }\nstorage: { size: 1.6Gi }\n',
      ['a.yaml:5: resources.limits.memory: 1.6Gi', 'a.yaml:6: storage.size: 1.6Gi'],
    ],
    [
      'memory and volumes of a Prometheus, and memory of its git-sync',
      'kind: PrometheusServer\nname: p\nresources: { limits: { memory: 1.6Gi } }\nstorage: { size: 1.6Gi }\ngit:\n  repository: https://git.example.com/a.git\n  branch: main\n  resources: { limits: { memory: 0.3Gi } }\n',
      ['a.yaml:4: storage.size: 1.6Gi', 'a.yaml:3: resources.limits.memory: 1.6Gi', 'a.yaml:8: git.resources.limits.memory: 0.3Gi'],
    ],
  ])('%s', (_, text, beginnings) => {
    const { problems, notes } = parsed(text);
    expect(problems).toEqual([]);
    expect(notes.map((note) => note.replace(/ is .*/, ''))).toEqual(beginnings);
  });

  test.each(['0m', '2000000000m', '1.5Gi', '2048.5Ki', '1e9', '1500.5M'])('and without one for %s, which is whole', (memory) => {
    const text = `${shop}resources:\n  requests: { memory: 0 }\n  limits: { memory: ${memory} }\n`;
    expect(parsed(text)).toEqual({ documents: 1, problems: [], notes: [] });
  });
}); // prettier-ignore
