import type { Place } from '../diagnostics/diagnostic.js';
import { inspect } from '../diagnostics/expected.js';
import { mayBeSecret } from '../diagnostics/secrets.js';
import { formatFieldPath } from '../output/diff/field-changes.js';
import { isMigration } from './carry/carry-migrate.js';
import { leftOut, type LeftOut } from './carry/carry-others.js';
import type { Comparison, Explained as ExplainedDifference } from './compare/compare.js';
import { costOf, type Cost } from './compare/cost-of-difference.js';
import type { Difference } from './compare/differences.js';
import type { Draft } from './draft.js';
import type { Release } from './release.js';
import { placeOfObject, type ReleaseObject } from './release-object.js';

/** A part of the chart that is not in the values. */
export interface Loss {
  readonly cost: Cost;
  readonly place: Place;
  readonly message: string;
  readonly hint?: string | undefined;
}

/** Differences that are there on purpose. */
export interface Explained {
  /** `Deployment, Service` */
  readonly objects: readonly string[];
  /** `metadata.labels["helm.sh/chart"]`; none if whole objects differ */
  readonly fields: readonly string[];
  readonly reason: string;
}

const LEFT_OUT: Readonly<Record<Exclude<LeftOut, 'test'>, Pick<Loss, 'message' | 'hint'>>> = {
  hook: {
    message: 'a hook of Helm, which runs it at an install or upgrade',
    hint: 'write a Job for it in objects',
  },
  secret: {
    message: 'a Secret with data, which a values file should not contain',
    hint: 'keep the one in the cluster; for another cluster, create it there, or write a SealedSecret in objects',
  },
  nameless: {
    message: 'an object without a name, which kubectl apply refuses',
    hint: 'give it a name, and write it in objects',
  },
};

/** The parts of a release that the values do not contain. */
export function lossesOf(
  release: Release,
  { explained, unexplained }: Pick<Comparison, 'explained' | 'unexplained'>,
  draft: Draft,
): Loss[] {
  const { others, deployment } = release;
  const isCarried = (object: ReleaseObject) =>
    draft.made.has(object) || (draft.at('migrate') !== undefined && isMigration(object, release));
  return [
    ...others.filter((object) => !isCarried(object)).flatMap(ofObject),
    ...unexplained.map((difference) => ofField(difference, deployment.object)),
    ...withCost(explained, deployment.object),
  ];
}

/** Differences with a reason that costs something: one of each reason. */
function withCost(explained: readonly ExplainedDifference[], object: ReleaseObject): Loss[] {
  const costly = explained.filter(({ why }) => why.cost !== undefined);
  const first = costly.filter(({ why }, i) => costly.findIndex((other) => other.why === why) === i);
  return first.map((difference) => {
    const { cost = costOf(difference), reason, hint } = difference.why;
    const { place, message } = ofField(difference, object);
    return { cost, place, message: `${message}: ${reason}`, hint };
  });
}

function ofObject(object: ReleaseObject): Loss[] {
  const why = leftOut(object);
  if (why === undefined || why === 'test') return [];
  return [{ cost: 'keeps pods from running', place: placeOfObject(object), ...LEFT_OUT[why] }];
}

/** The objects of `helm test`. */
export function testsOfHelm({ others }: Release): Explained[] {
  const tests = others.filter((object) => leftOut(object) === 'test');
  const reason = 'only helm test runs it, and no application needs it';
  return tests.length === 0 ? [] : [{ objects: tests.map(({ title }) => title), fields: [], reason }];
}

/** @param object an object of the same chart */
function ofField(difference: Difference, object: ReleaseObject): Loss {
  const { kind, name, path, theirs, ours } = difference;
  const field = formatFieldPath(path);
  const inWords = (value: unknown) => {
    if (value === undefined) return 'nothing';
    return mayBeSecret(path) ? 'a value that is not shown' : inspect(value);
  };
  const whole = ours === undefined ? 'not carried over' : 'the chart does not have it';
  return {
    cost: costOf(difference),
    place: { file: object.placeOf([]).file, object: `${kind} ${name}`, ...(field !== '' && { field }) },
    message: path.length === 0 ? whole : `${inWords(theirs)} in the chart, ${inWords(ours)} here`,
  };
}

/** Differences with one reason, together. */
export function cosmetic(explained: readonly ExplainedDifference[]): Explained[] {
  const reasons = explained.flatMap(({ why }) => (why.cost === undefined ? why.reason : []));
  return [...new Set(reasons)].map((reason) => {
    const found = explained.filter(({ why }) => why.reason === reason);
    const fields = found.map(({ path }) =>
      formatFieldPath(path).replace(/\[metrics-[0-9]+\].*/, '[metrics-1] …'),
    );
    return {
      objects: [...new Set(found.map(({ kind }) => kind))],
      fields: [...new Set(fields.filter((field) => field !== ''))],
      reason,
    };
  });
}

/** The difference that the comparison does not see: it calls the port of the application `http` everywhere. */
export function renamedPort({ servicePort }: Release): Explained[] {
  const name = servicePort?.map['name'];
  if (servicePort === undefined || name === 'http') return [];
  const reason = `the port of the Service is called http, not ${inspect(name)}: whoever names it must name the new one; its number stays`;
  return [{ objects: ['Service'], fields: ['spec.ports[0].name'], reason }];
}
