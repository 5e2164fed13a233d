import { PodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PodMonitor';
import { ServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor';
import { nameOf, type Finding, type Manifest } from './manifest.js';

const MODELS = { PodMonitor, ServiceMonitor } as const;

/** The prometheus-operator's objects keep the operator's schema, as far as kubernetes-models knows it. */
export function checkOperatorSchema(manifest: Manifest): Finding[] {
  const { apiVersion, kind } = manifest;
  if (apiVersion !== ServiceMonitor.apiVersion || !isModelled(kind)) return [];
  try {
    new MODELS[kind](manifest as never).validate();
    return [];
  } catch (error) {
    return [{ object: nameOf(manifest), message: error instanceof Error ? error.message : String(error) }];
  }
}

function isModelled(kind: unknown): kind is keyof typeof MODELS {
  return typeof kind === 'string' && Object.hasOwn(MODELS, kind);
}
