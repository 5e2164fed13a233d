import { formatDiagnostic } from '../../src/diagnostics/diagnostic.js';
import { parseValues } from '../../src/values/parse-values.js';
import { messages, parsed, SHOP, warnings } from './parsed-files.js';

describe('where Defaults are written', () => {
  test('one for each folder: a second one is refused, and both are named', () => {
    const files = {
      'values/defaults.yaml': 'kind: Defaults\nworkers: 1\n',
      'values/defaults.yml': '# more\nkind: Defaults\nreplicas: 3\n',
      'values/shop.yaml': SHOP,
    };
    expect(messages(files)).toEqual([
      'values/defaults.yml:2: kind: values/defaults.yaml:1 contains Defaults for this folder, too; write all values in one of the two',
    ]);
    const inOneFile = {
      'values/defaults.yaml': 'kind: Defaults\nworkers: 1\n---\nkind: Defaults\n',
      'values/shop.yaml': SHOP,
    };
    expect(messages(inOneFile)).toEqual([
      'values/defaults.yaml:4: kind: values/defaults.yaml:1 contains Defaults for this folder, too; write all values in one of the two',
    ]);
  });

  test('in a file of another name, they are refused: a run for one application would not find them', () => {
    const files = {
      'values/common.yaml': 'kind: Defaults\nwokers: 1\n',
      'values/shop.yaml': `${SHOP}workers: 1\n`,
    };
    expect(messages(files)).toEqual([
      'values/common.yaml:1: kind: Defaults are read from files with the name defaults.yaml or defaults.yml only; move this document to values/defaults.yaml',
      'values/common.yaml:2: wokers: unknown key; did you mean "workers"?',
    ]);
  });

  test('a file of Defaults without a kind is a problem', () => {
    const files = { 'values/defaults.yaml': 'workers: 3\n', 'values/shop.yaml': SHOP };
    expect(messages(files)).toEqual([
      'values/defaults.yaml:1: kind: missing; this file has the name of Defaults, and no application in it; write kind: Defaults for values of all applications in this folder and below, or name for an application',
    ]);
  });

  test('an application may be in a file of that name', () => {
    expect(messages({ 'values/defaults.yaml': 'name: shop\nimage: a/b:1\nworkers: 1\n' })).toEqual([]);
  });

  test('a kind that is spelled almost so is refused', () => {
    expect(messages({ 'values/defaults.yaml': 'kind: Default\n' })).toEqual([
      expect.stringMatching(/did you mean "Defaults"\?$/),
    ]);
  });

  test('Defaults without any application are refused', () => {
    expect(messages({ 'values/defaults.yaml': 'kind: Defaults\nworkers: 1\n' })).toEqual([
      'values/defaults.yaml:1: kind: there is no application beside these Defaults; name its file, or the folder of both',
    ]);
  });

  test('Defaults that hold for none of the applications are a warning', () => {
    const files = {
      'values/other/defaults.yaml': 'kind: Defaults\nworkers: 1\n',
      'values/shop.yaml': `${SHOP}workers: 1\n`,
    };
    expect(warnings(files)).toEqual([
      'values/other/defaults.yaml:1: kind: no application is in values/other or below: these values have no effect',
    ]);
  });

  describe('an environment that no application has is a warning', () => {
    const DEFAULTS =
      'kind: Defaults\nworkers: 1\nenvironments: { prodution: {}, acceptance: { replicas: 9 } }\n';
    const WITH_PRODUCTION = `${SHOP}environments: { dev: {}, production: {} }\n`;
    const MISSPELLED =
      'values/defaults.yaml:3: environments.prodution: no application below has this environment; did you mean "production"?';
    const OTHER =
      'values/defaults.yaml:3: environments.acceptance: no application below has this environment; known are dev, production, or remove it: its values have no effect';

    test('with the nearest name, or with all names', () => {
      const files = { 'values/defaults.yaml': DEFAULTS, 'values/shop.yaml': WITH_PRODUCTION };
      expect(warnings(files)).toEqual([MISSPELLED, OTHER]);
    });

    test('also if no application has environments', () => {
      expect(warnings({ 'values/defaults.yaml': DEFAULTS, 'values/shop.yaml': SHOP })).toContain(
        'values/defaults.yaml:3: environments.acceptance: no application below has this environment; add it to environments of an application, or remove it: its values have no effect',
      );
    });

    test.each([{ isNamed: true }, { isAbove: true }])(
      'but one that is no typing error only if all files below are read: %j',
      (selected) => {
        const text = DEFAULTS.replace(
          'acceptance',
          'production-2: {}, production-eu: {}, dev2: {}, acceptance',
        );
        const { notes } = parseValues([
          { file: 'values/defaults.yaml', text, ...selected },
          { file: 'values/shop.yaml', text: WITH_PRODUCTION },
        ]);
        expect(notes.map(formatDiagnostic)).toEqual([MISSPELLED]);
      },
    );

    test('and only if all files below are valid YAML', () => {
      const files = {
        'values/defaults.yaml': DEFAULTS,
        'values/shop.yaml': WITH_PRODUCTION,
        'values/x.yaml': 'a: {',
      };
      expect(parsed(files).notes.map(formatDiagnostic)).toEqual([MISSPELLED]);
    });
  });
});
