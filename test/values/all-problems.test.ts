import { formatDiagnostic } from '../../src/diagnostics/diagnostic.js';
import { parseValues } from '../../src/values/parse-values.js';
import { diagnosticsOf } from '../diagnostics-of.js';

const X = { command: ['x'] };
const BEAT = { processes: { beat: { command: ['celery', 'beat'], replicas: 2 } } };

function errors(props: object): string[] {
  return diagnosticsOf(props).filter((line) => line.startsWith('error'));
}

function merged(one: object, other: object): object {
  const all = new Map<string, unknown>(Object.entries(one));
  for (const [key, value] of Object.entries(other)) {
    const before = all.get(key);
    const areMaps = typeof before === 'object' && before !== null && !Array.isArray(before);
    all.set(key, areMaps ? merged(before, value as object) : value);
  }
  return Object.fromEntries(all);
}

const TYPES: [string, object][] = [
  ['a text for a number', { workers: 'five' }],
  ['an unknown key', { other: 1 }],
  ['a wrong process', { processes: { bad: { ...X, replicas: 'two' } } }],
  ['an unknown key of a process', { processes: { bad: { ...X, other: 1 } } }],
  ['a wrong cron job', { cronJobs: { bad: { ...X, schedule: 'no' } } }],
  ['a wrong sidecar', { sidecars: { bad: { image: 'a:1', imag: 'a' } } }],
  ['a wrong volume', { volumes: { bad: { emptyDir: {}, mountPath: '/bad', other: 1 } } }],
  ['a wrong variable', { env: { '1A': 'a' } }],
  ['a wrong field of Kubernetes', { podSpec: { other: 1 } }],
];

const CONSTRAINTS: [string, object][] = [
  ['two beats', BEAT],
  ['a process without a program', { processes: { p: { command: [''] } } }],
  ['a port twice', { processes: { p: { ...X, ports: { a: 80, b: 80 } } } }],
  ['a sidecar with the name of the process', { processes: { p: { ...X, sidecars: { p: { image: 'a:1' } } } } }],
  ['a job that restarts always', { cronJobs: { c: { ...X, schedule: '@daily', podSpec: { restartPolicy: 'Always' } } } }],
  ['a migration that restarts always', { migrate: { ...X, check: false, podSpec: { restartPolicy: 'Always' } } }],
  ['a probe of an init container', { initContainers: { c: { image: 'a:1', livenessProbe: { exec: { command: ['a'] } } } } }],
  ['two volumes at a path', { volumes: { a: { emptyDir: {}, mountPath: '/a' }, b: { emptyDir: {}, mountPath: '/a' } } }],
  ['no name server', { dnsPolicy: 'None' }],
]; // prettier-ignore

describe.each(TYPES)('with %s', (_, type) => {
  test.each(CONSTRAINTS)('%s is reported in the same run', (_, constraint) => {
    const alone = [...errors(type), ...errors(constraint)];
    expect(alone).toHaveLength(2);
    expect(errors(merged(type, constraint)).toSorted()).toEqual(alone.toSorted());
  });
});

test.each([
  ['a process', { processes: { p: { command: 'celery beat', replicas: 2, other: 1 } } }],
  ['a volume', { volumes: { a: { emptyDirr: {}, mountPath: '/a' } } }],
  ['a sidecar', { sidecars: { a: { image: 'a:1', restartPolicy: 5 } } }],
])('an invalid entry gets no problems that follow from it: %s', (_, props) => {
  const keys = Object.values(Object.values(props)[0] ?? {}).map((entry) => Object.keys(entry as object));
  expect(diagnosticsOf(props).length).toBeLessThanOrEqual(keys.flat().length);
  expect(diagnosticsOf(props).filter((line) => /missing|Celery|sidecar restarts/.test(line))).toEqual([]);
});

describe('a file in which a document is not YAML', () => {
  const APP = 'name: shop\nimage: example.com/shop:v1\nworkers: five\n';
  const lines = (text: string) => parseValues([{ file: 'f', text }]).problems.map(formatDiagnostic);
  const WRONG = 'workers: expected a whole number from 1 to 100, got "five"';

  test('has the problems of its other documents, at their lines', () => {
    expect(
      lines(`${APP}---\na: [\n---\n"b: 1\n--- # last\n${APP.replace('shop', 'blog')}name: blog\n`),
    ).toEqual([
      `f:3: ${WRONG}`,
      'f:6:1: not YAML: deficient indentation; close the quotes or brackets before this line, or indent it',
      expect.stringMatching(/^f:8:1: not YAML: /),
      `f:11: ${WRONG}`,
      'f:12: name: given in line 9 too; remove one of the two',
    ]);
  });

  test('is read as a whole if it has a directive', () => {
    expect(lines(`%YAML 1.2\n---\n${APP}---\na: [\n`)).toEqual([expect.stringMatching(/^f:8:1: not YAML: /)]);
  });

  test('gives no values', () => {
    const text = `${APP.replace('five', '5')}---\na: [\n`;
    expect(parseValues([{ file: 'f', text }]).values).toEqual([]);
  });
});
