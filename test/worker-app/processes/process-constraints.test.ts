import { diagnosticsOf } from '../../diagnostics-of.js';
import { WORKER } from './process-objects.js';

describe('keys of a process are checked as those of the web pods are', () => {
  test.each([
    [
      'a container as root',
      { containerSecurityContext: { runAsUser: 0 } },
      'containerSecurityContext.runAsUser',
    ],
    [
      'two budgets',
      { podDisruptionBudget: { minAvailable: 1, maxUnavailable: 1 } },
      'podDisruptionBudget.minAvailable',
    ],
    ['a probe without a handler', { probes: { liveness: { periodSeconds: 5 } } }, 'probes.liveness'],
    ['a volume without a source', { volumes: { a: { mountPath: '/a' } } }, 'volumes.a'],
    ['two mounts at one path', { files: { '/tmp': 'a' } }, 'files./tmp'],
    ['variables in a circle', { env: { A: '$(B)', B: '$(A)' } }, 'env.A'],
    [
      'a request above its limit',
      { resources: { requests: { cpu: 2 }, limits: { cpu: 1 } } },
      'resources.requests.cpu',
    ],
    ['replicas beside an autoscaler', { replicas: 2, autoscaling: { maxReplicas: 3 } }, 'replicas'],
    ['a port that it does not have', { ports: { http: 80 }, metrics: { port: 'htpp' } }, 'metrics.port'],
    ['two equal ports of the Service', { ports: { a: 80, b: 80 } }, 'ports.b'],
    [
      'a label over its selector',
      { podLabels: { 'app.kubernetes.io/name': 'a' } },
      'podLabels.app.kubernetes.io/name',
    ],
    ['an unknown key', { comand: ['a'] }, 'comand'],
  ])('%s', (_, process, key) => {
    const [only, ...others] = diagnosticsOf({ processes: { worker: { ...WORKER, ...process } } } as never);
    expect(others).toEqual([]);
    expect(only?.replaceAll('"', '')).toContain(`processes.worker.${key}`);
  });

  test('a problem of the application is reported once', () => {
    expect(
      diagnosticsOf({ volumes: { a: { mountPath: '/a' } }, processes: { worker: WORKER } } as never),
    ).toHaveLength(1);
  });

  test('its user may differ from the application’s', () => {
    const process = { ...WORKER, podSecurityContext: { runAsUser: 7 } };
    expect(diagnosticsOf({ runAsUser: 33, processes: { worker: process } })).toEqual([]);
  });
});
describe('a claim of one node', () => {
  const volumes = { media: { claim: { size: '1Gi' }, mountPath: '/media' } };
  const WARNING =
    'warning: volumes.media.claim: ReadWriteOnce binds the volume to one node, and processes.worker mounts it, too: a pod on another node does not start; set accessModes: [ReadWriteMany] if the storage class has it, volumes: { media: null } where it is not needed, or an affinity that holds the pods on one node';

  test('is warned of where a process mounts it, too', () => {
    expect(diagnosticsOf({ volumes, processes: { worker: WORKER } })).toEqual([WARNING]);
  });

  test.each([
    ['the process does not have it', { volumes, processes: { worker: { ...WORKER, volumes: { media: null } } } }],
    ['a nodeSelector holds all pods on one node', { volumes, nodeSelector: { node: 'a' }, processes: { worker: WORKER } }],
    ['it is for many nodes', { volumes: { media: { claim: { size: '1Gi', accessModes: ['ReadWriteMany'] }, mountPath: '/m' } }, processes: { worker: WORKER } }],
  ])('is not where %s', (_, props) => {
    expect(diagnosticsOf(props as never)).toEqual([]);
  }); // prettier-ignore

  test('for one pod alone is refused then', () => {
    const claim = { size: '1Gi', accessModes: ['ReadWriteOncePod'] };
    expect(
      diagnosticsOf({ volumes: { media: { claim, mountPath: '/m' } }, processes: { worker: WORKER } }),
    ).toEqual([
      'error: volumes.media.claim.accessModes: ReadWriteOncePod gives the volume to one pod, and processes.worker mounts it, too: the others never start; set volumes: { media: null } where it is not needed, or another mode',
    ]);
  });

  test('keeps its size in processes: they mount the same claim', () => {
    const process = { ...WORKER, volumes: { media: { claim: { size: '2Gi' } } } };
    expect(diagnosticsOf({ volumes: { media: { claim: { size: '1Gi', accessModes: ['ReadWriteMany'] }, mountPath: '/m' } }, processes: { worker: process } })).toEqual([
      'error: processes.worker.volumes.media.claim: the claim is that of the application; remove it, or choose another name for the volume',
    ]);
  }); // prettier-ignore
});
