import { checkManifests } from '../../../src/checks/check-manifests.js';
import { formatDiagnostic } from '../../../src/diagnostics/diagnostic.js';

const CONTAINER = { name: 'a', image: 'a:1', command: ['a'] };
const POD = { restartPolicy: 'Never', containers: [CONTAINER] };

function diagnosticsOf(own: object): string[] {
  const spec = { jobTemplate: { spec: { template: { spec: POD } } }, ...own };
  const cronJob = { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'a' }, spec };
  return checkManifests([cronJob]).map((one) => `${one.severity}: ${formatDiagnostic(one)}`);
}

const AT = 'CronJob default/a: spec.schedule:';
const ZONE =
  'Kubernetes accepts no time zone in a schedule of a new CronJob, got "TZ=UTC"; set timeZone: UTC beside it, and write schedule: "@daily"';

test.each([
  ['0 3 * * *', {}, []],
  ['1, * * * *', {}, []],
  ['${SCHEDULE}', {}, []], // Flux replaces it
  ['60 * * * *', {}, [`error: ${AT} minute: expected 0 to 59, got "60"`]],
  ['TZ=UTC @daily', {}, [`warning: ${AT} ${ZONE}`]],
  ['TZ=UTC @daily', { timeZone: 'UTC' }, [`error: ${AT} ${ZONE}`]],
])('the schedule %j of a CronJob of others', (schedule, others, messages) => {
  expect(diagnosticsOf({ schedule, ...others })).toEqual(messages);
});

test('a schedule of another kind that is called CronJob is not checked', () => {
  const apiVersion = 'jobs.example.com/v1';
  const cronJob = { apiVersion, kind: 'CronJob', metadata: { name: 'a' }, spec: { schedule: 'every day' } };
  expect(checkManifests([cronJob])).toEqual([]);
});
