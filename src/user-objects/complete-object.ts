import { isNamespaced } from '../kubernetes/cluster-scoped.js';
import { MANAGED_BY, MANAGED_BY_LABEL, PART_OF_LABEL } from '../kubernetes/labels.js';
import { mapAt, type Manifest } from '../kubernetes/manifest.js';

/** The application that the user's objects belong to. */
export interface Owner {
  readonly name: string;
  readonly namespace: string;
  /** The labels of every object of the application. */
  readonly labels: Readonly<Record<string, string>>;
}

/** Kinds that a Service or a monitor may select by the labels of the application. */
const SELECTED = new Set<unknown>(['Service', 'Pod', 'Endpoints']);

/** The user's object with namespace and labels, where it has none. Its own values stay. */
export function completed(manifest: Manifest, { name, namespace, labels }: Owner): Manifest {
  const { apiVersion, kind } = manifest;
  const metadata = mapAt(manifest, 'metadata');
  const belonging = { [PART_OF_LABEL]: name, [MANAGED_BY_LABEL]: MANAGED_BY };
  return {
    ...manifest,
    metadata: {
      ...metadata,
      ...(isNamespaced(apiVersion, kind) && { namespace: metadata['namespace'] ?? namespace }),
      labels: {
        ...(SELECTED.has(kind) ? belonging : { ...labels, ...belonging }),
        ...mapAt(metadata, 'labels'),
      },
    },
  };
}
