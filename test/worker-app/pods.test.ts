import { surge, unavailable } from '../../src/worker-app/rollout.js';
import { manifestsOf } from '../manifests-of.js';
import { diagnosticsOf } from '../diagnostics-of.js';
import type { WorkerAppProps } from '../../src/worker-app/worker-app-props.js';

const SHOP = { name: 'shop', image: 'example.com/shop:v1', workers: 2 };

function shop(props: Partial<WorkerAppProps>) {
  return manifestsOf({ ...SHOP, ...props });
}

describe('security contexts', () => {
  test('are merged over ours, and null removes a field', () => {
    const { pod, container } = shop({
      podSecurityContext: { fsGroup: 7, seccompProfile: null } as never,
      containerSecurityContext: { readOnlyRootFilesystem: false },
    });
    expect(pod.securityContext).toEqual({
      fsGroup: 7,
      runAsGroup: 1000,
      runAsNonRoot: true,
      runAsUser: 1000,
    });
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: false,
    });
  });

  test.each([
    [{ podSecurityContext: { runAsUser: 0 } }, 'podSecurityContext'],
    [{ containerSecurityContext: { runAsUser: 0 } }, 'containerSecurityContext'],
  ])('with a root that cannot start are refused: %j', (props, key) => {
    expect(diagnosticsOf(props)).toEqual([
      `error: ${key}.runAsUser: no container starts as root while runAsNonRoot is true; set ${key}.runAsNonRoot to false, too`,
    ]);
  });

  test.each([
    { dnsPolicy: 'None' },
    { dnsPolicy: 'None', dnsConfig: { searches: ['example.com'] } },
  ] as const)('without any name server are refused: %j', (props) => {
    expect(diagnosticsOf(props)).toEqual([
      'error: dnsPolicy: with None, the pods have only the name servers of dnsConfig, and it has none; set dnsConfig.nameservers',
    ]);
    expect(diagnosticsOf({ dnsPolicy: 'None', dnsConfig: { nameservers: ['10.0.0.2'] } })).toEqual([]);
  });

  test('a root that may start is a note', () => {
    expect(
      diagnosticsOf({ containerSecurityContext: { runAsUser: 0, runAsNonRoot: false } }).map((line) =>
        line.slice(0, 5),
      ),
    ).toEqual(['note:', 'note:']);
  });

  test('no user in two places is allowed', () => {
    expect(diagnosticsOf({ runAsUser: null, podSecurityContext: { runAsUser: null } })).toEqual([]);
  });

  test('a user in two places is refused', () => {
    expect(diagnosticsOf({ runAsUser: 5, podSecurityContext: { runAsUser: 6 } })).toEqual([
      'error: podSecurityContext.runAsUser: runAsUser sets the user, too; remove one of the two',
    ]);
  });
});

describe('labels and annotations', () => {
  const LABELS = { 'app.kubernetes.io/name': 'shop' };

  test('annotations are on every object, and not on the pods', () => {
    const { all, deployment } = shop({ annotations: { 'example.com/a': 'b' }, dashboard: true });
    expect(all.map(({ metadata }) => (metadata as never)['annotations'])).toEqual(
      all.map(() => expect.objectContaining({ 'example.com/a': 'b' })),
    );
    expect(deployment.spec.template.metadata).not.toHaveProperty('annotations');
  });

  test('those of the pods are on the pods alone', () => {
    const { deployment } = shop({ podLabels: { tier: 'web' }, podAnnotations: { 'example.com/a': 'b' } });
    expect(deployment.metadata.labels).not.toHaveProperty('tier');
    expect(deployment.spec.template.metadata).toMatchObject({
      labels: { tier: 'web', ...LABELS },
      annotations: { 'example.com/a': 'b' },
    });
  });

  test('alerts look for the job that a PodMonitor takes from a label of the pods', () => {
    const { all } = shop({
      podLabels: { team: 'payments' },
      metrics: { monitor: 'PodMonitor', jobLabel: 'team' },
      alerts: { workersNotScraped: true },
    });
    const rules = all.find(({ kind }) => kind === 'PrometheusRule');
    expect(JSON.stringify(rules)).toContain('job=\\"payments\\"');
  });

  test('a pod label over a selector label is refused', () => {
    expect(diagnosticsOf({ podLabels: { 'app.kubernetes.io/name': 'other' } })).toEqual([
      'error: podLabels.app.kubernetes.io/name: the Deployment selects its pods by app.kubernetes.io/name: "shop"; remove it',
    ]);
    expect(
      diagnosticsOf({ podLabels: { 'app.kubernetes.io/name': 'other' }, selectorLabels: { app: 'shop' } }),
    ).toEqual([]);
  });

  test('Deployment and Services select the pods by the selector labels', () => {
    const { deployment, service } = shop({ selectorLabels: { app: 'shop' } });
    expect(deployment.spec.selector).toEqual({ matchLabels: { app: 'shop' } });
    expect(service.spec.selector).toEqual({ app: 'shop' });
    expect(deployment.spec.template.metadata.labels).toMatchObject({ app: 'shop', ...LABELS });
  });

  test.each([
    [{ 'prometheus.io/scrape': 'true' }, true],
    [{ 'prometheus.io/scrape': 'true', 'prometheus.io/port': '8001' }, true],
    [{ 'prometheus.io/scrape': 'true', 'prometheus.io/port': '9113' }, false],
    [{ 'prometheus.io/scrape': 'false' }, false],
  ])('%j on the pods is a warning: %s', (podAnnotations, isWarning) => {
    expect(diagnosticsOf({ podAnnotations })).toEqual(
      isWarning
        ? [
            'warning: podAnnotations.prometheus.io/scrape: a Prometheus that scrapes annotated pods scrapes the workers a second time; remove it, or set prometheus.io/port to a port that is no metrics port',
          ]
        : [],
    );
  });
});

