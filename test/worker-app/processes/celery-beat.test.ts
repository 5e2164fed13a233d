import { diagnosticsOf } from '../../diagnostics-of.js';
import { WORKER, BEAT, objects, worker } from './process-objects.js';

describe('Celery beat', () => {
  test.each([
    ['beat', BEAT.command],
    ['worker -B', ['celery', '-A', 'shop', 'worker', '-B', '-s', '/tmp/beat']],
    ['an entrypoint script', ['/entrypoint.sh', 'celery', '-A', 'shop', 'beat', '-s', '/tmp/beat']],
    ['a shell', ['sh', '-c', 'exec celery -A shop beat -s /tmp/beat']],
  ])('%s has one replica, and the old pod ends before the new one starts', (_, command) => {
    const { spec } = objects({ processes: { beat: { command } } }).find('Deployment', 'shop-beat');
    expect(spec).toMatchObject({ replicas: 1, strategy: { type: 'Recreate' } });
    expect(spec.strategy).not.toHaveProperty('rollingUpdate');
  });

  test('a worker without -B rolls', () => {
    const { spec } = worker({}).find('Deployment', 'shop-worker');
    expect(spec.strategy.type).toBe('RollingUpdate');
  });

  test.each([
    ['replicas', { ...BEAT, replicas: 2 }, 'error: processes.beat.replicas: each Celery beat sends every task: with 2 pods, each task runs 2 times; set it to 1, or name a scheduler with a lock: --scheduler redbeat.RedBeatScheduler'],
    ['replicas behind an entrypoint script', { command: ['/entrypoint.sh'], args: BEAT.command, replicas: 2 }, 'error: processes.beat.replicas: each Celery beat sends every task: with 2 pods, each task runs 2 times; set it to 1, or name a scheduler with a lock: --scheduler redbeat.RedBeatScheduler'],
    ['an autoscaler', { ...BEAT, autoscaling: { maxReplicas: 3 } }, 'error: processes.beat.autoscaling.maxReplicas: each Celery beat sends every task: with 3 pods, each task runs 3 times; set it to 1, or name a scheduler with a lock: --scheduler redbeat.RedBeatScheduler'],
    ['workers with -B', { command: ['celery', 'worker', '-EB', '-s/tmp/a'], replicas: 2 }, 'error: processes.beat.replicas: each Celery beat sends every task: with 2 pods, each task runs 2 times; set it to 1, or run the beat in a process of its own: celery … beat, without -B here'],
    ['a rolling update', { ...BEAT, strategy: { type: 'RollingUpdate' } }, 'warning: processes.beat.strategy: a rollout may run two Celery beats at the same time, and each sends every task; remove it: the default for a beat is Recreate'],
    ['a file that it cannot write', { command: ['celery', '-A', 'shop', 'beat'] }, 'warning: processes.beat.command: Celery beat writes the times of the last runs to its working folder, which is read-only, unless the application sets beat_scheduler or beat_schedule_filename; add --schedule=/tmp/celerybeat-schedule, or a path in a volume that is kept'],
  ])('speaks about %s', (_, beat, message) => {
    expect(diagnosticsOf({ processes: { beat } } as never)).toEqual([message]);
  }); // prettier-ignore

  test.each([
    ['RedBeat', { command: ['celery', 'beat', '-S', 'redbeat.RedBeatScheduler'], replicas: 2 }],
    ['a scheduler in a variable', { command: ['celery', 'beat', '--scheduler=$(SCHEDULER)'], replicas: 2 }],
    ["RQ's scheduler", { command: ['rqscheduler'], replicas: 2 }],
    ['a worker', { ...WORKER, replicas: 5 }],
    ['a root that the default no longer makes read-only', { command: ['celery', 'beat'], containerSecurityContext: { readOnlyRootFilesystem: null } }],
    ['a writable root', { command: ['celery', 'beat'], containerSecurityContext: { readOnlyRootFilesystem: false } }],
  ])('says nothing about %s', (_, process) => {
    expect(diagnosticsOf({ processes: { a: process } } as never)).toEqual([]);
  }); // prettier-ignore

  describe('in several pods, beside other containers', () => {
    const SIDECAR = { sidecars: { beat: { command: ['celery', 'beat', '-s/tmp/a'] } } };
    const OF_SIDECAR =
      'each Celery beat sends every task: with 2 pods, each task runs 2 times; set it to 1, or run the beat of sidecars.beat in a process of its own';
    test.each([
      ['in a sidecar of the web pods', { ...SIDECAR, replicas: 2 }, `error: replicas: ${OF_SIDECAR}`],
      ['in an init container that keeps running', { initContainers: { beat: { ...SIDECAR.sidecars.beat, restartPolicy: 'Always' } }, replicas: 2 }, `error: replicas: ${OF_SIDECAR.replace('sidecars.beat', 'initContainers.beat')}`],
      ['in a sidecar of a process', { processes: { w: { ...WORKER, ...SIDECAR, replicas: 2 } } }, `error: processes.w.replicas: ${OF_SIDECAR}`],
      ["in a sidecar of the application's in a process", { sidecars: { beat: { ...SIDECAR.sidecars.beat, in: ['w'] } }, processes: { w: { ...WORKER, replicas: 2 } } }, `error: processes.w.replicas: ${OF_SIDECAR}`],
      ['beside the workers in a shell', { command: ['sh', '-c', 'celery -A shop beat -s /tmp/a & exec gunicorn -b :8000 -w 2 a'], replicas: 3 }, 'error: replicas: each Celery beat sends every task: with 3 pods, each task runs 3 times; set it to 1, or name a scheduler with a lock: --scheduler redbeat.RedBeatScheduler'],
    ])('%s is refused', (_, props, message) => {
      expect(diagnosticsOf(props as never)).toEqual([message]);
    }); // prettier-ignore

    test.each([
      ['one web pod', SIDECAR],
      ['one pod of a process beside several web pods', { replicas: 3, processes: { w: { ...WORKER, ...SIDECAR, replicas: 1 } } }],
      ['RedBeat', { sidecars: { beat: { command: ['celery', 'beat', '-S', 'redbeat.RedBeatScheduler'] } }, replicas: 2 }],
      ['an init container', { initContainers: { a: { command: ['celery', 'beat'] } }, replicas: 2 }],
      ['a scheduler in a variable of the sidecar', { sidecars: { beat: { command: ['celery', 'beat', '-S', '$(S)'], env: [{ name: 'S', value: 'redbeat' }] } }, replicas: 2 }],
    ])('%s is accepted', (_, props) => {
      expect(diagnosticsOf(props as never)).toEqual([]);
    }); // prettier-ignore
  });
});
