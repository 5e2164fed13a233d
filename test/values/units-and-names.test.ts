import { parseValues } from '../../src/values/parse-values.js';
import { formatDiagnostic } from '../../src/diagnostics/diagnostic.js';
import { refusalsOf } from '../a-worker-app.js';

/** Lines 1 to 3; the value is in line 4. */
const SHOP = 'name: shop\nimage: e/shop\nworkers: 2\n';

test.each([
  ['resources: { limits: { memory: 512MB } }', 'write 512Mi'],
  ['resources: { limits: { memory: 1.5 gb } }', 'write 1.5Gi'],
  ['volumes: { a: { mountPath: /a, claim: { size: 20GB } } }', 'write 20Gi'],
  ['sidecars: { a: { image: b, resources: { limits: { memory: 1g } } } }', 'write 1Gi'],
  ['gunicorn: { timeout: 60s }', 'write 60, without a unit'],
  ['terminationGracePeriodSeconds: 60s', 'write 60, without a unit'],
  ["podDisruptionBudget: { maxUnavailable: '1' }", 'remove the quotes'],
  ["strategy: { rollingUpdate: { maxUnavailable: '1' } }", 'remove the quotes'],
  ['envFrom: [{ configmap: x }]', 'did you mean "configMap"?'],
  ['env: { A: { configmap: x, key: y } }', 'did you mean "configMap"?'],
])('%s is refused with the value to write', (line, hint) => {
  expect(refusalsOf(`${SHOP}${line}\n`)).toEqual([expect.stringMatching(/^values\/shop\.yaml:4: /)]);
  expect(refusalsOf(`${SHOP}${line}\n`)[0]?.endsWith(`; ${hint}`)).toBe(true);
});

test.each([
  [
    'volumes: { a: { emptyDir: {}, mountPath: / } }',
    'volumes.a: a volume at / hides every file of the image: the container does not start; mount it at a folder, such as /srv/media',
  ],
  [
    'cronJobs: { n: { schedule: "0 0 30 2 *", command: [a] } }',
    'cronJobs.n.schedule: it never runs: month 2 has no day 30',
  ],
  [
    'cronJobs: { n: { schedule: "0 0 31 4,6 ?", command: [a] } }',
    'cronJobs.n.schedule: it never runs: months 4,6 have no day 31',
  ],
])('%s is a warning', (line, message) => {
  const { notes } = parseValues([{ file: 'v.yaml', text: `${SHOP}${line}\n` }]);
  expect(notes.map((note) => `${note.severity}: ${formatDiagnostic(note)}`)).toEqual([
    `warning: v.yaml:4: ${message}`,
  ]);
});

test.each(['0 0 29 2 *', '0 0 30 2 mon', '0 0 29,30 2 *', '0 0 31 */2 *', '0 0 L 2 *', '@monthly'])(
  'the schedule %s may run',
  (schedule) => {
    const text = `${SHOP}cronJobs: { n: { schedule: "${schedule}", command: [a] } }\n`;
    expect(parseValues([{ file: 'v.yaml', text }]).notes).toEqual([]);
  },
);
