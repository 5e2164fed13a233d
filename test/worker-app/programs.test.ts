import { diagnosticsOf } from '../diagnostics-of.js';

const X = { command: ['x'] };
const DAILY = { schedule: '@daily' };

describe('an empty name of a program', () => {
  const REFUSED =
    'the name of the program is empty, and the container does not start; write the program, or remove command';
  test.each([
    ['of the web pods', { command: [''] }, 'command[0]'],
    ['with more words', { command: ['', 'gunicorn'], args: ['app'] }, 'command[0]'],
    ['of a process', { processes: { w: { command: [''] } } }, 'processes.w.command[0]'],
    ['of a cron job', { cronJobs: { w: { ...DAILY, command: [''] } } }, 'cronJobs.w.command[0]'],
    ['of a migration', { migrate: { command: [''], check: false } }, 'migrate.command[0]'],
    ['of the check of a migration', { migrate: { ...X, check: [''] } }, 'migrate.check[0]'],
    ['of an init container', { initContainers: { c: { command: [''] } } }, 'initContainers.c.command[0]'],
    ['of a sidecar', { sidecars: { c: { image: 'a:1', command: [''] } } }, 'sidecars.c.command[0]'],
    ['of a sidecar of a process', { processes: { w: { ...X, sidecars: { c: { command: [''] } } } } }, 'processes.w.sidecars.c.command[0]'],
  ])('%s is refused', (_, props, place) => {
    expect(diagnosticsOf(props)).toEqual([`error: ${place}: ${REFUSED}`]);
  }); // prettier-ignore

  const DOCKER =
    'only Docker runs args as the command then; with containerd and CRI-O the container does not start; write the words of args into command';
  test.each([
    ['of the web pods', { command: [''], args: ['x'] }, 'command[0]'],
    ['of a process', { processes: { w: { command: [''], args: ['x'] } } }, 'processes.w.command[0]'],
    ['of a cron job', { cronJobs: { w: { ...DAILY, command: [''], args: ['x'] } } }, 'cronJobs.w.command[0]'],
    ['of an init container', { initContainers: { c: { command: [''], args: ['x'] } } }, 'initContainers.c.command[0]'],
  ])('%s is a warning where Docker runs args', (_, props, place) => {
    expect(diagnosticsOf(props)).toEqual([`warning: ${place}: ${DOCKER}`]);
  }); // prettier-ignore

  test('an empty argument is none', () => {
    expect(diagnosticsOf({ args: [''], processes: { w: { command: ['x', ''], args: [''] } } })).toEqual([]);
  });
});

describe('a process or job without command and args', () => {
  test.each([
    ['a process', { processes: { w: {} } }, 'warning: processes.w: without command and args, it runs the program of the image, and is one more web server if that is a server; set processes.w.command, or processes.w.args'],
    ['an empty command', { processes: { w: { command: [], args: [] } } }, 'warning: processes.w: without command and args, it runs the program of the image, and is one more web server if that is a server; set processes.w.command, or processes.w.args'],
    ['a cron job', { cronJobs: { w: DAILY } }, 'warning: cronJobs.w: without command and args, it runs the program of the image, and does not end if that is a server; set cronJobs.w.command, or cronJobs.w.args'],
    ['a migration', { migrate: { check: false } }, 'warning: migrate: without command and args, it runs the program of the image, and does not end if that is a server; set migrate.command, or migrate.args'],
  ])('%s is a warning', (_, props, message) => {
    expect(diagnosticsOf(props)).toEqual([message]);
  }); // prettier-ignore

  test.each([
    ['args', { args: ['worker'] }],
    ['an image of its own', { image: 'a:1' }],
    ['variables of its own, which may choose the program', { env: { ROLE: 'worker' } }],
    ['an envFrom of its own', { envFrom: [{ secret: 'a' }] }],
    ['files of its own', { files: { '/etc/supervisord.conf': 'a' } }],
  ])('is accepted with %s', (_, own) => {
    expect(diagnosticsOf({ processes: { w: own }, cronJobs: { c: { ...DAILY, ...own } } })).toEqual([]);
  }); // prettier-ignore
});

describe('a command line in one word', () => {
  const message = (place: string, given: string, words: string) =>
    `warning: ${place}: a container starts the program with exactly this name, and there is none "${given}"; write each word as an item: ${words}`;

  test.each([
    ['of the web pods', { command: ['gunicorn shop.wsgi -w 2'] }, message('command[0]', 'gunicorn shop.wsgi -w 2', '["gunicorn","shop.wsgi","-w","2"]')],
    ['with a path', { command: ['/venv/bin/gunicorn shop.wsgi'] }, message('command[0]', '/venv/bin/gunicorn shop.wsgi', '["/venv/bin/gunicorn","shop.wsgi"]')],
    ['of a process', { processes: { w: { command: ['celery -A shop worker'] } } }, message('processes.w.command[0]', 'celery -A shop worker', '["celery","-A","shop","worker"]')],
    ['of an init container', { initContainers: { c: { command: ['python manage.py migrate'] } } }, message('initContainers.c.command[0]', 'python manage.py migrate', '["python","manage.py","migrate"]')],
    ['with the syntax of a shell', { cronJobs: { c: { ...DAILY, command: ['a && b'] } } }, message('cronJobs.c.command[0]', 'a && b', '["sh","-c","a && b"]')],
  ])('%s is a warning', (_, props, expected) => {
    expect(diagnosticsOf(props)).toEqual([expected]);
  });

  test.each([['/opt/my app/run'], ['./my app']])('is none if it may be a path: %s', (program) => {
    expect(diagnosticsOf({ processes: { w: { command: [program] } } })).toEqual([]);
  });
}); // prettier-ignore
