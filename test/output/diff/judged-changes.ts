import type { Manifest } from '../../../src/kubernetes/manifest.js';

/** A change of an object, and the judgement of a real API server: `npm run e2e:cluster -- immutable-fields` asks it. */
export interface JudgedChange {
  /** `Deployment: spec.selector.matchLabels.tier: "a" → "b"` */
  readonly name: string;
  readonly before: Manifest;
  readonly after: Manifest;
  /** The field that the API server refuses to change, as `diff` names it; undefined if it takes the change. */
  readonly refused?: string;
  /** Where it refuses the change, if it takes it elsewhere. */
  readonly only?: string;
}

interface Changes {
  readonly of: Manifest;
  /**
   * The field that is refused → changes: a field, its value before and after. `taken`: the API server takes them. In
   * parentheses: only there.
   */
  readonly changes: Readonly<Record<string, readonly Change[]>>;
}
type Change = readonly [field: string, before: unknown, after: unknown];

const APPS = 'apps/v1';
const RBAC = 'rbac.authorization.k8s.io/v1';
const labels = { app: 'web', tier: 'a' };
const web = { app: 'web' };
const container = { name: 'app', image: 'example.com/web:v1' };
const template = (spec: object = {}) => ({
  metadata: { labels },
  spec: { containers: [container], ...spec },
});
const pods = { selector: { matchLabels: web }, template: template() };
const selectors: readonly Change[] = [
  ['spec.selector.matchLabels.tier', undefined, 'a'],
  ['spec.selector.matchLabels.tier', 'a', undefined],
  ['spec.selector.matchExpressions', undefined, [{ key: 'tier', operator: 'Exists' }]],
];
const templates: readonly Change[] = [
  ['spec.template.metadata.labels.new', undefined, 'a'],
  ['spec.template.metadata.annotations', undefined, { a: 'b' }],
  ['spec.template.spec.containers', [container], [{ ...container, name: 'other' }]],
  ['spec.template.spec.serviceAccountName', 'one', 'two'],
];
const requests = (storage: string) => ({ requests: { storage } });
const claim = { accessModes: ['ReadWriteOnce'], resources: requests('1Gi') };
const claimTemplate = (name: string, spec: object = {}) => [
  { metadata: { name }, spec: { ...claim, ...spec } },
];
const ports = [{ name: 'http', port: 80 }];
const account = (name: string) => [{ kind: 'ServiceAccount', name, namespace: 'default' }];
const roleRef = (name: string, kind = 'ClusterRole') => ({
  apiGroup: 'rbac.authorization.k8s.io',
  kind,
  name,
});
const bindings = (kind: string): Changes => ({
  of: { apiVersion: RBAC, kind, roleRef: roleRef('view'), subjects: account('web') },
  changes: {
    roleRef: [['roleRef', roleRef('view'), roleRef('edit')]],
    taken: [['subjects', account('web'), account('other')]],
  },
});
const data = (value: string) => Buffer.from(value).toString('base64');
const nodeAffinity = (value: string) => {
  const matchExpressions = [{ key: 'zone', operator: 'In', values: [value] }];
  return { required: { nodeSelectorTerms: [{ matchExpressions }] } };
};

