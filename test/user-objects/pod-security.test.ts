import { App, Chart } from 'cdk8s';
import { formatDiagnostic, placed } from '../../src/diagnostics/diagnostic.js';
import { WorkerApp } from '../../src/worker-app/worker-app.js';
import { shopWith } from '../a-worker-app.js';
import { diagnosticsOf } from '../diagnostics-of.js';

const PROCESS = { processes: { mail: { command: ['mail'] } } };
const NODE = 'the pods share a namespace of the node';
const HOST = 'the kubelet connects to another host (refused from Kubernetes 1.34 on)';
const SECCOMP = 'the seccomp profile is neither RuntimeDefault nor Localhost';
const APP_ARMOR = 'container.apparmor.security.beta.kubernetes.io/app';

/** Places and messages of the notes about Pod Security on patches, with the level that accepts the pods. */
function notes(...patches: object[]): string[] {
  return notesOn({ ...PROCESS, patches });
}

function notesOn(props: object): string[] {
  const { userObjects } = new WorkerApp(new Chart(new App(), 'chart'), 'app', shopWith({ ...props }));
  const ofPatches = (userObjects?.diagnostics ?? []).map(
    (found) => `${found.severity ?? 'error'}: ${formatDiagnostic(placed(found, {}))}`,
  );
  return [...diagnosticsOf(props), ...ofPatches].flatMap((line) => {
    const [, found, level] =
      /^note: (.*): a namespace that enforces Pod Security 'restricted' refuses the pods; remove it, or label that namespace pod-security.kubernetes.io\/enforce: (.*)$/.exec(
        line,
      ) ?? [];
    return found === undefined ? [] : [`${found} (${level})`];
  });
}

const deployment = (pod: object, name = 'shop') => ({
  target: { kind: 'Deployment', name },
  merge: { spec: { template: { spec: pod } } },
});
const json = (...operations: object[]) => ({
  target: { kind: 'Deployment', name: 'shop' },
  json: operations,
});
const SAFE = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
const inContainer = (context: object, more = {}) =>
  deployment({ containers: [{ name: 'app', image: 'a:1', securityContext: { ...SAFE, ...context }, ...more }] }); // prettier-ignore

// https://kubernetes.io/docs/concepts/security/pod-security-standards/
test.each<[object, string, string]>([
  ...['hostNetwork', 'hostPID', 'hostIPC'].map((field): [object, string, string] => [deployment({ [field]: true }), field, `${NODE} (privileged)`]),
  [deployment({ securityContext: { runAsNonRoot: false } }), 'securityContext.runAsNonRoot', 'the user may be root (baseline)'],
  [deployment({ securityContext: { runAsNonRoot: null } }), 'securityContext.runAsNonRoot', 'the user may be root (baseline)'],
  [deployment({ securityContext: { runAsUser: 0 } }), 'securityContext.runAsUser', 'the user is root (baseline)'],
  [deployment({ securityContext: { seccompProfile: { type: 'Unconfined' } } }), 'securityContext.seccompProfile', `${SECCOMP} (privileged)`],
  [deployment({ securityContext: { seccompProfile: null } }), 'securityContext.seccompProfile', `${SECCOMP} (baseline)`],
  [deployment({ securityContext: { appArmorProfile: { type: 'Unconfined' } } }), 'securityContext.appArmorProfile', 'the AppArmor profile is neither RuntimeDefault nor Localhost (privileged)'],
  [deployment({ securityContext: { seLinuxOptions: { user: 'root' } } }), 'securityContext.seLinuxOptions', 'SELinux has another user, role or type than for containers (privileged)'],
  [deployment({ securityContext: { windowsOptions: { hostProcess: true } } }), 'securityContext.windowsOptions.hostProcess', 'the container is a process of the node (privileged)'],
  [deployment({ securityContext: { sysctls: [{ name: 'kernel.msgmax', value: '1' }] } }), 'securityContext.sysctls', 'sysctls may be unsafe (privileged)'],
  [deployment({ volumes: [{ name: 'tmp', hostPath: { path: '/' } }] }), 'volumes[0].hostPath', 'a volume of the type hostPath (privileged)'],
  [deployment({ volumes: [{ name: 'tmp', nfs: { server: 'a', path: '/' } }] }), 'volumes[0].nfs', 'a volume of the type nfs (baseline)'],
  [inContainer({ privileged: true }), 'containers[0].securityContext.privileged', 'the container is privileged (privileged)'],
  [inContainer({ allowPrivilegeEscalation: true }), 'containers[0].securityContext.allowPrivilegeEscalation', 'the container may gain privileges (baseline)'],
  [inContainer({ capabilities: { drop: ['ALL'], add: ['SYS_TIME'] } }), 'containers[0].securityContext.capabilities.add', 'capabilities are added: SYS_TIME (privileged)'],
  [inContainer({ capabilities: { drop: ['KILL'] } }), 'containers[0].securityContext.capabilities.drop', 'not all capabilities are dropped (baseline)'],
  [inContainer({ procMount: 'Unmasked' }), 'containers[0].securityContext.procMount', 'the container sees more of /proc (privileged)'],
  [inContainer({ runAsUser: 0 }), 'containers[0].securityContext.runAsUser', 'the user is root (baseline)'],
  [inContainer({}, { ports: [{ containerPort: 8000, hostPort: 80 }] }), 'containers[0].ports[0].hostPort', 'a port of the node (privileged)'],
  [inContainer({}, { livenessProbe: { tcpSocket: { port: 8000, host: 'a' } } }), 'containers[0].livenessProbe.tcpSocket.host', `${HOST} (privileged)`],
  [deployment({ initContainers: [{ name: 'a', image: 'a:1' , securityContext: { ...SAFE, privileged: true } }] }), 'initContainers[0].securityContext.privileged', 'the container is privileged (privileged)'],
])("a patch after which 'restricted' refuses the pods is a note: %j", (patch, field, note) => {
  expect(notes(patch)).toEqual([`patches[0].merge.spec.template.spec.${field}: ${note}`]);
}); // prettier-ignore

