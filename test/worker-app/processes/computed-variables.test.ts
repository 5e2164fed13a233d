import { said } from '../../said.js';

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
    expect(said(props)).toEqual(messages);
  }); // prettier-ignore

  test.each([
    ['it sets the variable itself', { processes: { w: { command: ['x', '$(WEB_CONCURRENCY)'], env: { ...N, WEB_CONCURRENCY: '4' } } } }],
    ['the application has the variable, and the process does not use it', { env: N, processes: { w: X } }],
    ['it is text', { processes: { w: { command: ['x', '$$(WEB_CONCURRENCY)'], env: { N: '$$(WEB_CONCURRENCY)' } } } }],
    ['envFrom may set the variable', { processes: { w: { command: ['x', '$(WEB_CONCURRENCY)'], envFrom: [{ secret: 'a' }] } } }],
  ])('is accepted where %s', (_, props) => {
    expect(said(props)).toEqual([]);
  }); // prettier-ignore
});