const CHANGES: readonly Changes[] = [
  {
    of: { apiVersion: APPS, kind: 'Deployment', spec: pods },
    changes: {
      'spec.selector': selectors,
      'spec.strategy.type (server-side)': [
        ['spec.strategy', undefined, { type: 'Recreate' }],
        ['spec.strategy', { type: 'RollingUpdate' }, { type: 'Recreate' }],
      ],
      taken: [
        ...templates,
        ['metadata.labels', undefined, { a: 'b' }],
        ['spec.replicas', 1, 3],
        ['spec.paused', undefined, true],
        ['spec.minReadySeconds', 1, 2],
        ['spec.progressDeadlineSeconds', undefined, 60],
        ['spec.revisionHistoryLimit', 3, undefined],
        ['spec.strategy', { type: 'Recreate' }, undefined],
        ['spec.strategy', { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } }, { type: 'Recreate' }],
      ],
    },
  },
  {
    of: { apiVersion: APPS, kind: 'ReplicaSet', spec: pods },
    changes: { 'spec.selector': selectors, taken: [...templates, ['spec.replicas', 1, 3]] },
  },
  {
    of: { apiVersion: APPS, kind: 'DaemonSet', spec: pods },
    changes: {
      'spec.selector': selectors,
      taken: [...templates, ['spec.updateStrategy', undefined, { type: 'OnDelete' }]],
    },
  },
  {
    of: { apiVersion: APPS, kind: 'StatefulSet', spec: { ...pods, serviceName: 'web' } },
    changes: {
      'spec.selector': selectors,
      'spec.serviceName': [
        ['spec.serviceName', 'web', 'other'],
        ['spec.serviceName', 'web', undefined],
      ],
      'spec.podManagementPolicy': [
        ['spec.podManagementPolicy', undefined, 'Parallel'],
        ['spec.podManagementPolicy', 'Parallel', undefined],
      ],
      'spec.volumeClaimTemplates': [
        ['spec.volumeClaimTemplates', undefined, claimTemplate('data')],
        ['spec.volumeClaimTemplates', claimTemplate('data'), undefined],
        ['spec.volumeClaimTemplates', claimTemplate('data'), claimTemplate('other')],
        [
          'spec.volumeClaimTemplates',
          claimTemplate('data'),
          claimTemplate('data', { resources: requests('2Gi') }),
        ],
        [
          'spec.volumeClaimTemplates',
          claimTemplate('data'),
          claimTemplate('data', { storageClassName: 'fast' }),
        ],
      ],
      taken: [
        ...templates,
        ['spec.podManagementPolicy', undefined, 'OrderedReady'],
        ['spec.podManagementPolicy', 'OrderedReady', undefined],
        [
          'spec.volumeClaimTemplates',
          claimTemplate('data'),
          claimTemplate('data', { volumeMode: 'Filesystem' }),
        ],
        [
          'spec.volumeClaimTemplates',
          claimTemplate('data'),
          claimTemplate('data', { resources: requests('1024Mi') }),
        ],
        ['spec.replicas', 1, 3],
        ['spec.minReadySeconds', 1, 2],
        ['spec.updateStrategy', { type: 'OnDelete' }, undefined],
        ['spec.updateStrategy', { type: 'RollingUpdate' }, { type: 'OnDelete' }],
        [
          'spec.updateStrategy',
          { type: 'RollingUpdate', rollingUpdate: { partition: 1 } },
          { type: 'OnDelete' },
        ],
        ['spec.ordinals', undefined, { start: 1 }],
        ['spec.persistentVolumeClaimRetentionPolicy', undefined, { whenDeleted: 'Delete' }],
        ['spec.revisionHistoryLimit', undefined, 10],
      ],
      'spec.updateStrategy.type': [['spec.updateStrategy', undefined, { type: 'OnDelete' }]],
      'spec.revisionHistoryLimit (1-28)': [['spec.revisionHistoryLimit', 3, 4]],
    },
  },
  {
    of: { apiVersion: 'batch/v1', kind: 'Job', spec: { template: template({ restartPolicy: 'Never' }) } },
    changes: {
      'spec.template': templates,
      'spec.completions': [
        ['spec.completions', 1, 2],
        ['spec.completions', undefined, 2],
      ],
      'spec.completionMode': [['spec', indexed(undefined), indexed('Indexed')]],
      'spec.backoffLimitPerIndex (1-34)': [
        [
          'spec',
          { ...indexed('Indexed'), backoffLimitPerIndex: 1 },
          { ...indexed('Indexed'), backoffLimitPerIndex: 2 },
        ],
      ],
      'spec.podFailurePolicy': [
        [
          'spec.podFailurePolicy',
          undefined,
          { rules: [{ action: 'FailJob', onExitCodes: { operator: 'In', values: [42] } }] },
        ],
      ],
      'spec.managedBy (1-34)': [['spec.managedBy', undefined, 'example.com/jobs']],
      'spec.successPolicy (1-34)': [
        [
          'spec',
          indexed('Indexed'),
          { ...indexed('Indexed'), successPolicy: { rules: [{ succeededCount: 1 }] } },
        ],
      ],
      taken: [
        ['spec.completions', undefined, 1],
        ['spec.completionMode', undefined, 'NonIndexed'],
        ['spec.parallelism', 1, 2],
        ['spec.backoffLimit', undefined, 3],
        ['spec.activeDeadlineSeconds', 60, 90],
        ['spec.ttlSecondsAfterFinished', undefined, 90],
        ['spec.suspend', undefined, true],
        ['spec.template.spec.terminationGracePeriodSeconds', undefined, 30],
        ['spec.template.spec.dnsPolicy', 'ClusterFirst', undefined],
        ['spec', indexed('Indexed'), { ...indexed('Indexed'), completions: 4, parallelism: 4 }],
        ['spec', suspended({}), suspended({ nodeSelector: { a: 'b' } })],
        ['spec', suspended({}), suspended({ tolerations: [{ operator: 'Exists' }] })],
      ],
    },
  },
  {
    of: {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      spec: {
        schedule: '0 * * * *',
        jobTemplate: { spec: { template: template({ restartPolicy: 'Never' }) } },
      },
    },
    changes: {
      taken: [
        ['spec.schedule', '0 * * * *', '1 * * * *'],
        ['spec.timeZone', undefined, 'Europe/Berlin'],
        ['spec.concurrencyPolicy', undefined, 'Forbid'],
        ['spec.jobTemplate.spec.template.spec.containers', [container], [{ ...container, name: 'other' }]],
        ['spec.jobTemplate.spec.completions', undefined, 2],
      ],
    },
  },
  {
    of: { apiVersion: 'v1', kind: 'Service', spec: { selector: web, ports } },
    changes: {
      'spec.clusterIP': [['spec.clusterIP', undefined, 'None']],
      'spec.ipFamilies': [['spec.ipFamilies', ['IPv4'], ['IPv6']]],
      'spec.loadBalancerClass': [
        ['spec', balanced(undefined), balanced('example.com/a')],
        ['spec', balanced('example.com/a'), balanced('example.com/b')],
        ['spec', balanced('example.com/a'), balanced(undefined)],
      ],
      taken: [
        ['spec.clusterIP', 'None', ''],
        ['spec.clusterIP', 'None', undefined],
        ['spec.ipFamilies', ['IPv4'], undefined],
        ['spec.type', undefined, 'NodePort'],
        ['spec.type', 'LoadBalancer', 'ClusterIP'],
        ['spec.type', 'LoadBalancer', undefined],
        ['spec.type', 'NodePort', undefined],
        ['spec', { selector: web, ports }, balanced('example.com/a')],
        ['spec', balanced('example.com/a'), { selector: web, ports }],
        ['spec', { selector: web, ports }, { type: 'ExternalName', externalName: 'example.com' }],
        ['spec', { type: 'ExternalName', externalName: 'example.com' }, { selector: web, ports }],
        [
          'spec',
          { type: 'ExternalName', externalName: 'example.com' },
          { selector: web, ports, clusterIP: 'None' },
        ],
        [
          'spec',
          { selector: web, ports, clusterIP: 'None' },
          { type: 'ExternalName', externalName: 'example.com' },
        ],
        ['spec.selector', web, { app: 'other' }],
        ['spec.ports', ports, [{ name: 'http', port: 8080 }]],
        ['spec.sessionAffinity', undefined, 'ClientIP'],
        ['spec.publishNotReadyAddresses', undefined, true],
        ['spec.internalTrafficPolicy', undefined, 'Local'],
        ['spec.ipFamilyPolicy', undefined, 'PreferDualStack'],
        ['spec.ipFamilies', undefined, ['IPv4']],
      ],
    },
  },
  {
    of: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', spec: { ...claim, storageClassName: 'growing' } },
    changes: {
      'spec.accessModes': [['spec.accessModes', ['ReadWriteOnce'], ['ReadWriteMany']]],
      'spec.storageClassName': [['spec.storageClassName', 'growing', 'other']],
      'spec.volumeMode': [['spec.volumeMode', undefined, 'Block']],
      'spec.selector': [['spec.selector', undefined, { matchLabels: web }]],
      'spec.volumeName': [['spec.volumeName', 'one', 'two']],
      'spec.dataSource': [['spec.dataSource', undefined, { kind: 'PersistentVolumeClaim', name: 'other' }]],
      'spec.resources': [
        ['spec.resources', requests('2Gi'), requests('1Gi')],
        ['spec.resources.limits', undefined, { storage: '10Gi' }],
      ],
      taken: [
        ['spec.volumeMode', undefined, 'Filesystem'],
        ['spec.resources', requests('1Gi'), requests('2Gi')],
        ['spec.resources', requests('1Gi'), requests('1024Mi')],
        ['metadata.annotations', undefined, { a: 'b' }],
      ],
    },
  },
  bindings('RoleBinding'),
  bindings('ClusterRoleBinding'),
  {
    of: {
      apiVersion: RBAC,
      kind: 'Role',
      rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
    },
    changes: { taken: [['rules', [], [{ apiGroups: [''], resources: ['pods'], verbs: ['list'] }]]] },
  },
  {
    of: { apiVersion: 'v1', kind: 'ServiceAccount' },
    changes: { taken: [['automountServiceAccountToken', undefined, false]] },
  },
  {
    of: { apiVersion: 'v1', kind: 'ConfigMap', data: { a: '1' } },
    changes: {
      data: [
        ['', immutable({ data: { a: '1' } }), immutable({ data: { a: '2' } })],
        ['', immutable({ data: { a: '1' } }), immutable({ data: { a: '1', b: '2' } })],
      ],
      binaryData: [
        ['', immutable({ binaryData: { b: data('1') } }), immutable({ binaryData: { b: data('2') } })],
      ],
      immutable: [
        ['immutable', true, undefined],
        ['immutable', true, false],
      ],
      taken: [
        ['immutable', undefined, true],
        ['immutable', false, undefined],
        ['data', { a: '1' }, { b: '2' }],
        ['', immutable({ metadata: { labels: { a: 'b' } } }), immutable({})],
      ],
    },
  },
  {
    of: { apiVersion: 'v1', kind: 'Secret', data: { a: data('1') } },
    changes: {
      type: [['type', undefined, 'example.com/own']],
      data: [['', immutable({ data: { a: data('1') } }), immutable({ data: { a: data('2') } })]],
      stringData: [['', immutable({ stringData: { b: '1' } }), immutable({ stringData: { b: '2' } })]],
      immutable: [['immutable', true, undefined]],
      taken: [
        ['type', undefined, 'Opaque'],
        ['type', 'Opaque', undefined],
        ['data', { a: data('1') }, { b: data('2') }],
        ['stringData', { b: '1' }, { b: '2' }],
      ],
    },
  },
  {
    of: {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      spec: { defaultBackend: { service: { name: 'web', port: { number: 80 } } } },
    },
    changes: {
      taken: [
        ['spec.ingressClassName', undefined, 'nginx'],
        ['spec.ingressClassName', 'nginx', 'other'],
        ['spec.tls', undefined, [{ secretName: 'web' }]],
        [
          'spec.defaultBackend.service',
          { name: 'web', port: { number: 80 } },
          { name: 'web', port: { name: 'http' } },
        ],
      ],
    },
  },
  {
    of: { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', spec: { podSelector: {} } },
    changes: {
      taken: [
        ['spec.podSelector', {}, { matchLabels: web }],
        ['spec.policyTypes', ['Ingress'], ['Ingress', 'Egress']],
      ],
    },
  },
  {
    of: {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      spec: { scaleTargetRef: { apiVersion: APPS, kind: 'Deployment', name: 'web' }, maxReplicas: 3 },
    },
    changes: {
      taken: [
        ['spec.scaleTargetRef.name', 'web', 'other'],
        ['spec.maxReplicas', 3, 4],
        ['spec.minReplicas', 2, undefined],
        ['spec.behavior', undefined, { scaleDown: { stabilizationWindowSeconds: 60 } }],
      ],
    },
  },
  {
    of: { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', spec: { selector: { matchLabels: web } } },
    changes: {
      taken: [
        ['spec.selector.matchLabels.tier', undefined, 'a'],
        ['spec.selector.matchLabels.tier', 'a', undefined],
        ['spec.maxUnavailable', 1, 2],
        [
          'spec',
          { selector: { matchLabels: web }, maxUnavailable: 1 },
          { selector: { matchLabels: web }, minAvailable: 1 },
        ],
        ['spec.unhealthyPodEvictionPolicy', undefined, 'AlwaysAllow'],
      ],
    },
  },
  {
    of: { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', provisioner: 'example.com/a' },
    changes: {
      provisioner: [['provisioner', 'example.com/a', 'example.com/b']],
      parameters: [['parameters', undefined, { type: 'fast' }]],
      reclaimPolicy: [['reclaimPolicy', undefined, 'Retain']],
      volumeBindingMode: [['volumeBindingMode', undefined, 'WaitForFirstConsumer']],
      taken: [
        ['reclaimPolicy', undefined, 'Delete'],
        ['volumeBindingMode', undefined, 'Immediate'],
        ['allowVolumeExpansion', undefined, true],
        ['mountOptions', undefined, ['ro']],
        ['allowedTopologies', undefined, [{ matchLabelExpressions: [{ key: 'zone', values: ['a'] }] }]],
      ],
    },
  },
  {
    of: {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      spec: {
        capacity: { storage: '1Gi' },
        accessModes: ['ReadWriteOnce'],
        nfs: { server: 'a', path: '/a' },
      },
    },
    changes: {
      'spec.nfs': [['spec.nfs', { server: 'a', path: '/a' }, { server: 'b', path: '/a' }]],
      'spec.volumeMode': [['spec.volumeMode', undefined, 'Block']],
      'spec.nodeAffinity': [['spec.nodeAffinity', nodeAffinity('a'), nodeAffinity('b')]],
      taken: [
        ['spec.volumeMode', undefined, 'Filesystem'],
        ['spec.nodeAffinity', undefined, nodeAffinity('a')],
        ['spec.capacity', { storage: '1Gi' }, { storage: '2Gi' }],
        ['spec.accessModes', ['ReadWriteOnce'], ['ReadWriteMany']],
        ['spec.persistentVolumeReclaimPolicy', undefined, 'Delete'],
        ['spec.storageClassName', undefined, 'fast'],
      ],
    },
  },
  {
    of: { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', value: 1 },
    changes: {
      value: [['value', 1, 2]],
      preemptionPolicy: [['preemptionPolicy', undefined, 'Never']],
      taken: [
        ['preemptionPolicy', undefined, 'PreemptLowerPriority'],
        ['description', undefined, 'a'],
      ],
    },
  },
  {
    of: { apiVersion: 'networking.k8s.io/v1', kind: 'IngressClass', spec: { controller: 'example.com/a' } },
    changes: {
      'spec.controller': [['spec.controller', 'example.com/a', 'example.com/b']],
      taken: [['spec.parameters', undefined, { kind: 'Parameters', name: 'a', scope: 'Cluster' }]],
    },
  },
  {
    of: { apiVersion: 'node.k8s.io/v1', kind: 'RuntimeClass', handler: 'a' },
    changes: {
      handler: [['handler', 'a', 'b']],
      taken: [['scheduling', undefined, { nodeSelector: { a: 'b' } }]],
    },
  },
  {
    of: { apiVersion: 'v1', kind: 'Namespace' },
    changes: { taken: [['metadata.labels', undefined, { a: 'b' }]] },
  },
  {
    of: { apiVersion: 'v1', kind: 'ResourceQuota', spec: { hard: { pods: '1' } } },
    changes: {
      'spec.scopes': [['spec.scopes', undefined, ['BestEffort']]],
      taken: [['spec.hard', { pods: '1' }, { pods: '2' }]],
    },
  },
  {
    of: {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      addressType: 'IPv4',
      endpoints: [],
    },
    changes: {
      addressType: [['addressType', 'IPv4', 'IPv6']],
      taken: [['endpoints', [], [{ addresses: ['192.0.2.1'] }]]],
    },
  },
  {
    of: { apiVersion: 'v1', kind: 'Pod', metadata: { labels }, spec: template().spec },
    changes: {
      'spec.containers': [
        ['spec.containers', [container], [{ ...container, env: [{ name: 'A', value: '1' }] }]],
        ['spec.containers', [container], [container, { ...container, name: 'other' }]],
      ],
      'spec.nodeSelector': [['spec.nodeSelector', undefined, { a: 'b' }]],
      'spec.serviceAccountName': [['spec.serviceAccountName', 'default', 'other']],
      taken: [
        ['spec.containers', [container], [{ ...container, image: 'example.com/web:v2' }]],
        ['spec.activeDeadlineSeconds', undefined, 60],
        ['metadata.labels.new', undefined, 'a'],
      ],
    },
  },
];

/** Every change, in the order of this file. */
export const JUDGED_CHANGES: readonly JudgedChange[] = CHANGES.flatMap(({ of, changes }) =>
  Object.entries(changes).flatMap(([judgement, all]) =>
    all.map(([field, before, after]) => ({
      name: `${String(of['kind'])}: ${field}: ${JSON.stringify(before)} → ${JSON.stringify(after)}`,
      before: changed(of, field, before),
      after: changed(of, field, after),
      ...(judgement !== 'taken' && refusal(judgement)),
    })),
  ),
);

function refusal(judgement: string): Pick<JudgedChange, 'refused' | 'only'> {
  const [, refused, only] = /^(\S+)(?: \((.*)\))?$/.exec(judgement) ?? [];
  return { refused, only };
}

/** A copy of an object with another value in one field; with other fields, if no field is named. */
export function changed(object: Manifest, field: string, value: unknown): Manifest {
  const copy = JSON.parse(JSON.stringify(object)) as Record<string, unknown>;
  if (field === '') return { ...copy, ...(value as Manifest) };
  const path = field.split('.');
  const last = path.pop() as string;
  let inner = copy;
  for (const key of path) inner = (inner[key] ??= {}) as Record<string, unknown>;
  if (value === undefined) delete inner[last];
  else inner[last] = value;
  return copy;
}

function immutable(fields: object): object {
  return { immutable: true, ...fields };
}

function indexed(completionMode: string | undefined): object {
  const counts = { completions: 2, parallelism: 2 };
  return {
    ...counts,
    ...(completionMode && { completionMode }),
    template: template({ restartPolicy: 'Never' }),
  };
}

function suspended(pod: object): object {
  return { suspend: true, template: template({ restartPolicy: 'Never', ...pod }) };
}

function balanced(loadBalancerClass: string | undefined): object {
  return { type: 'LoadBalancer', selector: web, ports, ...(loadBalancerClass && { loadBalancerClass }) };
}
