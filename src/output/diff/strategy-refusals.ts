import { shellWord } from '../../diagnostics/shell-word.js';
import { at, textAt, type Manifest } from '../../kubernetes/manifest.js';
import type { ChangeWarning } from './change-warning.js';

interface Strategy {
  readonly field: string;
  /** The type that takes no `rollingUpdate`. */
  readonly type: string;
  /** The applies that the API server refuses. */
  readonly apply: string;
  /** Fields of the strategy for which the API server fills in no `rollingUpdate`. */
  readonly given: readonly string[];
}

const OF_KIND: Readonly<Record<string, Strategy>> = {
  Deployment: {
    field: 'strategy',
    type: 'Recreate',
    apply: 'a server-side kubectl apply',
    given: ['rollingUpdate'],
  },
  StatefulSet: {
    field: 'updateStrategy',
    type: 'OnDelete',
    apply: 'kubectl apply',
    given: ['rollingUpdate', 'type'],
  },
};

/**
 * Warns about a type of strategy that takes no `rollingUpdate`: the API server filled in `rollingUpdate` where the manifest
 * did not set it, an apply leaves it, and the API server refuses both together.
 */
export function strategyRefusals(before: Manifest, after: Manifest): ChangeWarning[] {
  const kind = textAt(before, 'kind') ?? '';
  const strategy = Object.hasOwn(OF_KIND, kind) ? OF_KIND[kind] : undefined;
  if (strategy === undefined) return [];
  const { field, type, apply, given } = strategy;
  const typeOf = (manifest: Manifest) => textAt(manifest, 'spec', field, 'type') ?? 'RollingUpdate';
  const isSet = given.some((name) => at(before, 'spec', field, name) !== undefined);
  if (typeOf(before) === type || typeOf(after) !== type || isSet) return [];
  return [
    {
      effect: 'refused',
      message: `the API server refuses spec.${field}.type: ${type} in ${apply}: it filled in spec.${field}.rollingUpdate`,
      hint: `first replace the strategy: ${replacement(before, kind, field, type)}`,
    },
  ];
}

function replacement(before: Manifest, kind: string, field: string, type: string): string {
  const patch = [{ op: 'replace', path: `/spec/${field}`, value: { type } }];
  const namespace = textAt(before, 'metadata', 'namespace');
  const command = [
    'kubectl',
    'patch',
    `${kind.toLowerCase()}.apps`,
    textAt(before, 'metadata', 'name') ?? '',
  ];
  if (namespace !== undefined) command.push('-n', namespace);
  command.push('--type', 'json', '-p', JSON.stringify(patch));
  return command.map(shellWord).join(' ');
}
