import fc from 'fast-check';
import { shapeSchema } from '../../src/kubernetes-shapes/shapes.js';
import { anyShape } from '../kubernetes-shapes/arbitrary-shape.js';
import { manifestsOf, type Loose, type ShopManifests } from '../manifests-of.js';
import { runs } from '../runs.js';

const SHOP = { name: 'shop', image: 'example.com/shop:v1', workers: 2 };

/** Where the value of each key in Kubernetes' form is in the manifests. */
const PLACES: Readonly<
  Record<string, readonly [shape: string, placeOf: (manifests: ShopManifests) => Loose]>
> = {
  affinity: ['Affinity', ({ pod }) => pod.affinity],
  tolerations: ['PodSpec.tolerations', ({ pod }) => pod.tolerations],
  hostAliases: ['PodSpec.hostAliases', ({ pod }) => pod.hostAliases],
  dnsConfig: ['PodDnsConfig', ({ pod }) => pod.dnsConfig],
  podSecurityContext: ['PodSecurityContext', ({ pod }) => pod.securityContext],
  containerSecurityContext: ['SecurityContext', ({ container }) => container.securityContext],
  lifecycle: ['Lifecycle', ({ container }) => container.lifecycle],
};

/** Root is refused while `runAsNonRoot` is true, which is our default. */
const startsAsRoot = (value: unknown): boolean => (value as Loose | null)?.runAsUser === 0;

test.each(Object.entries(PLACES))(
  'whatever %s is given is in the manifest, with the same value',
  (name, [shape, placeOf]) => {
    fc.assert(
      fc.property(anyShape(shapeSchema(shape)), (value) => {
        fc.pre(!startsAsRoot(value));
        const found = placeOf(manifestsOf({ ...SHOP, [name]: value }));
        expect(found).toMatchObject(value as object);
      }),
      { numRuns: runs(30) },
    );
  },
);
