import { diagnostics, reasons, service, serviceMonitor, workload } from './manifests-of-others.js';

describe('Services and pods of a chart that another program installs', () => {
  const release = (name: string, spec: object) => ({
    apiVersion: 'helm.toolkit.fluxcd.io/v2',
    kind: 'HelmRelease',
    metadata: { name, namespace: 'shop' },
    spec,
  });
  const application = (spec: object) => ({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: 'web', namespace: 'argocd' },
    spec,
  });
  const ofPodinfo = { chart: { spec: { chart: './charts/podinfo' } } };
  const inShop = { destination: { namespace: 'shop' } };
  const k3s = {
    apiVersion: 'helm.cattle.io/v1',
    kind: 'HelmChart',
    metadata: { name: 'web', namespace: 'kube-system' },
    spec: { chart: 'podinfo', targetNamespace: 'shop' },
  };

  test.each([
    ['the name of a HelmRelease', release('web', ofPodinfo), 'HelmRelease shop/web', 'instance', 'web'],
    ['the chart of a HelmRelease', release('web', ofPodinfo), 'HelmRelease shop/web', 'name', 'podinfo'],
    ['its releaseName', release('web', { releaseName: 'w' }), 'HelmRelease shop/web', 'instance', 'w'],
    [
      'its release in another namespace',
      { ...release('web', { targetNamespace: 'shop' }), metadata: { name: 'web', namespace: 'flux-system' } },
      'HelmRelease flux-system/web',
      'instance',
      'shop-web',
    ],
    ['the name of an Application', application(inShop), 'Application argocd/web', 'instance', 'web'],
    [
      'the release of one of its sources',
      application({ ...inShop, sources: [{ chart: 'podinfo', helm: { releaseName: 'w' } }] }),
      'Application argocd/web',
      'instance',
      'w',
    ],
    ['the chart of a HelmChart of K3s', k3s, 'HelmChart kube-system/web', 'name', 'podinfo'],
  ])('are unseen where a label has %s', (_, object, installer, label, value) => {
    const matchLabels = { [`app.kubernetes.io/${label}`]: value };
    expect(reasons(object, serviceMonitor({ selector: { matchLabels } }))[0]).toEqual([
      true,
      true,
      `installed by ${installer}`,
    ]);
  });

  test.each([
    ['have another name', release('api', ofPodinfo)],
    ['are in another namespace', application({ destination: { namespace: 'api' } })],
    ['come from an object that installs no chart', { ...release('web', {}), kind: 'HelmRepository' }],
  ])('are missing if they %s', (_, object) => {
    const matchLabels = { 'app.kubernetes.io/instance': 'web' };
    expect(diagnostics(object, serviceMonitor({ selector: { matchLabels } }))).toHaveLength(1);
  });

  test('are missing if the application is in the manifests, and only a label is wrong', () => {
    const matchLabels = { app: 'web', tier: 'wbe' };
    expect(
      diagnostics(application(inShop), service, workload(), serviceMonitor({ selector: { matchLabels } })),
    ).toContain(
      'ServiceMonitor shop/web: spec.selector: no Service in namespace shop with the labels app=web,tier=wbe',
    );
  });
});
