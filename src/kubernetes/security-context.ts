import type { FieldPath } from '../diagnostics/field-path.js';
import { at, listAt, textAt, textListAt } from './manifest.js';

/** A field for which a namespace that enforces Pod Security 'restricted' refuses the pods. */
export interface Violation {
  /** Its path in the pod or the container. */
  readonly field: FieldPath;
  readonly message: string;
  /** The strictest level that accepts the field. */
  readonly level: 'baseline' | 'privileged';
}

// The standards as Kubernetes 1.34 checks them. Earlier versions accept fewer sysctls, and any host of a probe.
// https://kubernetes.io/docs/concepts/security/pod-security-standards/

const SYSCTLS = new Set<unknown>([
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.tcp_wmem',
]);

/** Capabilities that 'baseline' lets a container add. */
const BASELINE_CAPABILITIES = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]);

const PROFILES = new Set<unknown>(['RuntimeDefault', 'Localhost']);
const SE_LINUX_TYPES = new Set<unknown>([
  '',
  'container_t',
  'container_init_t',
  'container_kvm_t',
  'container_engine_t',
]);

/** The fields of the security context of a container that 'restricted' refuses. */
export function containerContextViolations(context: unknown): Violation[] {
  const added = textListAt(context, 'capabilities', 'add').filter((one) => one !== 'NET_BIND_SERVICE');
  const procMount = at(context, 'procMount');
  const own: Violation[] = [
    ...refused(
      ['privileged'],
      at(context, 'privileged') === true,
      'the container is privileged',
      'privileged',
    ),
    ...refused(
      ['allowPrivilegeEscalation'],
      at(context, 'allowPrivilegeEscalation') !== false,
      'the container may gain privileges',
    ),
    ...refused(
      ['capabilities', 'drop'],
      !textListAt(context, 'capabilities', 'drop').includes('ALL'),
      'not all capabilities are dropped',
    ),
    ...refused(
      ['capabilities', 'add'],
      added.length > 0,
      `capabilities are added: ${added.join(', ')}`,
      added.every((one) => BASELINE_CAPABILITIES.has(one)) ? 'baseline' : 'privileged',
    ),
    ...refused(
      ['procMount'],
      isSet(procMount) && procMount !== 'Default',
      'the container sees more of /proc',
      'privileged',
    ),
  ];
  return [
    ...contextViolations(context),
    ...own.map((one) => ({ ...one, field: ['securityContext', ...one.field] })),
  ];
}

/** The fields of the security context of a pod that 'restricted' refuses. */
export function podContextViolations(context: unknown): Violation[] {
  return [
    ...contextViolations(context),
    ...refused(
      ['securityContext', 'sysctls'],
      listAt(context, 'sysctls').some(({ name }) => !SYSCTLS.has(name)),
      'sysctls may be unsafe',
      'privileged',
    ),
  ];
}

/** The fields that the security contexts of pods and containers have in common. */
function contextViolations(context: unknown): Violation[] {
  const profile = at(context, 'seccompProfile');
  const appArmor = at(context, 'appArmorProfile');
  const seLinux = at(context, 'seLinuxOptions');
  const found: Violation[] = [
    ...refused(['runAsNonRoot'], at(context, 'runAsNonRoot') === false, 'the user may be root'),
    ...refused(['runAsUser'], at(context, 'runAsUser') === 0, 'the user is root'),
    ...refused(
      ['seccompProfile'],
      isSet(profile) && !PROFILES.has(at(profile, 'type')),
      'the seccomp profile is neither RuntimeDefault nor Localhost',
      'privileged',
    ),
    ...refused(
      ['appArmorProfile'],
      isSet(appArmor) && !PROFILES.has(at(appArmor, 'type')),
      'the AppArmor profile is neither RuntimeDefault nor Localhost',
      'privileged',
    ),
    ...refused(
      ['seLinuxOptions'],
      isSet(seLinux) &&
        (Boolean(textAt(seLinux, 'user')) ||
          Boolean(textAt(seLinux, 'role')) ||
          !SE_LINUX_TYPES.has(at(seLinux, 'type') ?? '')),
      'SELinux has another user, role or type than for containers',
      'privileged',
    ),
    ...refused(
      ['windowsOptions', 'hostProcess'],
      at(context, 'windowsOptions', 'hostProcess') === true,
      'the container is a process of the node',
      'privileged',
    ),
  ];
  return found.map((one) => ({ ...one, field: ['securityContext', ...one.field] }));
}

/** A violation, if the condition is true. */
export function refused(
  field: FieldPath,
  isRefused: boolean,
  message: string,
  level: Violation['level'] = 'baseline',
): Violation[] {
  return isRefused ? [{ field, message, level }] : [];
}

export function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}
