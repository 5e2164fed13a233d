import { at, listAt, namespaceOf, textAt, type Manifest } from '../../kubernetes/manifest.js';

/** A chart that Flux, Argo CD or K3s installs for an object. Its manifests are elsewhere: in the chart, or in a repository. */
export interface InstalledChart {
  /** Undefined if each object in the chart has a namespace of its own. */
  readonly namespace: string | undefined;
  /** The names of the release and of the chart, which charts write into the labels of their objects. */
  readonly names: readonly string[];
}

const INSTALLERS: Readonly<Record<string, (object: Manifest) => InstalledChart>> = {
  'helm.toolkit.fluxcd.io HelmRelease': ofFlux,
  'argoproj.io Application': ofArgoCd,
  'helm.cattle.io HelmChart': ofK3s,
};

/** Returns the chart that an object installs; undefined for other objects. */
export function installedChart(object: Manifest): InstalledChart | undefined {
  const [group = ''] = (textAt(object, 'apiVersion') ?? '').split('/');
  return INSTALLERS[`${group} ${textAt(object, 'kind') ?? ''}`]?.(object);
}

/** @see https://fluxcd.io/flux/components/helm/helmreleases/#release-name */
function ofFlux(object: Manifest): InstalledChart {
  const target = textAt(object, 'spec', 'targetNamespace');
  const name = nameOf(object);
  const names = [
    textAt(object, 'spec', 'releaseName') ?? name,
    ...(target === undefined ? [] : [name, `${target}-${name}`]),
    chartName(textAt(object, 'spec', 'chart', 'spec', 'chart')),
    textAt(object, 'spec', 'chartRef', 'name') ?? '',
  ];
  return { namespace: target ?? namespaceOf(object), names };
}

/** Argo CD itself writes the name of the Application into the label `app.kubernetes.io/instance`. */
function ofArgoCd(object: Manifest): InstalledChart {
  const sources = [at(object, 'spec', 'source'), ...listAt(object, 'spec', 'sources')];
  const names = sources.flatMap((source) => [
    textAt(source, 'helm', 'releaseName') ?? '',
    chartName(textAt(source, 'chart')),
  ]);
  return {
    namespace: textAt(object, 'spec', 'destination', 'namespace'),
    names: [nameOf(object), ...names],
  };
}

function ofK3s(object: Manifest): InstalledChart {
  return {
    namespace: textAt(object, 'spec', 'targetNamespace') ?? namespaceOf(object),
    names: [nameOf(object), chartName(textAt(object, 'spec', 'chart'))],
  };
}

function nameOf(object: Manifest): string {
  return textAt(object, 'metadata', 'name') ?? '';
}

/** `podinfo` of `podinfo`, `./charts/podinfo` and `oci://registry.example.com/charts/podinfo`. */
function chartName(chart = ''): string {
  return chart.split('/').findLast((part) => part !== '') ?? '';
}
