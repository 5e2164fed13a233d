import { formatDiagnostic } from '../../../src/diagnostics/diagnostic.js';
import { explainValues } from '../../../src/values/explain/explain-values.js';
import { valuesJsonSchema } from '../../../src/values/json-schema/json-schema.js';

const SHOP = {
  file: 'shop.yaml',
  text: `name: shop
image: a/b:1
workers: 2
runAsUser: 7
env: { DEBUG: "1" }
environments:
  production:
    workers: 8
    runAsUser: null
    env: { DEBUG: null }
`,
};

describe('explain', () => {
  const [production] = explainValues([SHOP], 'shop').explanations;
  const find = (field: string) => production?.values.find((value) => value.field === field);

  test('names the line of the base', () => {
    expect(find('image')).toEqual({
      field: 'image',
      value: 'a/b:1',
      origin: { file: 'shop.yaml', line: 2, field: 'image' },
      isDefault: false,
    });
  });

  test('names the line of the environment, and the value that it replaces', () => {
    expect(find('workers')).toEqual({
      field: 'workers',
      value: 8,
      origin: {
        environment: 'production',
        file: 'shop.yaml',
        line: 8,
        field: 'environments.production.workers',
      },
      isDefault: false,
      replaces: { value: 2, file: 'shop.yaml', line: 3 },
    });
  });

  test('gives defaults without an origin, computed from the values in the environment', () => {
    expect(find('metrics.startPort')).toMatchObject({
      field: 'metrics.startPort',
      value: 8001,
      isDefault: true,
    });
    expect(find('resources.requests.cpu')).toMatchObject({ value: '800m', isDefault: true });
  });

  test('gives every option of the alerts that are on, and those that are off', () => {
    const values = (alerts: string) => {
      const text = `name: a\nimage: a/b:1\nworkers: 1\nalerts: ${alerts}\n`;
      const [explanation] = explainValues([{ file: 'a.yaml', text }], 'a').explanations;
      return Object.fromEntries(explanation?.values.map(({ field, value }) => [field, value]) ?? []);
    };
    expect(values('true')).toMatchObject({ alerts: true, 'alerts.latency.threshold': 1, dashboard: false });
    expect(values('{ latency: { threshold: 2 }, errorRatio: false }')).toMatchObject({
      'alerts.latency.threshold': 2,
      'alerts.latency.quantile': 0.95,
      'alerts.errorRatio': false,
      'alerts.workersNotScraped.for': '5m',
    });
    expect(values('false')).toMatchObject({ alerts: false });
  });

  test('shows the values that the environment removed', () => {
    expect(find('env.DEBUG')).toMatchObject({
      value: undefined,
      origin: { line: 10 },
      replaces: { value: '1' },
    });
    expect(find('runAsUser')).toMatchObject({ value: null, origin: { line: 9 }, replaces: { value: 7 } });
  });

  test('shows every default that the schema documents', () => {
    const [plain] = explainValues(
      [
        {
          file: 'a.yaml',
          text: 'name: a\nimage: a/b\nworkers: 1\ngunicorn: {}\nmetrics: { scheme: https, tls: { insecureSkipVerify: false } }\n',
        },
      ],
      'a',
    ).explanations;
    const shown = Object.fromEntries(plain?.values.map(({ field, value }) => [field, value]) ?? []);
    const { properties } = valuesJsonSchema() as { properties: Record<string, Described> };
    const { kind: _, environments: __, delivery: ___, ...described } = properties;
    expect(shown).toMatchObject({ ...defaultsIn(described), 'metrics.scheme': 'https' });
  });

  test.each(['argocd', 'flux'])('shows every default of delivery by %s that the schema documents', (way) => {
    const text = `name: a\nimage: a/b\nworkers: 1\ndelivery: { ${way}: { repo: "https://a/b" } }\n`;
    const [explanation] = explainValues([{ file: 'a.yaml', text }], 'a').explanations;
    const shown = Object.fromEntries(explanation?.values.map(({ field, value }) => [field, value]) ?? []);
    const { properties } = valuesJsonSchema() as { properties: Record<string, Described> };
    const described = properties['delivery']?.properties?.[way]?.properties ?? {};
    expect(shown).toMatchObject({
      ...defaultsIn(described, `delivery.${way}.`),
      [`delivery.${way}.path`]: 'dist',
    });
  });

  test('names the applications that exist, if none has the name', () => {
    expect(explainValues([SHOP], 'shpo')).toEqual({ explanations: [], problems: [], others: ['shop'] });
  });

  test('is printed also if another file has problems', () => {
    expect(explainValues([SHOP, { file: 'b.yaml', text: '{' }], 'shop').explanations).toHaveLength(1);
  });

  test('names the problems of the application itself', () => {
    const wrong = { ...SHOP, text: SHOP.text.replace('workers: 8', 'workers: 0') };
    expect(explainValues([wrong], 'shop').problems.map(formatDiagnostic)).toEqual([
      'shop.yaml:8: environments.production.workers: expected a whole number from 1 to 100, got 0',
    ]);
  });
});

interface Described {
  readonly default?: unknown;
  readonly properties?: Record<string, Described>;
}

function defaultsIn(properties: Record<string, Described>, path = ''): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(properties).flatMap(([key, { default: value, properties: inner }]) => [
      ...(value === undefined ? [] : [[`${path}${key}`, value]]),
      ...Object.entries(defaultsIn(inner ?? {}, `${path}${key}.`)),
    ]),
  ) as Record<string, unknown>;
}
