import type { Manifest } from '../../../src/kubernetes/manifest.js';
import { readManifests, withoutOwned } from '../../../src/checks/read-manifests.js';
import { toYaml } from '../../../src/output/to-yaml.js';
import { formatDiagnostic } from '../../../src/diagnostics/diagnostic.js';
import { trace } from '../../../src/checks/trace/trace.js';

const ENV = { METRICS_START_PORT: '5001', WEB_CONCURRENCY: '2' };

describe('trace', () => {
  test('follows each worker from the monitor to the application', () => {
    expect(trace(manifests())).toEqual({
      diagnostics: [],
      notes: [],
      chains: [1, 2].map((worker) => ({
        monitor: 'ServiceMonitor app/web',
        endpoint: `spec.endpoints[${worker - 1}]`,
        service: 'Service app/web',
        servicePort: { name: `metrics-${worker}`, number: 5000 + worker },
        workload: 'Deployment app/web',
        container: 'django',
        containerPort: { name: `metrics-${worker}`, number: 5000 + worker },
        env: ENV,
        isWhole: true,
      })),
    });
  });

  test('shows a worker that nothing scrapes', () => {
    const { chains, diagnostics } = trace(manifests({ endpoints: ['metrics-1'] }));
    expect(chains.map(({ isWhole, monitor }) => [isWhole, monitor])).toEqual([
      [true, 'ServiceMonitor app/web'],
      [false, undefined],
    ]);
    expect(diagnostics.map(({ message }) => message)).toEqual([
      'metrics-2 (5002) is not scraped: no endpoint of a ServiceMonitor or PodMonitor leads to it',
    ]);
  });

  test('shows an endpoint that leads nowhere', () => {
    const { chains } = trace(manifests({ endpoints: ['metrics-1', 'metrics-2', 'metrics-3'] }));
    expect(chains.at(-1)).toEqual({
      monitor: 'ServiceMonitor app/web',
      endpoint: 'spec.endpoints[2]',
      isWhole: false,
      brokenAt: 'service',
      reason: 'no Service with this port matches the monitor',
    });
  });

  describe('says at which part a path is broken', () => {
    const [deployment, service, monitor] = manifests({ endpoints: ['metrics-1'] }) as [Manifest, Manifest, Manifest];
    const withSpec = (manifest: Manifest, spec: object) => ({ ...manifest, spec: { ...(manifest['spec'] as object), ...spec } });
    const told = [{ name: 'METRICS_START_PORT', value: '5001' }, { name: 'WEB_CONCURRENCY', value: '1' }];
    const ports = [{ name: 'metrics-1', port: 5001, targetPort: 'metrics-9' }];
    const denyAll = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'deny', namespace: 'app' }, spec: { podSelector: {}, policyTypes: ['Ingress'] } };

    test.each<[string, Manifest[], object]>([
      ['a port that no monitor scrapes', [deployment], { brokenAt: 'monitor', reason: 'no monitor scrapes this port' }],
      ['a port that is scraped twice', manifests({ endpoints: ['metrics-2', 'metrics-2'] }), { brokenAt: 'monitor', containerPort: { name: 'metrics-2', number: 5002 } }],
      ['a Service that selects no pods', [withSpec(service, { selector: { app: 'other' } }), monitor], { service: 'Service app/web', servicePort: { name: 'metrics-1', number: 5001 }, brokenAt: 'pods' }],
      ['a Service port that no container has', [deployment, withSpec(service, { ports }), monitor], { service: 'Service app/web', brokenAt: 'pods', reason: 'no container has this port' }],
      ['a NetworkPolicy that does not admit Prometheus', [deployment, service, monitor, denyAll], { brokenAt: 'pods', reason: 'NetworkPolicy app/deny does not admit Prometheus' }],
      ['an application with other numbers', manifests({ env: told }), { containerPort: { name: 'metrics-2', number: 5002 }, brokenAt: 'workers' }],
      ['a monitor that the operator drops', [deployment, service, withSpec(monitor, { endpoints: [{ port: 'metrics-1', interval: '15s', scrapeTimeout: '30s' }] })], { brokenAt: 'monitor', reason: 'the operator refuses ServiceMonitor app/web' }],
      ['relabelling that drops every target', [deployment, service, withSpec(monitor, { endpoints: [{ port: 'metrics-1', relabelings: [{ action: 'drop' }] }] })], { brokenAt: 'monitor', reason: 'relabelling drops every target' }],
    ])('%s', (_, all, expected) => {
      expect(trace(all).chains).toContainEqual(expect.objectContaining({ ...expected, isWhole: false }));
    });
  }); // prettier-ignore

  test('says nothing of a break for a whole path', () => {
    expect(trace(manifests()).chains.filter((chain) => 'brokenAt' in chain || 'reason' in chain)).toEqual([]);
  });

  test('shows a worker that is scraped twice', () => {
    const { chains } = trace(manifests({ endpoints: ['metrics-1', 'metrics-2', 'metrics-2'] }));
    expect(chains.map(({ isWhole }) => isWhole)).toEqual([true, false, false]);
  });

  test('shows a worker that the environment of the application leaves out', () => {
    const { chains } = trace(manifests({ env: [{ name: 'METRICS_START_PORT', value: '5001' }, { name: 'WEB_CONCURRENCY', value: '1' }] }));
    expect(chains.map(({ isWhole }) => isWhole)).toEqual([true, false]);
  }); // prettier-ignore

  test.each([
    ['is an error if it contradicts the ports', [{ name: 'METRICS_START_PORT', value: '5001' }, { name: 'WEB_CONCURRENCY', value: '3' }], ['error']],
    ['is a warning if it is missing, as the image may set it', [], ['warning', 'warning']],
  ])('a wrong or missing number of the application %s', (_, env, severities) => {
    expect(trace(manifests({ env })).diagnostics.map(({ severity }) => severity)).toEqual(severities);
  }); // prettier-ignore

  test('does not judge numbers that come from elsewhere', () => {
    const { chains, diagnostics } = trace(
      manifests({ env: [], envFrom: [{ configMapRef: { name: 'web' } }] }),
    );
    expect([diagnostics, chains.map(({ isWhole }) => isWhole)]).toEqual([[], [true, true]]);
  });

  test('ends, unbroken, at a Service without a selector, as of etcd: the pods behind it are not known', () => {
    const [, service, monitor] = manifests({ endpoints: ['metrics-1'] });
    const spec = { ...(service?.['spec'] as object), selector: undefined };
    expect(trace([{ ...service, spec }, monitor as Manifest])).toEqual({
      diagnostics: [],
      notes: [],
      chains: [
        {
          monitor: 'ServiceMonitor app/web',
          endpoint: 'spec.endpoints[0]',
          service: 'Service app/web',
          servicePort: { name: 'metrics-1', number: 5001 },
          isUnseen: true,
          reason: 'the Service selects no pods',
          isWhole: true,
        },
      ],
    });
  });

  describe('breaks every chain of an object that the cluster does not use', () => {
    const [deployment, service, monitor] = manifests() as [Manifest, Manifest, Manifest];
    const changed = (manifest: Manifest, spec: object) => ({ ...manifest, spec: { ...(manifest['spec'] as object), ...spec } });
    const twoPorts = (endpoint: object) => [{ port: 'metrics-1', ...endpoint }, { port: 'metrics-2' }];

    test.each<[string, Manifest[]]>([
      ['a monitor that the operator drops for its timeout', [deployment, service, changed(monitor, { endpoints: twoPorts({ interval: '15s', scrapeTimeout: '30s' }) })]],
      ['a monitor that the operator drops for its relabelling', [deployment, service, changed(monitor, { endpoints: twoPorts({ relabelings: [{ action: 'replace' }] }) })]],
      ['a monitor that the API server refuses', [deployment, service, changed(monitor, { endpoints: twoPorts({ interval: 15 }) })]],
      ['a Service that the API server refuses', [deployment, { ...service, metadata: { name: '1web', namespace: 'app', labels: { app: 'web' } } }, monitor]],
      ['a Deployment that the API server refuses', [changed(deployment, { selector: { matchLabels: { app: 'other' } } }), service, monitor]],
    ])('%s', (_, all) => {
      const { chains, diagnostics } = trace(all);
      expect(chains.map(({ isWhole }) => isWhole)).toEqual([false, false]);
      expect(diagnostics.map(({ severity, rejectedBy }) => [severity, typeof rejectedBy])).toEqual([['error', 'string']]);
    });
  }); // prettier-ignore

  test('follows an object that two files contain once, and names both files', () => {
    const all = [...manifests(), ...manifests().slice(0, 1)];
    const { chains, diagnostics } = trace(all, (manifest) => ({
      file: manifest === all.at(-1) ? 'b.yaml' : 'a.yaml',
      line: 1,
    }));
    expect(chains).toHaveLength(2);
    expect(diagnostics).toEqual([
      {
        severity: 'warning',
        file: 'a.yaml',
        files: ['a.yaml', 'b.yaml'],
        object: 'Deployment app/web',
        message: 'another object has the same kind, namespace and name; one overwrites the other',
      },
    ]);
  });

  test('follows a PodMonitor without a Service', () => {
    const [deployment] = manifests();
    const monitor = {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PodMonitor',
      metadata: { name: 'web', namespace: 'app' },
      spec: { selector: { matchLabels: { app: 'web' } }, podMetricsEndpoints: [{ port: 'metrics-1' }, { port: 'metrics-2' }] },
    }; // prettier-ignore
    const { chains, diagnostics } = trace([deployment as Manifest, monitor]);
    expect(diagnostics).toEqual([]);
    expect(chains.map(({ monitor, service, isWhole }) => [monitor, service, isWhole])).toEqual([
      ['PodMonitor app/web', undefined, true],
      ['PodMonitor app/web', undefined, true],
    ]);
  });
});

