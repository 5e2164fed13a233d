import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { manifests, manifestsOf, type ShopManifests } from '../manifests-of.js';

// The manifests of the application that this project began with, field by field, beside our defaults.

const committed = readFileSync(new URL('../../dist/app-django.k8s.yaml', import.meta.url), 'utf8');

const sources: [string, ShopManifests][] = [
  [
    'the committed dist/app-django.k8s.yaml',
    manifests(parseAllDocuments(committed).map((document) => document.toJS())),
  ],
  [
    'a WorkerApp in a chart',
    manifestsOf({
      name: 'app-django',
      instance: 'app',
      namespace: 'app',
      image: 'mycompany/app:v0.1.0',
      imagePullPolicy: 'Always',
      container: 'django',
      workers: 5,
      http: { port: 5000, servicePort: 80, healthPath: '/health/' },
      metrics: { startPort: 5001, interval: '15s' },
    }),
  ],
];

describe.each(sources)('%s', (_, { all, deployment, pod, container, service, monitor }) => {
  const labels = {
    'app.kubernetes.io/instance': 'app',
    'app.kubernetes.io/name': 'app-django',
    'app.kubernetes.io/managed-by': 'cdk8s-worker-metrics',
    'app.kubernetes.io/version': 'v0.1.0',
  };
  const numbered = (first: number) =>
    [1, 2, 3, 4, 5].map((i) => ({ name: `metrics-${i}`, number: first + i - 1 }));

  test('is a Deployment, a Service and a ServiceMonitor of one name, namespace and labels', () => {
    expect(all).toMatchObject([
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'app-django', namespace: 'app', labels },
      },
      { apiVersion: 'v1', kind: 'Service', metadata: { name: 'app-django', namespace: 'app', labels } },
      {
        apiVersion: 'monitoring.coreos.com/v1',
        kind: 'ServiceMonitor',
        metadata: { name: 'app-django', namespace: 'app', labels },
      },
    ]);
    expect(all).toHaveLength(3);
  });

  test('rolls one replica out, 25 % at a time, and keeps ten revisions', () => {
    expect(deployment.spec).toMatchObject({
      replicas: 1,
      revisionHistoryLimit: 10,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
      selector: {
        matchLabels: { 'app.kubernetes.io/instance': 'app', 'app.kubernetes.io/name': 'app-django' },
      },
    });
    expect(deployment.spec.template.metadata.labels).toEqual(labels);
  });

  test('runs one container of the image, with its numbers in the environment', () => {
    expect(pod.containers).toHaveLength(1);
    expect(container).toMatchObject({
      name: 'django',
      image: 'mycompany/app:v0.1.0',
      imagePullPolicy: 'Always',
    });
    expect(container.env).toEqual([
      { name: 'METRICS_START_PORT', value: '5001' },
      { name: 'WEB_CONCURRENCY', value: '5' },
    ]);
  });

  test('declares the port of the application and one for each worker', () => {
    expect(container.ports).toEqual([
      { name: 'http', containerPort: 5000, protocol: 'TCP' },
      ...numbered(5001).map(({ name, number }) => ({ name, containerPort: number, protocol: 'TCP' })),
    ]);
  });

  test('asks its health path, for liveness, readiness and startup', () => {
    const asked = {
      httpGet: { path: '/health/', port: 'http', scheme: 'HTTP' },
      timeoutSeconds: 1,
      successThreshold: 1,
    };
    expect(container.livenessProbe).toEqual({
      ...asked,
      initialDelaySeconds: 10,
      periodSeconds: 30,
      failureThreshold: 3,
    });
    expect(container.readinessProbe).toEqual({ ...asked, periodSeconds: 10, failureThreshold: 3 });
    expect(container.startupProbe).toEqual({ ...asked, periodSeconds: 5, failureThreshold: 30 });
  });

  test('has a Service whose ports lead to container ports by name', () => {
    expect(service.spec).toEqual({
      type: 'ClusterIP',
      selector: { 'app.kubernetes.io/instance': 'app', 'app.kubernetes.io/name': 'app-django' },
      ports: [
        { name: 'http', port: 80, protocol: 'TCP', targetPort: 'http' },
        ...numbered(5001).map(({ name, number }) => ({
          name,
          port: number,
          protocol: 'TCP',
          targetPort: name,
        })),
      ],
    });
  });

  test('has a monitor with an endpoint for each worker, every 15 s, of the Service with its name label', () => {
    expect(monitor.spec).toEqual({
      selector: { matchLabels: { 'app.kubernetes.io/name': 'app-django' } },
      endpoints: numbered(5001).map(({ name }) => ({ port: name, interval: '15s' })),
    });
  });

  test('keeps Pod Security restricted', () => {
    expect(pod.securityContext).toEqual({
      runAsNonRoot: true,
      runAsUser: 1000,
      runAsGroup: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
    });
    expect([pod.hostNetwork, pod.hostPID, pod.hostIPC]).toEqual([undefined, undefined, undefined]);
    expect(container.ports.map(({ hostPort }: { hostPort?: number }) => hostPort).filter(Boolean)).toEqual(
      [],
    );
  });

  test('can write to /tmp, and gets no token and no variables of other Services', () => {
    expect(pod.volumes).toEqual([{ name: 'tmp', emptyDir: {} }]);
    expect(container.volumeMounts).toEqual([{ name: 'tmp', mountPath: '/tmp' }]);
    expect(pod).toMatchObject({ automountServiceAccountToken: false, enableServiceLinks: false });
  });

  test('requests enough for five workers, and limits memory alone', () => {
    expect(container.resources).toEqual({
      requests: { cpu: '500m', memory: '704Mi' },
      limits: { memory: '1408Mi' },
    });
  });
});
