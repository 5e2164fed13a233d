import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { toYaml } from '../../src/output/to-yaml.js';
import { ControlPlane } from './cluster/control-plane.js';
import { addNamespace } from './cluster/prepare.js';
import { synthesized } from './manifest-set.js';

const APP = { name: 'web', namespace: 'restricted', image: 'example.com/web:v1', workers: 2 };
const tool = (securityContext: object) => ({ tool: { image: 'example.com/tool:v1', securityContext } });

/** Values that Pod Security may refuse. */
const VALUES = {
  nothing: {},
  'a privileged container': {
    containerSecurityContext: { privileged: true, allowPrivilegeEscalation: true },
  },
  'privilege escalation': { containerSecurityContext: { allowPrivilegeEscalation: true } },
  'a capability': { containerSecurityContext: { capabilities: { add: ['SYS_PTRACE'] } } },
  'the capability that restricted allows': {
    containerSecurityContext: { capabilities: { add: ['NET_BIND_SERVICE'] } },
  },
  'no dropped capabilities': { containerSecurityContext: { capabilities: null } },
  'a root folder that can be written': { containerSecurityContext: { readOnlyRootFilesystem: false } },
  'a container that may be root': { containerSecurityContext: { runAsNonRoot: false } },
  'pods that may be root': { podSecurityContext: { runAsNonRoot: null } },
  'pods that are root': { podSecurityContext: { runAsUser: 0, runAsNonRoot: false } },
  'no seccomp profile': { podSecurityContext: { seccompProfile: null } },
  'an unconfined seccomp profile': { podSecurityContext: { seccompProfile: { type: 'Unconfined' } } },
  'a user of SELinux': { podSecurityContext: { seLinuxOptions: { user: 'system_u' } } },
  'a type of SELinux for containers': {
    podSecurityContext: { seLinuxOptions: { type: 'container_t', level: 's0' } },
  },
  'another type of SELinux': { containerSecurityContext: { seLinuxOptions: { type: 'spc_t' } } },
  'a safe sysctl': { podSecurityContext: { sysctls: [{ name: 'net.ipv4.tcp_syncookies', value: '1' }] } },
  'an unsafe sysctl': { podSecurityContext: { sysctls: [{ name: 'kernel.msgmax', value: '65536' }] } },
  'the network of the node': { podSpec: { hostNetwork: true } },
  'the processes of the node': { podSpec: { hostPID: true } },
  'a folder of the node': { volumes: { logs: { hostPath: { path: '/var/log' }, mountPath: '/logs' } } },
  'a claim': { volumes: { data: { claim: { size: '1Gi' }, mountPath: '/data' } } },
  'a network file system': {
    volumes: { data: { nfs: { server: 'nfs.example.com', path: '/data' }, mountPath: '/data' } },
  },
  'a sidecar that is root': { sidecars: tool({ runAsUser: 0 }) },
  'a sidecar with a bare security context': { sidecars: tool({}) },
  'an init container that is privileged': { initContainers: tool({ privileged: true }) },
};

let plane: ControlPlane;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'pod-security-'));
  plane = await ControlPlane.start();
  // It warns, and creates the Deployment: only its pods would be refused.
  await addNamespace(plane, APP.namespace, 'restricted');
});

afterAll(async () => {
  await plane?.end();
  rmSync(folder, { recursive: true, force: true });
});

test.each(Object.entries(VALUES))('a note says what Pod Security says of %s', async (name, values) => {
  const { manifests, isRefusedByPodSecurity } = await synthesized(name, { ...APP, ...values });
  const file = path.join(folder, 'web.yaml');
  writeFileSync(file, toYaml(manifests.filter(({ kind }) => kind === 'Deployment')));

  const { exitCode, stderr } = await plane.kubectl.run(
    'apply',
    '--server-side',
    '--dry-run=server',
    '--filename',
    file,
  );

  expect(exitCode === 0 ? '' : stderr).toBe('');
  expect({ stderr, isRefused: stderr.includes('would violate PodSecurity') }).toMatchObject({
    isRefused: isRefusedByPodSecurity,
  });
});
