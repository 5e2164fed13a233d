import { diagnosticsOf } from '../../diagnostics-of.js';

const N = { N: '$(WEB_CONCURRENCY)' };
const X = { command: ['x'] };
const HINT =
  'refers to WEB_CONCURRENCY, which is computed for the web pods alone; set WEB_CONCURRENCY in the env beside it, or write the number';

describe('a process or job that refers to a computed variable of the web pods', () => {
  test.each([
    ['a process', { processes: { w: { ...X, env: N } } }, [`error: processes.w.env.N: ${HINT}`]],
    ['a cron job', { cronJobs: { w: { ...X, schedule: '@daily', env: N } } }, [`error: cronJobs.w.env.N: ${HINT}`]],
    ['a migration', { migrate: { ...X, check: false, env: N } }, [`error: migrate.env.N: ${HINT}`]],
    ['its command', { processes: { w: { command: ['x', '$(WEB_CONCURRENCY)'] } } }, [`error: processes.w.command[1]: ${HINT}`]],
    ['its arguments', { cronJobs: { w: { schedule: '@daily', args: ['-$(WEB_CONCURRENCY)'] } } }, [`error: cronJobs.w.args[0]: ${HINT}`]],
    ['the check', { migrate: { ...X, check: ['$(WEB_CONCURRENCY)'] } }, [`error: migrate.check[0]: ${HINT}`]],
    ['a variable of the application that refers to one', { env: N, processes: { w: { command: ['$(N)'], env: { M: '$(N)' } } } }, [`error: processes.w.command[0]: ${HINT}`, `error: processes.w.env.M: ${HINT}`]],
    ['another variable', { processes: { w: { ...X, env: { N: '$(METRICS_START_PORT)' } } } }, ['error: processes.w.env.N: refers to METRICS_START_PORT, which is computed for the web pods alone; set METRICS_START_PORT in the env beside it, or write the value']],
  ])('is refused at its line: %s', (_, props, messages) => {
    expect(diagnosticsOf(props)).toEqual(messages);
  }); // prettier-ignore

  test.each([
    ['it sets the variable itself', { processes: { w: { command: ['x', '$(WEB_CONCURRENCY)'], env: { ...N, WEB_CONCURRENCY: '4' } } } }],
    ['the application has the variable, and the process does not use it', { env: N, processes: { w: X } }],
    ['it is text', { processes: { w: { command: ['x', '$$(WEB_CONCURRENCY)'], env: { N: '$$(WEB_CONCURRENCY)' } } } }],
    ['envFrom may set the variable', { processes: { w: { command: ['x', '$(WEB_CONCURRENCY)'], envFrom: [{ secret: 'a' }] } } }],
  ])('is accepted where %s', (_, props) => {
    expect(diagnosticsOf(props)).toEqual([]);
  }); // prettier-ignore
});

describe('a container beside the application that refers to a computed variable', () => {
  const OF_CONTAINER = HINT.replace('the web pods', "the application's container");
  const WORD = ['x', '$(WEB_CONCURRENCY)'];
  const ENTRY = [
    { name: 'A', value: '1' },
    { name: 'N', value: '$(WEB_CONCURRENCY)' },
  ];
  test.each([
    ['the command of an init container', { initContainers: { c: { command: WORD } } }, [`error: initContainers.c.command[1]: ${OF_CONTAINER}`]],
    ['the arguments of a sidecar', { sidecars: { c: { image: 'a:1', args: WORD } } }, [`error: sidecars.c.args[1]: ${OF_CONTAINER}`]],
    ['a variable of its own', { sidecars: { c: { image: 'a:1', env: ENTRY } } }, [`error: sidecars.c.env[1].value: ${OF_CONTAINER}`]],
    ["a variable of the application's", { env: N, initContainers: { c: { command: ['$(N)'] } } }, [`error: initContainers.c.command[0]: ${OF_CONTAINER}`]],
    ['in a process', { processes: { w: { ...X, sidecars: { c: { args: WORD } } } } }, [`error: processes.w.sidecars.c.args[1]: ${OF_CONTAINER}`]],
    ['in a cron job', { cronJobs: { w: { ...X, schedule: '@daily', initContainers: { c: { args: WORD } } } } }, [`error: cronJobs.w.initContainers.c.args[1]: ${OF_CONTAINER}`]],
  ])('is refused at its line: %s', (_, props, messages) => {
    expect(diagnosticsOf(props)).toEqual(messages);
  }); // prettier-ignore

  test.each([
    ['it sets the variable itself', { initContainers: { c: { command: WORD, env: [...ENTRY, { name: 'WEB_CONCURRENCY', value: '4' }] } } }],
    ['its own envFrom may set it', { sidecars: { c: { image: 'a:1', args: WORD, envFrom: [{ secretRef: { name: 'a' } }] } } }],
    ["the application's envFrom may set it", { envFrom: [{ secret: 'a' }], initContainers: { c: { command: WORD } } }],
    ['the application has the variable, and the container does not use it', { env: N, initContainers: { c: { command: ['x'] } } }],
    ['the process sets it for its containers', { processes: { w: { ...X, env: { WEB_CONCURRENCY: '4' }, sidecars: { c: { args: WORD } } } } }],
    ['the process that has the container sets it', { initContainers: { c: { in: ['w'], command: WORD } }, processes: { w: { ...X, env: { WEB_CONCURRENCY: '4' } } } }],
    ['it is text', { initContainers: { c: { command: ['$$(WEB_CONCURRENCY)'] } } }],
  ])('is accepted where %s', (_, props) => {
    expect(diagnosticsOf(props)).toEqual([]);
  }); // prettier-ignore
});