test('an annotation, a process, a cron job and a JSON Patch are judged, too', () => {
  const merge = { spec: { template: { metadata: { annotations: { [APP_ARMOR]: 'unconfined' } } } } };
  expect(notes({ target: { kind: 'Deployment', name: 'shop' }, merge })).toEqual([
    `patches[0].merge.spec.template.metadata.annotations.${APP_ARMOR}: the AppArmor profile is neither runtime/default nor localhost/… (privileged)`,
  ]);
  expect(notes(deployment({ hostPID: true }, 'shop-mail'))).toEqual([
    `patches[0].merge.spec.template.spec.hostPID: ${NODE} (privileged)`,
  ]);
  const ofJob = { spec: { jobTemplate: { spec: { template: { spec: { hostIPC: true } } } } } };
  expect(
    notesOn({
      cronJobs: { clear: { command: ['clear'], schedule: '0 3 * * *' } },
      patches: [{ target: { kind: 'CronJob', name: 'shop-clear' }, merge: ofJob }],
    }),
  ).toEqual([
    `patches[0].merge.spec.jobTemplate.spec.template.spec.hostIPC: ${NODE} (privileged)`,
  ]);
  expect(
    notes(
      json(
        { op: 'replace', path: '/spec/replicas', value: 2 },
        { op: 'add', path: '/spec/template/spec/hostPID', value: true },
        { op: 'add', path: '/spec/template/spec/containers/0/securityContext/privileged', value: true },
        { op: 'add', path: '/spec/template/spec/containers/-', value: { name: 'b', image: 'b:1', securityContext: { ...SAFE, runAsUser: 0 } } },
      ),
    ),
  ).toEqual([
    `patches[0].json[1]: ${NODE} (privileged)`,
    'patches[0].json[2]: the container is privileged (privileged)',
    'patches[0].json[3]: the user is root (baseline)',
  ]);
}); // prettier-ignore

test('only the patch that brings the field is noted, and no patch for a field that a key has', () => {
  const other = deployment({ schedulerName: 'other' });
  expect(notes(other, deployment({ hostPID: true }), other, deployment({ hostPID: true, dnsPolicy: 'Default' }))).toEqual([
    `patches[1].merge.spec.template.spec.hostPID: ${NODE} (privileged)`,
  ]);
  expect(notesOn({ podSpec: { hostPID: true }, patches: [other] })).toEqual([`podSpec.hostPID: ${NODE} (privileged)`]);
  expect(notes(json({ op: 'add', path: '/spec/template/spec/initContainers', value: [{ name: 'first', image: 'a:1', securityContext: SAFE }] }))).toEqual([]);
}); // prettier-ignore

test('no note on a field that the Namespace in objects accepts', () => {
  const namespace = (level: string, name = 'web') => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { 'pod-security.kubernetes.io/enforce': level } },
  });
  const props = {
    namespace: 'web',
    podSecurityContext: { runAsNonRoot: false },
    ...PROCESS,
    patches: [deployment({ hostPID: true }, 'shop-mail'), inContainer({ allowPrivilegeEscalation: true })],
  };
  const user = 'podSecurityContext.runAsNonRoot: the user may be root (baseline)';
  const host = `patches[0].merge.spec.template.spec.hostPID: ${NODE} (privileged)`;
  const gains = 'patches[1].merge.spec.template.spec.containers[0].securityContext.allowPrivilegeEscalation: the container may gain privileges (baseline)';
  const on = (...objects: object[]) => notesOn({ ...props, objects });
  expect(on(namespace('privileged'))).toEqual([]);
  expect(on(namespace('baseline'))).toEqual([host]);
  expect(on(namespace('restricted'))).toEqual([user, host, gains]);
  expect(on(namespace('privileged', 'other'))).toEqual([user, host, gains]);
}); // prettier-ignore
