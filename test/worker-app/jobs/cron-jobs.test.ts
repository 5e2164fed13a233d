import { checkManifests } from '../../../src/checks/check-manifests.js';
import type { WorkerAppCronJob, WorkerAppProps } from '../../../src/worker-app/worker-app-props.js';
import { manifestsOf, type Loose } from '../../manifests-of.js';
import { diagnosticsOf } from '../../diagnostics-of.js';

const SHOP = { name: 'shop', image: 'example.com/shop:v1', workers: 2 };
const CLEANUP = { schedule: '0 3 * * *', command: ['python', 'manage.py', 'clearsessions'] };

function cleanup(job: Partial<WorkerAppCronJob> = {}, props: Partial<WorkerAppProps> = {}) {
  const all = manifestsOf({ ...SHOP, ...props, cronJobs: { cleanup: { ...CLEANUP, ...job } } })
    .all as Loose[];
  const cronJob = all.find(({ kind }) => kind === 'CronJob');
  const template = cronJob.spec.jobTemplate.spec.template;
  return { all, cronJob, template, pod: template.spec, container: template.spec.containers[0] };
}

describe('a cron job', () => {
  test('is a CronJob with its own labels, whose pods do not restart', () => {
    const { cronJob, template, pod, container } = cleanup();
    expect(cronJob.metadata).toMatchObject({
      name: 'shop-cleanup',
      labels: { 'app.kubernetes.io/name': 'shop-cleanup', 'app.kubernetes.io/part-of': 'shop' },
    });
    expect(cronJob.spec.schedule).toBe(CLEANUP.schedule);
    expect(template.metadata.labels).toEqual(cronJob.metadata.labels);
    expect(pod.restartPolicy).toBe('Never');
    expect(container).toMatchObject({ name: 'cleanup', image: SHOP.image, command: CLEANUP.command });
    expect(container).not.toHaveProperty('ports');
    expect(pod).not.toHaveProperty('topologySpreadConstraints');
  });

  test('has the fields of CronJobSpec and JobSpec, each in its place', () => {
    const { cronJob } = cleanup({
      timeZone: 'Europe/Amsterdam', concurrencyPolicy: 'Forbid', startingDeadlineSeconds: 60, suspend: true,
      successfulJobsHistoryLimit: 0, failedJobsHistoryLimit: 5, backoffLimit: 0, activeDeadlineSeconds: 600,
      ttlSecondsAfterFinished: 60,
    }); // prettier-ignore
    const { jobTemplate, ...spec } = cronJob.spec;
    expect(spec).toEqual({
      schedule: CLEANUP.schedule, timeZone: 'Europe/Amsterdam', concurrencyPolicy: 'Forbid', startingDeadlineSeconds: 60,
      suspend: true, successfulJobsHistoryLimit: 0, failedJobsHistoryLimit: 5,
    }); // prettier-ignore
    const { template: _, ...job } = jobTemplate.spec;
    expect(job).toEqual({ backoffLimit: 0, activeDeadlineSeconds: 600, ttlSecondsAfterFinished: 60 });
  });

  test('takes over the same values of the application as processes, and nothing else', () => {
    const { pod, container } = cleanup(
      { env: { MODE: 'job' } },
      {
        env: { LOG_LEVEL: 'info', THREADS: '$(WEB_CONCURRENCY)' },
        envFrom: [{ secret: 'shop' }],
        files: { '/etc/a': 'text' },
        nodeSelector: { pool: 'web' },
        replicas: 3,
        resources: { limits: { memory: '9Gi' } },
        http: { healthPath: '/' },
        sidecars: { proxy: { image: 'proxy:1', in: ['web', 'jobs'] }, nginx: { image: 'nginx:1' } },
      },
    );
    expect(container.env).toEqual([
      { name: 'LOG_LEVEL', value: 'info' },
      { name: 'MODE', value: 'job' },
    ]);
    expect(container.envFrom).toEqual([{ secretRef: { name: 'shop' } }]);
    expect(container.volumeMounts.map(({ mountPath }: Loose) => mountPath)).toEqual(['/tmp', '/etc/a']);
    expect(container.resources.limits).toEqual({ memory: '512Mi' });
    expect(container).not.toHaveProperty('livenessProbe');
    expect(pod.nodeSelector).toEqual({ pool: 'web' });
    expect(pod.initContainers.map(({ name }: Loose) => name)).toEqual(['proxy']);
    expect(pod).not.toHaveProperty('topologySpreadConstraints');
  });

  test('rolls nothing and is scraped by nothing: the checks find nothing', () => {
    const { all } = cleanup({}, { replicas: 2, networkPolicy: true });
    expect(checkManifests(all).map(({ message }) => message)).toEqual([]);
  });

  test('is reached from the construct, with files of its own', () => {
    const { all } = cleanup({ files: { '/etc/b': 'b' } });
    expect(all.filter(({ kind }) => kind === 'ConfigMap').map(({ metadata }) => metadata.name)).toEqual([
      'shop-cleanup-files',
    ]);
  });
});

