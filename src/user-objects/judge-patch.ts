import { isDeepStrictEqual } from 'node:util';
import type { FieldDiagnostic } from '../diagnostics/diagnostic.js';
import { didYouMean, knownAre } from '../diagnostics/expected.js';
import { scalarText } from '../diagnostics/scalar-text.js';
import { listAt, mapAt, nameOf, textAt, type Manifest } from '../kubernetes/manifest.js';
import { judgePodSecurity } from './judge-pod-security.js';
import { judgePatchShape } from './judge-shape.js';
import { applyPatch, PatchError, type Patch } from './patch.js';

/** A patch without a target. @param i its number in the list, from 0 */
export function noTarget({ target }: Patch, i: number, all: readonly Manifest[]): FieldDiagnostic {
  const label = (kind: unknown, name: unknown) => `${scalarText(kind)} ${scalarText(name)}`;
  const known = all.map(({ kind, metadata }) => label(kind, textAt({ metadata }, 'metadata', 'name')));
  const wanted = label(target.kind, target.name);
  return {
    path: ['patches', i, 'target'],
    message: `there is no ${wanted}`,
    hint: `${knownAre(known)}${didYouMean(wanted, known)}`,
  };
}

/**
 * The diagnostics about a patch of its target: an error if it cannot be applied; a warning or notes about its effect.
 * @param objects all objects
 */
export function judgePatch(
  before: Manifest,
  patch: Patch,
  i: number,
  objects: () => readonly Manifest[],
): FieldDiagnostic[] {
  const path = ['patches', i];
  try {
    const after = applyPatch(before, patch);
    if (isDeepStrictEqual(before, after))
      return [
        { severity: 'warning', path, message: `changes nothing in ${nameOf(before)}`, hint: 'remove it' },
      ];
    return [
      ...judgePatchShape(before, patch, path),
      ...removed(before, after).map((what) => ({
        severity: 'note' as const,
        path,
        message: `removes ${what} of ${nameOf(before)}`,
      })),
      ...judgePodSecurity(before, after, patch, path, objects),
    ];
  } catch (error) {
    if (!(error instanceof PatchError)) throw error;
    const { operation, hint } = error;
    const message = `cannot be applied to ${nameOf(before)}: ${error.message}`;
    return [{ path: [...path, 'json', operation], message, ...(hint !== undefined && { hint }) }];
  }
}

/** The containers and ports that are in one manifest, but not in the other. */
function removed(before: Manifest, after: Manifest): string[] {
  const left = new Set(partsOf(after));
  return partsOf(before).filter((part) => !left.has(part));
}

function partsOf(manifest: Manifest): string[] {
  const pod = mapAt(manifest, 'spec', 'template', 'spec');
  return [
    ...['initContainers', 'containers'].flatMap((field) =>
      listAt(pod, field).flatMap((container) => {
        const name = scalarText(container['name']);
        const ports = listAt(container, 'ports').map(
          (port) => `the port ${portName(port)} of container ${name}`,
        );
        return [`the container ${name}`, ...ports];
      }),
    ),
    ...listAt(manifest, 'spec', 'ports').map((port) => `the port ${portName(port)}`),
    ...['endpoints', 'podMetricsEndpoints'].flatMap((field) =>
      listAt(manifest, 'spec', field).map((endpoint) => `the endpoint ${portName(endpoint)}`),
    ),
  ];
}

function portName({ name, port, containerPort, targetPort }: Manifest): string {
  return scalarText(name ?? port ?? containerPort ?? targetPort);
}
