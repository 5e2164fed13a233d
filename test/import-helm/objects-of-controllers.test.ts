import { deployment, live, Manifests, NAMED, SERVICE, text } from './manifests.js';

let chart: Manifests;
beforeEach(() => (chart = new Manifests()));
afterEach(() => chart.remove());

const imported = (...objects: object[]) => chart.ofObjects(...objects);

describe('objects that the controller of a custom resource makes', () => {
  const owner = {
    apiVersion: 'shops.example.com/v1',
    kind: 'Shop',
    name: 'prod',
    uid: '1',
    controller: true,
  };
  const owned = { ...live({ ownerReferences: [owner] }) };
  const shop = {
    apiVersion: 'shops.example.com/v1',
    kind: 'Shop',
    metadata: { name: 'prod', namespace: 'shop', ...live() },
  };
  const service = { ...SERVICE, metadata: { ...NAMED, ...owned } };

  test('are carried over without it, with a warning', () => {
    const { values, warnings, losses } = imported(deployment({}, {}, owned), service);

    expect([values['name'], losses]).toEqual(['prod-shop', []]);
    expect(warnings.map(({ object, message }) => `${object}: ${message}`)).toEqual(
      expect.arrayContaining(
        ['Deployment', 'Service'].map(
          (kind) => `${kind} shop/prod-shop: Shop prod made it, and its controller changes it back`,
        ),
      ),
    );
    expect(values).not.toHaveProperty('patches');
  });

  test('are refused beside it, as it makes them again', async () => {
    chart.write('all.yaml', text(deployment({}, {}, owned), service, shop));

    const { exitCode, stderr } = await chart.runInside('import-helm', 'all.yaml');

    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringMatching(
        /^all\.yaml:2: Deployment shop\/prod-shop: Shop prod makes this Deployment, and its controller changes it back; to import it, /,
      ),
    ]);
  });

  test('are left out if it makes no Deployment, such as an autoscaler of KEDA', () => {
    const keda = {
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'ScaledObject',
      name: 'prod-shop',
      controller: true,
    };
    const scaler = {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'keda-hpa-prod-shop', namespace: 'shop', ...live({ ownerReferences: [keda] }) },
      spec: { scaleTargetRef: { kind: 'Deployment', name: 'prod-shop' }, maxReplicas: 3 },
    };
    const { values } = imported(deployment({}, {}, live()), SERVICE, scaler);
    expect(values).not.toHaveProperty('objects');
  });
});
