import { describe, expect, test } from '@jest/globals';
import { diagnosticsOf } from '../diagnostics-of.js';

/** A complete security context that 'restricted' accepts. */
const SAFE = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
const container = (more: object) => ({ image: 'a:1', ...more });

/** Keys and messages of the notes about Pod Security, with the level that accepts the pods. */
function notes(props: object): string[] {
  return diagnosticsOf(props).flatMap((line) => {
    const [, found, level] =
      /^note: (.*): a namespace that enforces Pod Security 'restricted' refuses the pods; remove it, or label that namespace pod-security.kubernetes.io\/enforce: (.*)$/.exec(
        line,
      ) ?? [];
    return found === undefined ? [] : [`${found} (${level})`];
  });
}

const SECCOMP = 'the seccomp profile is neither RuntimeDefault nor Localhost';
const APP_ARMOR = 'container.apparmor.security.beta.kubernetes.io/app';
const HOST = 'the kubelet connects to another host (refused from Kubernetes 1.34 on)';

describe("a namespace that enforces Pod Security 'restricted' refuses", () => {
  test.each<[object, string]>([
    [{ podSecurityContext: { runAsNonRoot: false } }, 'podSecurityContext.runAsNonRoot: the user may be root (baseline)'],
    [{ podSecurityContext: { runAsNonRoot: null } }, 'podSecurityContext.runAsNonRoot: the user may be root (baseline)'],
    [{ podSecurityContext: { seccompProfile: null } }, `podSecurityContext.seccompProfile: ${SECCOMP} (baseline)`],
    [{ podSecurityContext: { seccompProfile: { type: 'Unconfined' } } }, `podSecurityContext.seccompProfile: ${SECCOMP} (privileged)`],
    [{ podSecurityContext: { sysctls: [{ name: 'kernel.msgmax', value: '1' }] } }, 'podSecurityContext.sysctls: sysctls may be unsafe (privileged)'],
    [{ podSecurityContext: { seLinuxOptions: { type: 'spc_t' } } }, 'podSecurityContext.seLinuxOptions: SELinux has another user, role or type than for containers (privileged)'],
    [{ containerSecurityContext: { seLinuxOptions: { role: 'r' } } }, 'containerSecurityContext.seLinuxOptions: SELinux has another user, role or type than for containers (privileged)'],
    [{ containerSecurityContext: { privileged: true } }, 'containerSecurityContext.privileged: the container is privileged (privileged)'],
    [{ containerSecurityContext: { capabilities: { add: ['CHOWN'] } } }, 'containerSecurityContext.capabilities.add: capabilities are added: CHOWN (baseline)'],
    [{ containerSecurityContext: { capabilities: { add: ['NET_ADMIN'] } } }, 'containerSecurityContext.capabilities.add: capabilities are added: NET_ADMIN (privileged)'],
    [{ containerSecurityContext: { capabilities: { drop: [] } } }, 'containerSecurityContext.capabilities.drop: not all capabilities are dropped (baseline)'],
    [{ containerSecurityContext: { procMount: 'Unmasked' } }, 'containerSecurityContext.procMount: the container sees more of /proc (privileged)'],
    [{ podAnnotations: { [APP_ARMOR]: 'unconfined' } }, `podAnnotations.${APP_ARMOR}: the AppArmor profile is neither runtime/default nor localhost/… (privileged)`],
    ...['hostNetwork', 'hostPID', 'hostIPC'].map((field): [object, string] => [
      { podSpec: { [field]: true } },
      `podSpec.${field}: the pods share a namespace of the node (privileged)`,
    ]),
    [{ volumes: { logs: { hostPath: { path: '/var/log' }, mountPath: '/logs' } } }, 'volumes.logs.hostPath: a volume of the type hostPath (privileged)'],
    [{ volumes: { media: { nfs: { server: 'a', path: '/' }, mountPath: '/media' } } }, 'volumes.media.nfs: a volume of the type nfs (baseline)'],
    [{ probes: { readiness: { tcpSocket: { port: 80, host: 'a' } } } }, `probes.readiness.tcpSocket.host: ${HOST} (privileged)`],
    [{ lifecycle: { preStop: { httpGet: { port: 80, host: 'a' } } } }, `lifecycle.preStop.httpGet.host: ${HOST} (privileged)`],
    [{ sidecars: { a: container({ ports: [{ containerPort: 1, hostPort: 1 }] }) } }, 'sidecars.a.ports[0].hostPort: a port of the node (privileged)'],
    [{ sidecars: { a: container({ livenessProbe: { httpGet: { port: 1, host: 'a' } } }) } }, `sidecars.a.livenessProbe.httpGet.host: ${HOST} (privileged)`],
    [{ sidecars: { a: container({ native: false, securityContext: { ...SAFE, privileged: true } }) } }, 'sidecars.a.securityContext.privileged: the container is privileged (privileged)'],
    [{ initContainers: { a: container({ securityContext: { ...SAFE, seccompProfile: { type: 'Unconfined' } } }) } }, `initContainers.a.securityContext.seccompProfile: ${SECCOMP} (privileged)`],
    [{ processes: { celery: { args: ['worker'], volumes: { logs: { hostPath: { path: '/var/log' }, mountPath: '/logs' } } } } }, 'processes.celery.volumes.logs.hostPath: a volume of the type hostPath (privileged)'],
    [{ processes: { celery: { args: ['worker'], podSecurityContext: { runAsNonRoot: false } } } }, 'processes.celery.podSecurityContext.runAsNonRoot: the user may be root (baseline)'],
    [{ volumes: { logs: { hostPath: { path: '/var/log' }, mountPath: '/logs' } }, processes: { celery: { args: ['worker'] } } }, 'volumes.logs.hostPath: a volume of the type hostPath (privileged)'],
  ])('%j', (props, note) => {
    expect(notes(props)).toEqual([note]);
  }); // prettier-ignore

  test('each field of a security context that a container has of its own', () => {
    expect(notes({ initContainers: { a: container({ securityContext: { runAsUser: 0 } }) } })).toEqual([
      'initContainers.a.securityContext.runAsUser: the user is root (baseline)',
      'initContainers.a.securityContext.allowPrivilegeEscalation: the container may gain privileges (baseline)',
      'initContainers.a.securityContext.capabilities.drop: not all capabilities are dropped (baseline)',
    ]);
  });
});

test.each<[object]>([
  [{}],
  [{ containerSecurityContext: { capabilities: { add: ['NET_BIND_SERVICE'] } }, podSecurityContext: { fsGroup: 1 } }],
  [{ podSecurityContext: { sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }] } }],
  [{ podSecurityContext: { seccompProfile: null }, containerSecurityContext: { seccompProfile: { type: 'Localhost', localhostProfile: 'a' } } }],
  [{ podSecurityContext: { seLinuxOptions: { type: 'container_t', level: 's0:c1,c2' } } }],
  [{ podAnnotations: { [APP_ARMOR]: 'runtime/default' } }],
  [{ volumes: { a: { claim: { size: '1Gi' }, mountPath: '/a' }, b: { secret: { secretName: 'b' }, mountPath: '/b' }, c: { csi: { driver: 'c' } } } }],
  [{ initContainers: { a: container({ securityContext: SAFE, ports: [{ containerPort: 1 }] }) }, sidecars: { b: container({}) } }],
])("a namespace that enforces Pod Security 'restricted' accepts %j", (props) => {
  expect(notes(props)).toEqual([]);
}); // prettier-ignore
