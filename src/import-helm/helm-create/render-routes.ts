import { isMap } from '../../kubernetes/manifest.js';
import { type Chart, numberOf } from './chart.js';
import type { RenderedObject } from './rendered-object.js';

/** The Ingress, if it is enabled. */
export function renderIngress(chart: Chart): RenderedObject[] {
  if (!chart.helm.isSwitchedOn(['ingress'])) return [];
  chart.helm.takeSwitches(['ingress']);
  const ingress = chart.object('networking.k8s.io/v1', 'Ingress');
  chart.fill(ingress, ['metadata', 'annotations'], [['ingress', 'annotations']]);
  chart.fill(
    ingress,
    ['spec', 'ingressClassName'],
    [
      ['ingress', 'className'],
      ['ingress', 'ingressClassName'],
    ],
  );
  chart.fill(ingress, ['spec', 'tls'], [['ingress', 'tls']]);
  chart.fill(ingress, ['spec', 'rules'], [['ingress', 'hosts']], (hosts) =>
    Array.isArray(hosts) ? hosts.map((host: unknown) => ruleOf(chart, host)) : hosts,
  );
  return [ingress];
}

/** Older charts have the hosts as texts, and the paths as texts. */
function ruleOf(chart: Chart, given: unknown): unknown {
  const host = isMap(given) ? given : { host: given };
  const paths = Array.isArray(host['paths']) ? host['paths'] : [host['path'] ?? '/'];
  return { host: host['host'], http: { paths: paths.map((path: unknown) => pathOf(chart, path)) } };
}

function pathOf(chart: Chart, given: unknown): unknown {
  const { path, pathType = 'ImplementationSpecific' } = isMap(given) ? given : { path: given };
  return { path, pathType, backend: { service: { name: chart.name, port: { number: servicePort(chart) } } } };
}

/** The HTTPRoute, if it is enabled. */
export function renderHttpRoute(chart: Chart): RenderedObject[] {
  if (!chart.helm.isSwitchedOn(['httpRoute'])) return [];
  chart.helm.takeSwitches(['httpRoute']);
  const route = chart.object('gateway.networking.k8s.io/v1', 'HTTPRoute');
  chart.fill(route, ['metadata', 'annotations'], [['httpRoute', 'annotations']]);
  for (const field of ['parentRefs', 'hostnames']) chart.fill(route, ['spec', field], [['httpRoute', field]]);
  const backendRefs = [{ name: chart.name, port: servicePort(chart), weight: 1 }];
  chart.fill(route, ['spec', 'rules'], [['httpRoute', 'rules']], (rules) =>
    Array.isArray(rules)
      ? rules.map((rule: unknown) => (isMap(rule) ? { ...rule, backendRefs } : rule))
      : rules,
  );
  return [route];
}

function servicePort({ helm }: Chart): unknown {
  return numberOf(helm.peek(['service', 'port']));
}
