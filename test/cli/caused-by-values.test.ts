import { chartsFor } from '../../charts/kinds.js';
import { synthesize } from '../../charts/synthesize.js';
import { formatDiagnostic } from '../../src/diagnostics/diagnostic.js';
import { parseValues, type Selection } from '../../src/values/parse-values.js';

const SHOP = 'name: shop\nimage: a/b:1\nworkers: 1\n';

async function errorsOf(text: string, selection?: Selection): Promise<string[]> {
  const { values, problems } = parseValues([{ file: 'shop.yaml', text }], selection);
  expect(problems).toEqual([]);
  const made = [...synthesize(values, await chartsFor(values))];
  return made.flatMap(({ errors }) => errors.map(formatDiagnostic));
}

describe('an error about a finished object has the place of the value that causes it', () => {
  test.each([
    [
      'a field of an init container',
      `${SHOP}initContainers:\n  fetch:\n    image: c\n    volumeMounts:\n      - { name: none, mountPath: /x }\n`,
      /^shop\.yaml:8: Deployment default\/shop: spec\..*: "none" is not a volume of the pod; caused by initContainers\.fetch\.volumeMounts\[0\]$/,
    ],
    [
      'one of several equal containers',
      `${SHOP}initContainers:\n  first: { image: c, ports: [{ containerPort: 1, name: ok }] }\n  second: { image: c, ports: [{ containerPort: 2, name: not_ok }] }\n`,
      /^shop\.yaml:6: .* got "not_ok"; caused by initContainers\.second\.ports\[0\]\.name$/,
    ],
    [
      'a value of an environment',
      `${SHOP}environments:\n  dev:\n    sidecars:\n      proxy: { image: c, env: [{ name: a/b, value: x }] }\n`,
      /^shop\.yaml:7: .* got "a\/b"; caused by environments\.dev\.sidecars\.proxy\.env\[0\]$/,
    ],
  ])('%s', async (_, text, expected) => {
    expect(await errorsOf(text)).toEqual([expect.stringMatching(expected)]);
  });

  test('in the document of the file that has the error', async () => {
    const wrong = `${SHOP.replace('shop', 'other')}sidecars:\n  proxy: { image: c, env: [{ name: a/b, value: x }] }\n`;
    expect(await errorsOf(`${SHOP}---\n${wrong}`)).toEqual([
      expect.stringMatching(/^shop\.yaml:9: Deployment default\/other: /),
    ]);
  });
});
