import fc from 'fast-check';
import { MetricsPorts } from '../../../src/worker-app/ports/metrics-ports.js';

const workers = fc.integer({ min: 1, max: 100 });
const startPort = fc.integer({ min: 1024, max: 65_535 });

test('worker i of N has the i-th port from the start port on', () => {
  expect([...MetricsPorts.forWorkers(3, 8001)]).toEqual([
    { worker: 1, name: 'metrics-1', number: 8001 },
    { worker: 2, name: 'metrics-2', number: 8002 },
    { worker: 3, name: 'metrics-3', number: 8003 },
  ]);
});

test.each([
  [1, 8001, '8001', 8001],
  [2, 8001, '8001-8002', 8002],
  [5, 5001, '5001-5005', 5005],
  [100, 65_436, '65436-65535', 65_535],
  [1, 65_535, '65535', 65_535],
  [1, 1024, '1024', 1024],
])('%i workers from port %i have the ports %s', (count, start, text, end) => {
  const ports = MetricsPorts.forWorkers(count, start);
  expect(String(ports)).toBe(text);
  expect([ports.count, ports.start, ports.end]).toEqual([count, start, end]);
});

test.each([
  [4999, false],
  [5000, true],
  [5002, true],
  [5003, false],
])('ports 5000-5002 and port %i: covered is %s', (port, covered) => {
  expect(MetricsPorts.forWorkers(3, 5000).covers(port)).toBe(covered);
});

test('map sees each port once, in order', () => {
  expect(MetricsPorts.forWorkers(3, 5000).map(({ name, number }) => `${name}=${number}`)).toEqual([
    'metrics-1=5000',
    'metrics-2=5001',
    'metrics-3=5002',
  ]);
});

test('the ports can be walked again and again', () => {
  const ports = MetricsPorts.forWorkers(4, 5000);
  expect([...ports]).toEqual([...ports]);
});

test.each([
  [0, 5000, 'workers: expected a whole number from 1 to 100, got 0'],
  [-1, 5000, 'workers: expected a whole number from 1 to 100, got -1'],
  [2.5, 5000, 'workers: expected a whole number from 1 to 100, got 2.5'],
  [101, 5000, 'workers: expected a whole number from 1 to 100, got 101'],
  [NaN, 5000, 'workers: expected a whole number from 1 to 100, got NaN'],
  [1, 1023, 'startPort: expected a whole number from 1024 to 65535, got 1023'],
  [1, 65_536, 'startPort: expected a whole number from 1024 to 65535, got 65536'],
  [1, 5000.5, 'startPort: expected a whole number from 1024 to 65535, got 5000.5'],
  [
    5,
    65_533,
    '5 workers from port 65533 need ports 65533-65537, beyond 65535; lower metrics.startPort to 65531 or below',
  ],
  [
    2,
    65_535,
    '2 workers from port 65535 need ports 65535-65536, beyond 65535; lower metrics.startPort to 65534 or below',
  ],
])('%d workers from port %d are refused: %s', (count, start, message) => {
  expect(() => MetricsPorts.forWorkers(count, start)).toThrow(new RangeError(message));
});

test('numbers given as text are refused, as JavaScript callers may give them', () => {
  expect(() => MetricsPorts.forWorkers('5' as never, 5000)).toThrow(
    new RangeError('workers: expected a whole number from 1 to 100, got "5"'),
  );
});

test('any ports follow each other without a gap, are valid, and have distinct names of at most 15 characters', () => {
  fc.assert(
    fc.property(workers, startPort, (count, start) => {
      fc.pre(start + count - 1 <= 65_535);
      const ports = [...MetricsPorts.forWorkers(count, start)];
      expect(ports).toHaveLength(count);
      expect(new Set(ports.map(({ name }) => name)).size).toBe(count);
      for (const [i, port] of ports.entries()) {
        expect(port).toEqual({ worker: i + 1, name: `metrics-${i + 1}`, number: start + i });
        expect(port.number).toBeLessThanOrEqual(65_535);
        expect(port.name).toMatch(/^[a-z][-a-z0-9]{0,14}$/);
      }
    }),
  );
});

test('covers says of any port whether it is one of them', () => {
  fc.assert(
    fc.property(workers, startPort, fc.integer({ min: 0, max: 65_536 }), (count, start, port) => {
      fc.pre(start + count - 1 <= 65_535);
      const ports = MetricsPorts.forWorkers(count, start);
      expect(ports.covers(port)).toBe([...ports].some(({ number }) => number === port));
    }),
  );
});

test('whatever is beyond the last port is refused with a start port that is not', () => {
  fc.assert(
    fc.property(workers, startPort, (count, start) => {
      fc.pre(start + count - 1 > 65_535);
      const advised = /lower metrics\.startPort to ([0-9]+) or below$/.exec(refusal(count, start))?.[1];
      expect(MetricsPorts.forWorkers(count, Number(advised)).end).toBe(65_535);
    }),
  );
});

function refusal(count: number, start: number): string {
  try {
    return `not refused: ${MetricsPorts.forWorkers(count, start)}`;
  } catch (error) {
    return (error as Error).message;
  }
}
