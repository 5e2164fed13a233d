import { at, textAt, textListAt, type Manifest } from './manifest.js';

/** A field of a security context for which Pod Security 'restricted' refuses the pod. */
export interface Violation {
  readonly field: readonly string[];
  readonly message: string;
}

/**
 * The fields of a security context that Pod Security 'restricted' refuses.
 *
 * @param isPod whether it is the pod's. A container's must set what the pod's cannot
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */
export function restrictedViolations(context: object, isPod: boolean): Violation[] {
  const given = context as Manifest;
  const refuses = (field: readonly string[], isRefused: boolean, message: string): Violation[] =>
    isRefused ? [{ field, message }] : [];
  const profile = textAt(given, 'seccompProfile', 'type');
  const added = textListAt(given, 'capabilities', 'add').filter((one) => one !== 'NET_BIND_SERVICE');
  return [
    ...refuses(
      ['runAsNonRoot'],
      at(given, 'runAsNonRoot') === false || (isPod && at(given, 'runAsNonRoot') === undefined),
      'the user may be root',
    ),
    ...refuses(['runAsUser'], at(given, 'runAsUser') === 0, 'the user is root'),
    ...refuses(
      ['seccompProfile'],
      profile === undefined ? isPod : profile !== 'RuntimeDefault' && profile !== 'Localhost',
      'the seccomp profile is neither RuntimeDefault nor Localhost',
    ),
    ...(isPod
      ? refuses(['sysctls'], at(given, 'sysctls') !== undefined, 'sysctls may be unsafe')
      : [
          ...refuses(['privileged'], at(given, 'privileged') === true, 'the container is privileged'),
          ...refuses(
            ['allowPrivilegeEscalation'],
            at(given, 'allowPrivilegeEscalation') !== false,
            'the container may gain privileges',
          ),
          ...refuses(
            ['capabilities', 'drop'],
            !textListAt(given, 'capabilities', 'drop').includes('ALL'),
            'not all capabilities are dropped',
          ),
          ...refuses(
            ['capabilities', 'add'],
            added.length > 0,
            `capabilities are added: ${added.join(', ')}`,
          ),
        ]),
  ];
}