describe('manifests from anywhere', () => {
  const manifestsIn = (text: string) => readManifests('-', text).objects.map(({ manifest }) => manifest);

  test.each([
    ['documents', toYaml(manifests())],
    ['a list, as kubectl prints it', toYaml([{ apiVersion: 'v1', kind: 'List', items: manifests() }])],
    ['lists of one kind', toYaml(manifests().map((item) => ({ kind: `${String(item['kind'])}List`, items: [item] })))],
    ['JSON', JSON.stringify({ kind: 'List', items: manifests() })],
    ['Helm output, with comments and empty documents', `---\n# Source: web/templates/a.yaml\n---\n${toYaml(manifests())}---\n`],
  ])('are read from %s', (_, text) => {
    const { objects, ...others } = readManifests('-', text);
    expect(objects.map(({ manifest }) => manifest)).toEqual(manifests());
    expect(others).toEqual({ problems: [], leftOut: [], repeatedKeys: [] });
  }); // prettier-ignore

  test('have the kind and version of the list that the API server answers, where they name none', () => {
    const list = { apiVersion: 'v1', kind: 'ServiceList', items: [{ metadata: { name: 'a' } }] };
    expect(manifestsIn(toYaml([list]))).toEqual([
      { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' } },
    ]);
  });

  test('may have merge keys, as kubectl takes them', () => {
    const text = 'metadata: { labels: &labels { app: web, tier: front } }\nspec: { selector: { <<: *labels, tier: back } }\n';
    expect(manifestsIn(text)).toEqual([
      { metadata: { labels: { app: 'web', tier: 'front' } }, spec: { selector: { app: 'web', tier: 'back' } } },
    ]);
  }); // prettier-ignore

  test('keep an object of which a list is a field', () => {
    const object = { kind: 'AccessList', spec: {} };
    expect(manifestsIn(toYaml([object]))).toEqual([object]);
  });

  test.each([
    ['a: b: c\n', 'f.yaml:1:4: not YAML: a text without quotes contains a colon; put the text in quotes'],
    ['text\n', 'f.yaml:1: expected a Kubernetes object, got "text"'],
    ['- 1\n', 'f.yaml:1: expected a Kubernetes object, got a list'],
  ])('are refused where they are none: %j', (text, expected) => {
    expect(readManifests('f.yaml', text).problems.map(formatDiagnostic)).toEqual([expected]);
  });

  test('lose what a controller made of another object among them', () => {
    const pods = (kind: string, name: string, owner: string, ownerName: string) => ({
      kind,
      metadata: { name, namespace: 'app', ownerReferences: [{ kind: owner, name: ownerName, controller: true }] },
    }); // prettier-ignore
    const replicaSet = pods('ReplicaSet', 'web-1', 'Deployment', 'web');
    const pod = pods('Pod', 'web-1-a', 'ReplicaSet', 'web-1');
    const orphan = pods('Pod', 'other', 'ReplicaSet', 'other-1');
    expect(withoutOwned([...manifests(), replicaSet, pod, orphan])).toEqual([...manifests(), orphan]);
  });
});

interface Change {
  readonly endpoints?: readonly string[];
  readonly env?: readonly object[];
  readonly envFrom?: readonly object[];
}

/** A Deployment, a Service and a ServiceMonitor with two workers, of which some part may be wrong. */
function manifests({ endpoints = ['metrics-1', 'metrics-2'], env, envFrom = [] }: Change = {}): Manifest[] {
  const metadata = { name: 'web', namespace: 'app', labels: { app: 'web' } };
  const ports = [1, 2].map((i) => ({ name: `metrics-${i}`, number: 5000 + i }));
  const container = {
    name: 'django',
    image: 'mycompany/app:v0.1.0',
    env: env ?? Object.entries(ENV).map(([name, value]) => ({ name, value })),
    envFrom,
    ports: ports.map(({ name, number }) => ({ name, containerPort: number })),
  };
  return [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        selector: { matchLabels: { app: 'web' } },
        template: { metadata: { labels: { app: 'web' } }, spec: { containers: [container] } },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: {
        selector: { app: 'web' },
        ports: ports.map(({ name, number }) => ({ name, port: number, targetPort: name })),
      },
    },
    {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'ServiceMonitor',
      metadata,
      spec: { selector: { matchLabels: { app: 'web' } }, endpoints: endpoints.map((port) => ({ port })) },
    },
  ];
}
