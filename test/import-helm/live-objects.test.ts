import { CONTAINER, deployment, live, Manifests, NAMED, SELECTOR, SERVICE } from './manifests.js';

let chart: Manifests;
beforeEach(() => (chart = new Manifests()));
afterEach(() => chart.remove());

const imported = (...objects: object[]) => chart.ofObjects(...objects);

const OWNED = { ownerReferences: [{ kind: 'Deployment', name: 'prod-shop', uid: '0b1c', controller: true }] };

test('the live objects of a release give the same values as its manifests', () => {
  const pod = (own: object) => ({
    ...own,
    dnsPolicy: 'ClusterFirst',
    restartPolicy: 'Always',
    schedulerName: 'default-scheduler',
    securityContext: {},
    serviceAccount: 'robot',
    serviceAccountName: 'robot',
    terminationGracePeriodSeconds: 30,
    volumes: [{ name: 'c', configMap: { name: 'c', defaultMode: 420 } }],
  });
  const wait = { name: 'wait', image: 'example.com/wait:1' };
  const container = {
    ...CONTAINER,
    ports: [{ ...CONTAINER.ports[0], protocol: 'TCP' }],
    env: [{ name: 'IP', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'status.podIP' } } }],
    resources: {},
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
  };
  const template = {
    metadata: { creationTimestamp: null, labels: SELECTOR },
    spec: pod({ containers: [container], initContainers: [{ ...wait, resources: {} }] }),
  };
  const liveDeployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: live({
      ...NAMED,
      annotations: {
        'deployment.kubernetes.io/revision': '2',
        'kubectl.kubernetes.io/last-applied-configuration': '{}',
        'example.com/owner': 'a',
      },
    }),
    spec: {
      progressDeadlineSeconds: 600,
      replicas: 1,
      revisionHistoryLimit: 10,
      selector: { matchLabels: SELECTOR },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
      template,
    },
    status: { replicas: 1 },
  };
  const liveService = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: live(NAMED),
    spec: {
      clusterIP: '10.0.0.7',
      clusterIPs: ['10.0.0.7'],
      internalTrafficPolicy: 'Cluster',
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
      ports: [{ ...SERVICE.spec.ports[0], protocol: 'TCP' }],
      selector: SELECTOR,
      sessionAffinity: 'None',
      type: 'ClusterIP',
    },
    status: { loadBalancer: {} },
  };
  const ofChart = deployment(
    {
      serviceAccountName: 'robot',
      volumes: [{ name: 'c', configMap: { name: 'c' } }],
      initContainers: [wait],
    },
    { env: [{ name: 'IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } }] },
    { annotations: { 'example.com/owner': 'a' } },
  );

  expect(imported(liveDeployment, liveService).values).toEqual(imported(ofChart, SERVICE).values);
});

test('fields that a user may have set stay: another value, a headless Service, a node port, two IP families', () => {
  const service = {
    ...SERVICE,
    metadata: live(NAMED),
    spec: {
      ...SERVICE.spec,
      type: 'NodePort',
      clusterIPs: ['10.0.0.7', 'fd00::7'],
      clusterIP: '10.0.0.7',
      ipFamilies: ['IPv4', 'IPv6'],
      ipFamilyPolicy: 'RequireDualStack',
      externalTrafficPolicy: 'Local',
      ports: [{ ...SERVICE.spec.ports[0], nodePort: 30080 }],
    },
  };
  const headless = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: live({ name: 'h' }),
    spec: { clusterIP: 'None', clusterIPs: ['None'], selector: { app: 'h' } },
  };

  const { values } = imported(
    deployment({}, {}, live(NAMED), { progressDeadlineSeconds: 900 }),
    service,
    headless,
  );

  expect(values).toMatchObject({
    progressDeadlineSeconds: 900,
    service: {
      type: 'NodePort',
      ipFamilies: ['IPv4', 'IPv6'],
      ipFamilyPolicy: 'RequireDualStack',
      externalTrafficPolicy: 'Local',
    },
    objects: [{ metadata: { name: 'h' }, spec: { clusterIP: 'None', selector: { app: 'h' } } }],
    patches: [{ json: [{ op: 'test' }, { op: 'add', path: '/spec/ports/0/nodePort', value: 30080 }] }],
  });
});

test('objects that the cluster makes are no part of the release', () => {
  const made = [
    {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: live({ name: 'prod-shop-1', ...OWNED }),
      spec: {},
    },
    { apiVersion: 'v1', kind: 'Pod', metadata: live({ name: 'prod-shop-1-a', ...OWNED }), spec: {} },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: live({ name: 'kube-root-ca.crt' }), data: { a: 'b' } },
    {
      apiVersion: 'v1',
      kind: 'Secret',
      type: 'helm.sh/release.v1',
      metadata: live({ name: 'sh.helm.release.v1.prod.v1' }),
      data: { release: 'YQ==' },
    },
  ];

  const { values, losses } = imported(deployment(), SERVICE, ...made);

  expect([values['objects'], losses]).toEqual([undefined, []]);
});

test('other live objects keep their own fields: those of a CRD, a claim without its volume, a Job without its selector', () => {
  const spec = { replicas: 1, type: 'ClusterIP' };
  const job = { 'controller-uid': 'x', 'batch.kubernetes.io/job-name': 'j', app: 'j' };
  const objects = [
    { apiVersion: 'example.com/v1', kind: 'Thing', metadata: live({ name: 't' }), spec, status: {} },
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: live({
        name: 'c',
        annotations: { 'pv.kubernetes.io/bound-by-controller': 'yes', 'example.com/a': 'b' },
        finalizers: ['kubernetes.io/pvc-protection'],
      }),
      spec: { accessModes: ['ReadWriteOnce'], volumeName: 'pvc-0b1c', volumeMode: 'Filesystem' },
    },
    {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: live({ name: 'j' }),
      spec: {
        backoffLimit: 6,
        selector: { matchLabels: job },
        template: { metadata: { labels: job }, spec: {} },
      },
    },
  ];

  expect(imported(deployment(), SERVICE, ...objects).values['objects']).toEqual([
    { apiVersion: 'example.com/v1', kind: 'Thing', metadata: { name: 't' }, spec },
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'c', annotations: { 'example.com/a': 'b' } },
      spec: { accessModes: ['ReadWriteOnce'] },
    },
    {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'j' },
      spec: { template: { metadata: { labels: { app: 'j' } }, spec: {} } },
    },
  ]);
});

test('the number of pods of a live Deployment with an autoscaler is that of the cluster', () => {
  const autoscaler = {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: live(NAMED),
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'prod-shop' },
      maxReplicas: 9,
      minReplicas: 1,
      metrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } },
        },
      ],
    },
  };

  const { values, losses } = imported(deployment({}, {}, live(NAMED), { replicas: 7 }), SERVICE, autoscaler);

  expect(values).toMatchObject({ autoscaling: { maxReplicas: 9, cpu: 80 } });
  expect([values['replicas'], values['patches'], losses]).toEqual([undefined, undefined, []]);
});

test('the Secrets that the cluster adds to a ServiceAccount are not those of the release', () => {
  const account = {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: live({ name: 'robot' }),
    secrets: [{ name: 'robot-token-x7k2p' }],
    imagePullSecrets: [{ name: 'robot-dockercfg-9bq4z' }, { name: 'registry' }],
  };

  expect(imported(deployment(), SERVICE, account).values['objects']).toEqual([
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'robot' },
      imagePullSecrets: [{ name: 'registry' }],
    },
  ]);
});