describe('refusals and warnings', () => {
  const long = 'a'.repeat(30);
  test.each([
    ['a schedule that Kubernetes refuses', { schedule: '60 * * * 7' }, 'error: cronJobs.cleanup.schedule: minute: expected 0 to 59, got "60"; day of week: expected 0 to 6, or sun to sat, got "7"; Sunday is 0'],
    ['a schedule with a time zone', { schedule: 'TZ=UTC @daily' }, 'error: cronJobs.cleanup.schedule: Kubernetes accepts no time zone in a schedule of a new CronJob, got "TZ=UTC"; set timeZone: UTC beside it, and write schedule: "@daily"'],
    ['a schedule that is no text', { schedule: 5 }, 'error: cronJobs.cleanup.schedule: expected a schedule such as "0 3 * * *" (minute, hour, day of month, month, day of week), or @daily, got 5'],
    ['a time zone', { timeZone: 'Europe/Amsterdm' }, 'error: cronJobs.cleanup.timeZone: expected an IANA time zone such as Europe/Amsterdam or UTC, got "Europe/Amsterdm"; did you mean "Europe/Amsterdam"?'],
    ['a sidecar that does not end', { sidecars: { a: { image: 'a:1', native: false } } }, 'error: cronJobs.cleanup.sidecars.a.native: an ordinary container would keep the job from ending; remove native: a sidecar that is native ends with the job (Kubernetes 1.29 or later)'],
    ['pods that restart always', { podSpec: { restartPolicy: 'Always' } }, 'error: cronJobs.cleanup.podSpec.restartPolicy: the pods of a job do not restart always; set OnFailure, or remove it'],
    ['a key of a process', { replicas: 2 }, 'error: cronJobs.cleanup.replicas: unknown key'],
  ])('%s', (_, job, message) => {
    const [only, ...others] = diagnosticsOf({ cronJobs: { cleanup: { ...CLEANUP, ...job } } });
    expect(others).toEqual([]);
    expect(only?.slice(0, message.length)).toBe(message);
  }); // prettier-ignore

  test('a sidecar of the application that does not end', () => {
    expect(diagnosticsOf({ sidecars: { a: { image: 'a:1', native: false, in: ['jobs'] } }, cronJobs: { cleanup: CLEANUP } })).toEqual([
      'error: sidecars.a.native: an ordinary container would keep the job from ending; remove native: a sidecar that is native ends with the job (Kubernetes 1.29 or later)',
    ]);
  }); // prettier-ignore

  test('names have at most 52 characters', () => {
    expect(diagnosticsOf({ name: long, cronJobs: { [long]: CLEANUP } })).toEqual([
      `error: cronJobs.${long}: its objects would be called ${long}-${long}, with 61 characters, above 52; shorten it, or set cronJobs.${long}.name`,
    ]);
  });

  test('a process and a cron job have different names: the Service of one would take the pods of the other', () => {
    expect(diagnosticsOf({ processes: { a: { command: ['a'] } }, cronJobs: { a: CLEANUP } })).toEqual([
      'error: cronJobs.a: shop-a is the name of process a, too; choose another name, or set cronJobs.a.name',
    ]);
  });

  test('the labels of its pods are not those by which the web pods are selected', () => {
    expect(
      diagnosticsOf({
        labels: { app: 'shop' },
        selectorLabels: { app: 'shop' },
        cronJobs: { cleanup: CLEANUP },
      }),
    ).toEqual([
      'error: cronJobs.cleanup: the pods of cron job cleanup have the labels by which the web pods are selected (app: shop); set cronJobs.cleanup.podLabels: { app: shop-cleanup }',
    ]);
    const job = { ...CLEANUP, podLabels: { app: 'shop-cleanup' } };
    expect(
      diagnosticsOf({ labels: { app: 'shop' }, selectorLabels: { app: 'shop' }, cronJobs: { cleanup: job } }),
    ).toEqual([]);
  });

  test('a claim of one node that its pods mount, too, is a warning', () => {
    const volumes = { media: { claim: { size: '1Gi' }, mountPath: '/media' } };
    const [only] = diagnosticsOf({ volumes, cronJobs: { cleanup: CLEANUP } });
    expect(only).toContain('and cronJobs.cleanup mounts it, too');
    expect(
      diagnosticsOf({ volumes, cronJobs: { cleanup: { ...CLEANUP, volumes: { media: null } } } }),
    ).toEqual([]);
  });
});
