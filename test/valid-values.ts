import { readFileSync } from 'node:fs';

const WORKER_APP = `
kind: WorkerApp
name: shop
instance: shop-eu
namespace: shops
labels: { team: sales, release: stable }
image: registry.example.com/shop:1.2
imagePullPolicy: Always
container: django
replicas: 2
runAsUser: 1001
workers: 3
http: { port: 8000, servicePort: 80, healthPath: /health/, healthHost: shop.example.com }
metrics:
  startPort: 9000
  interval: 15s
  scrapeTimeout: 10s
  path: /metrics
  jobLabel: team
  labels: { tier: web }
  sampleLimit: 1000
  metricRelabelings: [{ action: drop, sourceLabels: [__name__], regex: 'python_.*' }]
alerts:
  labels: { route: page }
  workersNotScraped: { for: 10m }
  errorRatio: { threshold: 0.1, onlyIn: checkout }
  latency: { threshold: 2, quantile: 0.9 }
dashboard: true
serviceWindows: [{ component: checkout, days: [Mon, Tue], start: '08:00', end: '18:00', timeZone: Europe/Amsterdam }]
gunicorn: { timeout: 20, maxRequests: 1000, logs: json, threads: 2 }
env:
  PLAIN: text
  OTHER: $(PLAIN)/x
  TOKEN: { secret: shop, key: token }
  MODE: { configMap: shop, key: mode }
resources: { requests: { cpu: 500m, memory: 512Mi }, limits: { memory: 1Gi } }
environments:
  staging: { replicas: 1, env: { PLAIN: null, OTHER: x } }
  production: { workers: 4, metrics: { interval: 30s } }
delivery: { argocd: { repo: https://git.example.com/gitops.git, path: shop } }
`;

const EXAMPLES = [
  'alertmanager-cluster/values/alertmanager.yaml',
  'alertmanager-cluster/values/alertmanager-operated.yaml',
  'prometheus-server/values/prometheus.yaml',
];

/** A values file of each kind and form, in which many keys are set. */
export const VALID_VALUES = [
  WORKER_APP,
  ...EXAMPLES.map((file) => readFileSync(new URL(`../examples/${file}`, import.meta.url), 'utf8')),
];
