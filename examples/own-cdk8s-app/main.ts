// Somebody's own cdk8s app: one application made whole, and one that was there before, which is monitored.
import { App, Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { checkAtSynth, MetricsPorts, WorkerApp, WorkerMonitor, WorkerService } from 'cdk8s-worker-metrics';
import type { Construct } from 'constructs';

/** All that a web application needs, from a few props. */
class Shop extends Chart {
  constructor(scope: Construct) {
    super(scope, 'shop', { namespace: 'shop', disableResourceNameHashes: true });
    new WorkerApp(this, 'web', {
      name: 'shop-web',
      image: 'registry.example.com/shop/web:2.4.1',
      workers: 8,
      http: { healthPath: '/healthz', healthHost: 'shop.example.com' },
    });
  }
}

/** A Deployment of one's own, whose workers are scraped too: the ports come from one number here as well. */
class Billing extends Chart {
  constructor(scope: Construct) {
    super(scope, 'billing', { namespace: 'billing', disableResourceNameHashes: true });
    const ports = MetricsPorts.forWorkers(4, 9101);
    const labels = { app: 'billing' };

    new k8s.KubeDeployment(this, 'deployment', {
      metadata: { name: 'billing', labels },
      spec: {
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            containers: [
              {
                name: 'uwsgi',
                image: 'registry.example.com/billing:7',
                env: [
                  { name: 'WEB_CONCURRENCY', value: String(ports.count) },
                  { name: 'METRICS_START_PORT', value: String(ports.start) },
                ],
                ports: [
                  { name: 'http', containerPort: 9000 },
                  ...ports.map(({ name, number }) => ({ name, containerPort: number })),
                ],
              },
            ],
          },
        },
      },
    });

    const metadata = { name: 'billing', namespace: 'billing', labels, selector: labels };
    new WorkerService(this, 'service', { ...metadata, servicePort: 80, ports });
    new WorkerMonitor(this, 'monitor', { ...metadata, ports, interval: '30s' });
  }
}

const app = new App();
new Shop(app);
new Billing(app);
checkAtSynth(app); // synthesis fails when a port, a name or a selector does not fit
app.synth();
