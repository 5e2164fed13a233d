import type { Loose } from '../../manifests-of.js';
import { diagnosticsOf } from '../../diagnostics-of.js';
import { WORKER, worker } from './process-objects.js';

describe('containers of the application in other pods', () => {
  const sidecars = {
    proxy: { image: 'proxy:1', in: ['web', 'worker'] },
    agent: { image: 'agent:1', in: ['worker'] },
    nginx: { image: 'nginx:1' },
  };

  test('`in` names the pods; without it they are the web pods', () => {
    const { pod } = worker({ sidecars: { own: { image: 'own:1' } } }, { sidecars });
    const namesIn = (name: string) => pod(name).initContainers.map((one: Loose) => one.name);
    expect(namesIn('shop')).toEqual(['proxy', 'nginx']);
    expect(namesIn('shop-worker')).toEqual(['proxy', 'agent', 'own']);
    expect(JSON.stringify(pod('shop-worker'))).not.toContain('"in"');
  });

  test('one without an image takes that of the pod, with its environment and mounts', () => {
    const { pod } = worker(
      { image: 'example.com/worker:v2', env: { A: '2' } },
      { env: { A: '1' }, initContainers: { check: { command: ['check'], in: ['worker'] } } },
    );
    expect(pod('shop-worker').initContainers[0]).toMatchObject({
      name: 'check',
      image: 'example.com/worker:v2',
      env: [{ name: 'A', value: '2' }],
      volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
    });
  });

  test.each([
    ['an unknown place', { sidecars: { a: { image: 'a:1', in: ['wroker'] } }, processes: { worker: WORKER } }, 'error: sidecars.a.in[0]: expected web, jobs or worker, got "wroker"; did you mean "worker"?'],
    ['`in` inside a process', { processes: { worker: { ...WORKER, sidecars: { a: { image: 'a:1', in: ['web'] } } } } }, 'error: processes.worker.sidecars.a.in: this container is only in the pods of this entry; remove it, or write the container in sidecars or initContainers of the application'],
  ])('refuses %s', (_, props, message) => {
    expect(diagnosticsOf(props as never)).toEqual([message]);
  }); // prettier-ignore
});