test.each<[string, Partial<WorkerAppProps>]>([
  ['service.annotations', { service: { annotations: { 'prometheus.io/scrape': 'true' } } }],
  ['annotations', { annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '8001' } }],
])('%s that have the Service scraped a second time are a warning', (place, props) => {
  expect(diagnosticsOf(props)).toEqual([
    `warning: ${place}.prometheus.io/scrape: a Prometheus that scrapes annotated Services scrapes the workers a second time; remove it, or set prometheus.io/port to a port that is no metrics port`,
  ]);
});

describe('the rollout', () => {
  test.each([
    [undefined, 4, 1, 1],
    [{ rollingUpdate: { maxSurge: 3 } }, 4, 3, 1],
    [{ rollingUpdate: { maxSurge: '26%', maxUnavailable: '49%' } }, 4, 2, 1],
    [{ type: 'Recreate' }, 4, 0, 4],
  ])('of %j and %i pods adds %i and removes %i', (strategy, replicas, more, fewer) => {
    expect([surge(replicas, strategy), unavailable(replicas, strategy)]).toEqual([more, fewer]);
  });

  test('Recreate replaces the rolling update', () => {
    expect(shop({ strategy: { type: 'Recreate' } }).deployment.spec.strategy).toEqual({ type: 'Recreate' });
  });

  test.each([
    [
      { strategy: { type: 'Recreated' } },
      'strategy.type: expected RollingUpdate or Recreate, got "Recreated"',
    ],
    [
      { strategy: { type: 'Recreate', rollingUpdate: { maxSurge: 1 } } },
      'strategy.rollingUpdate: Recreate has no rolling update; remove it',
    ],
    [
      { strategy: { rollingUpdate: { maxSurge: 'one' } } },
      'strategy.rollingUpdate.maxSurge: expected a number of pods or a percentage such as 25%, got "one"',
    ],
    [
      { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } } },
      'strategy.rollingUpdate: with neither a surplus pod nor a missing one, no pod can be replaced; raise maxSurge or maxUnavailable',
    ],
    [
      { minReadySeconds: 600 },
      'minReadySeconds: a rollout counts as failed after 600 seconds, before a pod can be ready for minReadySeconds (600); lower it, or raise progressDeadlineSeconds',
    ],
    [
      { imagePullSecrets: [{ name: 'registry' }] },
      'imagePullSecrets[0]: expected a DNS subdomain (lowercase letters, digits, "-" and ".", a letter or digit at both ends, at most 253 characters), got a map with name; write only its name: registry',
    ],
  ])('%j is refused', (props, message) => {
    expect(diagnosticsOf(props)).toEqual([`error: ${message}`]);
  });

  test('the target limit follows the surge', () => {
    const limit = {
      replicas: 4,
      metrics: { targetLimit: 4, endpoints: 'per-port' },
      strategy: { type: 'Recreate' },
    };
    expect(diagnosticsOf(limit)).toEqual([]);
    expect(diagnosticsOf({ ...limit, strategy: { rollingUpdate: { maxSurge: 3 } } })[0]).toContain(
      'raise it to 7 or above',
    );
  });

  test('a grace period in which gunicorn cannot end is a warning', () => {
    expect(diagnosticsOf({ gunicorn: { gracefulTimeout: 40 }, terminationGracePeriodSeconds: 45 })).toEqual(
      [],
    );
    expect(diagnosticsOf({ gunicorn: { gracefulTimeout: 40 }, terminationGracePeriodSeconds: 44 })).toEqual([
      'warning: terminationGracePeriodSeconds: gunicorn needs 45 seconds to end: preStop, and gunicorn.gracefulTimeout; after 44 seconds Kubernetes kills it, and requests are lost; raise it to 45, or lower gunicorn.gracefulTimeout',
    ]);
  });

  test('hooks of the container are merged over the preStop of gunicorn', () => {
    const hook = { httpGet: { port: 'http', path: '/drain' } };
    const { container } = shop({ gunicorn: {}, lifecycle: { preStop: hook } });
    expect(container.lifecycle).toEqual({ preStop: hook });
  });
});

