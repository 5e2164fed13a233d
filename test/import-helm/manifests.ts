import { dump, load } from 'js-yaml';
import { HelmChart } from './helm-chart.js';

/** The labels by which the Deployment and the Service of these tests select pods. */
export const SELECTOR = { app: 'shop', release: 'prod' };

export const CONTAINER = {
  name: 'web',
  image: 'example.com/shop:v1',
  command: ['gunicorn', 'shop.wsgi', '--workers', '3', '--bind', '0.0.0.0:8000'],
  ports: [{ name: 'web', containerPort: 8000 }],
};

export function deployment(
  pod: object = {},
  container: object = {},
  metadata: object = {},
  spec: object = {},
): object {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'prod-shop', namespace: 'shop', labels: SELECTOR, ...metadata },
    spec: {
      selector: { matchLabels: SELECTOR },
      ...spec,
      template: {
        metadata: { labels: SELECTOR },
        spec: { containers: [{ ...CONTAINER, ...container }], ...pod },
      },
    },
  };
}

export const SERVICE = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'prod-shop', namespace: 'shop', labels: SELECTOR },
  spec: { selector: SELECTOR, ports: [{ name: 'web', port: 80, targetPort: 'web' }] },
};

/** Metadata of the Deployment and the Service of these tests. */
export const NAMED = { name: 'prod-shop', namespace: 'shop', labels: SELECTOR };

/** Metadata as `kubectl get -o yaml` prints it. */
export const live = (metadata: object = {}) => ({
  creationTimestamp: '2026-01-01T00:00:00Z',
  generation: 3,
  resourceVersion: '4711',
  uid: '0b1c',
  ...metadata,
});

export function text(...objects: object[]): string {
  return objects.map((object) => `---\n${dump(object)}`).join('');
}

/** A folder with the manifests of a chart, and the values that are made from them. */
export class Manifests extends HelmChart {
  ofObjects(...objects: object[]) {
    const result = this.result(text(...objects));
    return { ...result, values: load(result.text) as Record<string, unknown> };
  }
}
