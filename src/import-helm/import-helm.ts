import { type Diagnostic, placed } from '../diagnostics/diagnostic.js';
import { formatPath } from '../diagnostics/field-path.js';
import { mayBeSecret } from '../diagnostics/secrets.js';
import { numberIn } from '../servers/setting-sources.js';
import { dumpYaml } from '../yaml/dump-yaml.js';
import { KEYS } from '../worker-app/keys/index.js';
import { workersSetting } from './carry/carry-workers.js';
import { convertWhole } from './convert-whole.js';
import type { Draft } from './draft.js';
import type { ImportFacts } from './facts.js';
import { helmCreateObjects } from './helm-create/helm-create.js';
import { hasTemplate, WRITE_THE_VALUE } from './helm-create/template-texts.js';
import { HelmValues, type HelmPath } from './helm-create/helm-values.js';
import { importWarnings } from './import-warnings.js';
import { cosmetic, lossesOf, renamedPort, testsOfHelm, type Loss, type Explained } from './losses.js';
import { readInput, type Input } from './read-input.js';
import type { Problems } from './valid-draft.js';
import { otherWorkers } from './release-problems.js';
import { releaseOf, type Release, type Wanted } from './release.js';

export interface ImportOptions extends Omit<ImportFacts, 'chart'> {
  /** Helm values, with a Chart.yaml beside them; manifests that Helm made; or the folder of a chart. `-` is standard input. */
  readonly file: string;
}

/** A Helm value that no template of `helm create` reads. */
export interface NotCarried {
  readonly line: number;
  /** `ingress.hosts` */
  readonly field: string;
  /** Missing if it may be a secret. */
  readonly value?: unknown;
  /** The environment variable that it sets, if any. */
  readonly variable?: string;
}

export interface Imported {
  /** The file that was read; `<stdin>` for standard input. */
  readonly file: string;
  readonly name: string;
  /** Text of the WorkerApp values file, without the line for editors. */
  readonly text: string;
  readonly notCarried: readonly NotCarried[];
  /** Parts of the chart that are not in the values, with their cost. */
  readonly losses: readonly Loss[];
  /** Differences that have a reason. */
  readonly cosmetic: readonly Explained[];
  /** Number of patches in the values. */
  readonly patches: number;
  /** Warnings about values that are carried over. */
  readonly warnings: readonly Diagnostic[];
  /** Whether it was made from Helm values alone, by the templates of `helm create`. */
  readonly ofValues: boolean;
  /** Helm values that are empty or in a disabled part. */
  readonly unused: readonly string[];
}

type Result<T> = T | { readonly problems: readonly Diagnostic[] };

/** Converts a Helm chart, by its values or its manifests, to a WorkerApp values file. */
export function importHelm({ file: path, ...given }: ImportOptions): Result<Imported> {
  const input = readInput(path, given.namespace);
  if ('problems' in input) return input;
  const { file } = input;
  const chart = chartOf(input, given);
  const whole = releaseOf(chart.objects, chart.wanted, { file, made: 'objects' in input ? input.made : [] });
  if ('problems' in whole) return whole;
  const setting = workersSetting(whole.container);
  if (given.workers !== undefined && setting !== undefined && numberIn(setting) !== given.workers)
    return { problems: [otherWorkers(whole.container, setting, given.workers)] };
  const converted = convertWhole(whole, chart.facts, 'objects' in input);
  const { release, draft, problems, kept } = converted;
  if (problems.length > 0) return { problems: problems.map((problem) => inInput(problem, draft, file)) };
  const { compared } = converted;
  const patches = [...compared.patches, ...draft.patches];
  if (patches.length > 0) draft.put(['patches'], patches);
  const about = chart.about(draft, release);
  return {
    file,
    name: String(draft.values['name']),
    text: dumpYaml(inOrder(draft.values)),
    losses: lossesOf(release, 'objects' in input ? compared : { ...compared, explained: [] }, draft),
    cosmetic: [...cosmetic(compared.explained), ...renamedPort(release), ...testsOfHelm(release)],
    patches: patches.length,
    ofValues: 'values' in input,
    ...about,
    warnings: [...about.warnings, ...kept],
  };
}

interface ChartInput {
  readonly facts: ImportFacts;
  readonly wanted: Wanted;
  readonly objects: Parameters<typeof releaseOf>[0];
  /** The warnings; and the values of Helm that are not in the result, or that the chart does not use. */
  about(draft: Draft, release: Release): Pick<Imported, 'notCarried' | 'warnings' | 'unused'>;
}

function chartOf(input: Input, given: Omit<ImportFacts, 'chart'>): ChartInput {
  if ('objects' in input)
    return {
      facts: given,
      wanted: given,
      objects: input.objects,
      about: (draft, release) => ({ notCarried: [], warnings: importWarnings(draft, release), unused: [] }),
    };
  const { values: document } = input;
  const facts: ImportFacts = { ...given, chart: input.chart };
  const helm = new HelmValues(document.value as Readonly<Record<string, unknown>>, document.merged);
  const placeOf = (path?: HelmPath) => ({
    file: document.file,
    ...(path !== undefined && { ...document.positionOf(path), field: formatPath(path) }),
  });
  return {
    facts,
    wanted: {}, // the objects have these names
    objects: helmCreateObjects(helm, facts, placeOf),
    about: (draft, release) => {
      const { used, unused } = helm.left();
      return {
        notCarried: used.map((field) => ({
          line: document.positionOf(field).line,
          field: formatPath(field),
          ...(!mayBeSecret(field) && { value: helm.peek(field) }),
          ...(isVariable(helm, field) && { variable: String(field.at(-1)) }),
        })),
        warnings: [
          ...document.repeatedKeys.map((repeated): Diagnostic => ({ ...repeated, severity: 'warning' })),
          ...importWarnings(draft, release, { helm, facts, document, placeOf }),
        ],
        unused: unused.map(formatPath),
      };
    },
  };
}

/** The values with their keys in the order of the documentation. */
function inOrder(values: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.keys(KEYS).flatMap((key) => (key in values ? [[key, values[key]]] : [])));
}

/** A problem at the place of the chart that the value comes from. */
function inInput(problem: Problems[number], draft: Draft, file: string): Diagnostic {
  const place = draft.placeOf(problem.path);
  if (place !== undefined)
    return placed(
      hasTemplate(draft.at(...problem.path)) ? { ...problem, hint: WRITE_THE_VALUE } : problem,
      place,
    );
  const hint = problem.message.startsWith('missing') ? ADVICE[String(problem.path[0])] : undefined;
  return placed({ ...problem, ...(hint !== undefined && { hint }) }, { file });
}

/** Advice for a required key that the chart does not contain. */
const ADVICE: Readonly<Record<string, string>> = {
  name: 'set --name',
  workers: 'set env.config.WEB_CONCURRENCY in the Helm values, or --workers',
};

/** Whether a value is an environment variable's: a scalar in a map in `env`. */
function isVariable(helm: HelmValues, [first, ...rest]: HelmPath): boolean {
  return first === 'env' && rest.length > 0 && typeof helm.peek([first, ...rest]) !== 'object';
}
