import { CONTAINER } from './manifests.js';

// Pods that a chart has beside the web pods.

export const CELERY = { app: 'shop-celery', release: 'prod' };
export const A = { name: 'A', value: 'a' };

export const worker = (
  container: object = {},
  pod: object = {},
  spec: object = {},
  labels: object = CELERY,
) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'prod-celery', namespace: 'shop', labels: CELERY },
  spec: {
    selector: { matchLabels: labels },
    ...spec,
    template: {
      metadata: { labels },
      spec: {
        containers: [
          {
            name: 'celery',
            image: CONTAINER.image,
            command: ['celery', '-A', 'shop', 'worker'],
            ...container,
          },
        ],
        ...pod,
      },
    },
  },
});

export const CLEANUP = { app: 'cleanup', release: 'prod' };

export const cronJob = (
  container: object = {},
  spec: object = {},
  pod: object = {},
  labels: object = CLEANUP,
) => ({
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  metadata: { name: 'prod-shop-cleanup', namespace: 'shop' },
  spec: {
    schedule: '0 3 * * *',
    ...spec,
    jobTemplate: {
      spec: {
        backoffLimit: 2,
        template: {
          metadata: { labels },
          spec: {
            restartPolicy: 'OnFailure',
            ...pod,
            containers: [{ name: 'c', image: CONTAINER.image, command: ['clean'], ...container }],
          },
        },
      },
    },
  },
});