describe('a service account', () => {
  const objects = (props: Partial<WorkerAppProps>, ...kinds: readonly string[]) =>
    shop(props).all.filter(({ kind }) => kinds.includes(String(kind)));

  test.each<[WorkerAppProps['serviceAccount'], string, boolean]>([
    ['robot', 'robot', false],
    [{}, 'shop', false],
    [{ name: 'robot', automountToken: true }, 'robot', true],
  ])('%j is used, and not created', (serviceAccount, name, automountServiceAccountToken) => {
    expect(shop({ serviceAccount }).pod).toMatchObject({
      serviceAccountName: name,
      automountServiceAccountToken,
    });
    expect(objects({ serviceAccount }, 'ServiceAccount')).toEqual([]);
  });

  test('is created with its rights', () => {
    const rules = [{ apiGroups: [''], resources: ['pods'], verbs: ['list'] }];
    const serviceAccount = { create: true, annotations: { 'example.com/role': 'shop' }, rules };
    const metadata = expect.objectContaining({ name: 'shop', namespace: 'default' });
    expect(objects({ serviceAccount }, 'ServiceAccount', 'Role', 'RoleBinding')).toEqual([
      expect.objectContaining({
        kind: 'ServiceAccount',
        metadata: expect.objectContaining({ annotations: { 'example.com/role': 'shop' } }),
      }),
      expect.objectContaining({ kind: 'Role', metadata, rules }),
      expect.objectContaining({
        kind: 'RoleBinding',
        metadata,
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'shop' },
        subjects: [{ kind: 'ServiceAccount', name: 'shop', namespace: 'default' }],
      }),
    ]);
  });

  test('that is not created gets no annotations', () => {
    expect(diagnosticsOf({ serviceAccount: { name: 'robot', annotations: { a: 'b' } } })).toEqual([
      'error: serviceAccount.annotations: only a ServiceAccount that is created here gets annotations; set serviceAccount.create to true, or remove them',
    ]);
  });
});

describe('fields without a key', () => {
  test('are set as they are', () => {
    const { pod, container } = shop({
      podSpec: { shareProcessNamespace: true },
      containerSpec: { tty: true },
    });
    expect(pod.shareProcessNamespace).toBe(true);
    expect(container.tty).toBe(true);
  });

  test.each([
    [
      { podSpec: { nodeSelector: {} } },
      'podSpec.nodeSelector: this field is not written here; write nodeSelector',
    ],
    [
      { podSpec: { securityContext: {} } },
      'podSpec.securityContext: this field is not written here; write podSecurityContext',
    ],
    [{ containerSpec: { image: 'a' } }, 'containerSpec.image: this field is not written here; write image'],
    [
      { podSpec: { ephemeralContainers: [] } },
      'podSpec.ephemeralContainers: this field is not written here; `kubectl debug` adds them to a running pod',
    ],
    [
      { podSpec: { hostNetwork: 'yes' } },
      'podSpec.hostNetwork: expected true or false, got "yes"; write hostNetwork: true',
    ],
    [
      { podSpec: { hostNetwrok: true } },
      'podSpec.hostNetwrok: a PodSpec of Kubernetes 1.28 has no such field; did you mean "hostNetwork"?',
    ],
  ])('that have one are refused with the key: %j', (props, message) => {
    expect(diagnosticsOf(props)).toEqual([`error: ${message}`]);
  });
});
