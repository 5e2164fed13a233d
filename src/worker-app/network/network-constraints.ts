import { isIP } from 'node:net';
import { expected, inspect } from '../../diagnostics/expected.js';
import type { FieldDiagnostic } from '../../diagnostics/diagnostic.js';
import type { FieldPath } from '../../diagnostics/field-path.js';
import { mergeShapes } from '../../kubernetes-shapes/merge-shapes.js';
import type { NetworkPolicyPeer, ServiceFields } from '../../kubernetes-shapes/types.js';
import type { Constraint } from '../../schema/constraint.js';
import type { ResolvedWorkerApp } from '../keys/index.js';
import { metricsRange } from '../ports/port-constraints.js';
import { metricsPortsOfService } from '../ports/metrics-ports-of.js';
import { isRule } from './network-policy.js';

/** The constraints of the Service and of the NetworkPolicy. */
export const NETWORK_CONSTRAINTS: readonly Constraint<ResolvedWorkerApp>[] = [
  {
    reads: ['service', 'metrics.service', 'metrics.monitor', 'metrics.strategy', 'metrics.port', 'ports'],
    problems: service,
  },
  { reads: ['networkPolicy'], problems: networkPolicy },
];

const TYPES = ['ClusterIP', 'NodePort', 'LoadBalancer'];

/** Clients outside the cluster must not reach the metrics ports. */
function service(app: ResolvedWorkerApp): FieldDiagnostic[] {
  const { type = 'ClusterIP', externalIPs = [] } = mergeShapes({}, app.service ?? {}) as ServiceFields;
  if (!TYPES.includes(type))
    return [
      {
        path: ['service', 'type'],
        message: expected(`${TYPES.slice(0, -1).join(', ')} or ${TYPES.at(-1)}`, type),
      },
    ];
  if (type === 'ClusterIP' && externalIPs.length === 0) return [];
  if (metricsRange(app).length > 0 || metricsPortsOfService(app).count === 0) return [];
  const [field, which] =
    type === 'ClusterIP' ? ['externalIPs', 'with external IPs'] : ['type', `of type ${type}`];
  return [
    {
      path: ['service', field],
      message: `a Service ${which} opens the metrics ports of the workers to clients outside the cluster`,
      hint: 'set metrics.service to headless, which moves them to a Service of their own',
    },
  ];
}

function networkPolicy({ networkPolicy: given }: ResolvedWorkerApp): FieldDiagnostic[] {
  if (given === false) return [];
  const { from, metricsFrom, egress = [] } = given;
  return [
    ...peersOf(['networkPolicy', 'from'], from),
    ...peersOf(['networkPolicy', 'metricsFrom'], metricsFrom),
    ...egress.flatMap((one, i) => {
      const path = ['networkPolicy', 'egress', i];
      if (!isRule(one)) return peer(path, one);
      const mixed = (['podSelector', 'namespaceSelector', 'ipBlock'] as const).filter(
        (field) => one[field] !== undefined,
      );
      return [
        ...mixed.map((field) => ({
          path: [...path, field],
          message: 'a rule with to or ports has its peers in to',
          hint: `move ${field} into to`,
        })),
        ...peersOf([...path, 'to'], one.to),
      ];
    }),
  ];
}

/** Kubernetes reads an empty list of peers as everyone. */
function peersOf(path: FieldPath, peers: readonly NetworkPolicyPeer[] | undefined): FieldDiagnostic[] {
  if (peers?.length === 0) {
    const message = 'Kubernetes reads an empty list as everyone';
    return [{ path, message, hint: 'list the peers, or remove it for the default' }];
  }
  return (peers ?? []).flatMap((one, i) => peer([...path, i], one));
}

/** A peer has selectors or a block of addresses. */
function peer(
  path: FieldPath,
  { podSelector, namespaceSelector, ipBlock }: NetworkPolicyPeer,
): FieldDiagnostic[] {
  const hasSelector = podSelector !== undefined || namespaceSelector !== undefined;
  if (ipBlock === undefined)
    return hasSelector
      ? []
      : [{ path, message: 'expected podSelector, namespaceSelector or ipBlock, got an empty map' }];
  if (hasSelector)
    return [
      {
        path: [...path, 'ipBlock'],
        message: 'a peer has either selectors or an ipBlock',
        hint: 'write two peers',
      },
    ];
  return [ipBlock.cidr, ...(ipBlock.except ?? [])].flatMap((cidr, i) => {
    if (isCidr(cidr)) return [];
    const field = i === 0 ? ['cidr'] : ['except', i - 1];
    const message = `expected addresses such as 10.0.0.0/8, got ${inspect(cidr)}`;
    return [{ path: [...path, 'ipBlock', ...field], message }];
  });
}

function isCidr(text: string): boolean {
  const [address = '', length = '', ...more] = text.split('/');
  const bits = { 4: 32, 6: 128 }[isIP(address)];
  return (
    bits !== undefined && more.length === 0 && /^(0|[1-9][0-9]{0,2})$/.test(length) && Number(length) <= bits
  );
}
