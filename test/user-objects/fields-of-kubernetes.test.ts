import { App, Chart } from 'cdk8s';
import { formatDiagnostic, placed } from '../../src/diagnostics/diagnostic.js';
import { WorkerApp } from '../../src/worker-app/worker-app.js';
import type { WorkerAppProps } from '../../src/worker-app/worker-app-props.js';
import { UserObjects } from '../../src/user-objects/user-objects.js';

const SHOP = { name: 'shop', image: 'example.com/shop:v1', workers: 2 };
const DEPLOYMENT = { kind: 'Deployment', name: 'shop' };

/** The warnings and errors about the additions to an application. */
function diagnosticsOf({ objects, patches }: Pick<WorkerAppProps, 'objects' | 'patches'>): string[] {
  const app = new WorkerApp(new Chart(new App(), 'chart'), 'app', SHOP);
  const { diagnostics } = new UserObjects(app, 'more', {
    name: 'shop',
    labels: {},
    objects,
    patches,
  } as never);
  return diagnostics.map((found) => `${found.severity ?? 'error'}: ${formatDiagnostic(placed(found, {}))}`);
}

const merged = (spec: object) => diagnosticsOf({ patches: [{ target: DEPLOYMENT, merge: { spec } }] });
const inPod = (spec: object) => merged({ template: { spec } });

describe('a field of Kubernetes that is mistyped is a warning', () => {
  test.each([
    [
      'in a patch',
      { replica: 3, template: { spec: { hostNetwrok: true } } },
      [
        'warning: patches[0].merge.spec.replica: a DeploymentSpec of Kubernetes 1.28 has no such field; did you mean "replicas"?',
        'warning: patches[0].merge.spec.template.spec.hostNetwrok: a PodSpec of Kubernetes 1.28 has no such field; did you mean "hostNetwork"?',
      ],
    ],
    [
      'in an item of a list',
      { template: { spec: { containers: [{ name: 'a', imagePullpolicy: 'Always' }] } } },
      [
        'warning: patches[0].merge.spec.template.spec.containers[0].imagePullpolicy: a Container of Kubernetes 1.28 has no such field; did you mean "imagePullPolicy"?',
      ],
    ],
  ])('%s', (_, spec, messages) => {
    expect(merged(spec)).toEqual(expect.arrayContaining(messages));
    expect(merged(spec).filter((message) => !message.startsWith('note'))).toHaveLength(messages.length);
  });

  test('in a JSON Patch: in its path, or in its value', () => {
    const container = '/spec/template/spec/containers/0';
    const json = [
      { op: 'add', path: '/spec/template/spec/hostNetwrok', value: true },
      { op: 'add', path: `${container}/env/-`, value: { name: 'A', valu: 'b' } },
      { op: 'add', path: `${container}/resources/limits/example.com~1gpu`, value: 1 },
    ] as const;
    expect(diagnosticsOf({ patches: [{ target: DEPLOYMENT, json }] })).toEqual([
      'warning: patches[0].json[0].path: a PodSpec of Kubernetes 1.28 has no such field; did you mean "hostNetwork"?',
      'warning: patches[0].json[1].value.valu: an EnvVar of Kubernetes 1.28 has no such field; did you mean "value"?',
    ]);
  });

  test('in the pods of a StatefulSet', () => {
    const template = { spec: { containers: [{ name: 'a', image: 'a', volumeMount: [], stdin: null }] } };
    const spec = { template, replicas: '2' };
    const set = { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'a' }, spec };
    expect(diagnosticsOf({ objects: [set] })).toEqual([
      'warning: objects[0].spec.template.spec.containers[0].volumeMount: a Container of Kubernetes 1.28 has no such field; did you mean "volumeMounts"?',
      'error: objects[0].spec.replicas: expected a whole number, got "2"; remove the quotes',
    ]);
  });

  test('in an object', () => {
    const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' }, spec: { port: [] } };
    expect(diagnosticsOf({ objects: [service] })).toEqual([
      'warning: objects[0].spec.port: a ServiceSpec of Kubernetes 1.28 has no such field; did you mean "ports"?',
    ]);
  });
});

test.each([
  { securityContext: { supplementalGroupsPolicy: 'Strict', appArmorProfile: { type: 'RuntimeDefault' } } },
  { hostnameOverride: 'a', resources: { limits: { cpu: 1 } }, aFutureField: { of: 'any kind' } },
  { volumes: [{ name: 'a', image: { reference: 'b' } }] },
  { nodeSelector: { replica: 'a' }, hostNetwork: null },
  { priority: '${PRIORITY}', tolerations: [{ tolerationSeconds: '${SECONDS:=60}' }] }, // Flux replaces them
])('a patch may set %j, also if Kubernetes 1.28 does not have it', (pod) => {
  expect(inPod(pod)).toEqual([]);
});

test.each([
  [{ hostNetwork: 'yes' }, 'hostNetwork: expected true or false, got "yes"'],
  [{ tolerations: 'all' }, 'tolerations: expected a list, got "all"'],
  [
    { nodeSelector: { ssd: true } },
    'nodeSelector.ssd: expected text, got true; put it in quotes, as you wrote it',
  ],
])('a value of the wrong type in a patch is refused: %j', (pod, message) => {
  expect(inPod(pod)).toEqual([`error: patches[0].merge.spec.template.spec.${message}`]);
});
