import { HTTPRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRoute';
import { PodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PodMonitor';
import { PrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule';
import { ServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor';
import { AlertmanagerConfig } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1alpha1/AlertmanagerConfig';
import { Ajv, type ValidateFunction } from 'ajv';
import { kubernetesShapes } from '../../scripts/kubernetes-shapes.js';
import { QUANTITY } from '../../src/kubernetes/quantity.js';
import { matches } from '../../src/kubernetes/text-formats.js';
import type { Manifest } from '../../src/kubernetes/manifest.js';
import { schemaErrors } from '../../src/operator/schema-errors.js';
import { unknownFields, type SchemaModel } from '../../src/operator/strict-schema.js';

/** The kinds of Kubernetes that the constructs make, and their shapes. */
const KUBERNETES: Readonly<Record<string, string>> = {
  'v1/ConfigMap': 'ConfigMap',
  'v1/PersistentVolumeClaim': 'PersistentVolumeClaim',
  'v1/Service': 'Service',
  'v1/ServiceAccount': 'ServiceAccount',
  'apps/v1/Deployment': 'Deployment',
  'batch/v1/CronJob': 'CronJob',
  'batch/v1/Job': 'Job',
  'autoscaling/v2/HorizontalPodAutoscaler': 'HorizontalPodAutoscalerV2',
  'networking.k8s.io/v1/Ingress': 'Ingress',
  'networking.k8s.io/v1/NetworkPolicy': 'NetworkPolicy',
  'policy/v1/PodDisruptionBudget': 'PodDisruptionBudget',
  'rbac.authorization.k8s.io/v1/Role': 'Role',
  'rbac.authorization.k8s.io/v1/RoleBinding': 'RoleBinding',
};

const MODELS: Readonly<Record<string, SchemaModel>> = {
  AlertmanagerConfig,
  HTTPRoute,
  PodMonitor,
  PrometheusRule,
  ServiceMonitor,
};

const formats = { quantity: (text: string) => matches(QUANTITY, text) };
const ajv = new Ajv({ strict: false, allErrors: true, formats }).addSchema({
  $id: 'kubernetes',
  ...kubernetesShapes(Object.values(KUBERNETES)),
});

/**
 * The problems of a manifest by the schemas of Kubernetes 1.28, of the operator, and of the Gateway API: unknown and missing
 * fields, wrong types, and null. It uses none of the checks of Kubernetes' shapes in src/.
 */
export function strictProblems(manifest: Manifest): string[] {
  const { apiVersion, kind, ...fields } = manifest;
  const type = KUBERNETES[`${String(apiVersion)}/${String(kind)}`];
  if (type !== undefined) {
    const validate = ajv.getSchema(`kubernetes#/definitions/${type}`) as ValidateFunction;
    validate(fields);
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) =>
        `${String(kind)}${instancePath}: ${message ?? ''} ${JSON.stringify(params)}`,
    );
  }
  const model = MODELS[String(kind)];
  if (model === undefined) throw new Error(`no strict schema for ${String(apiVersion)} ${String(kind)}`);
  return [
    ...unknownFields(model, manifest).map(({ path }) => `${String(kind)}/${path.join('/')}: unknown field`),
    ...schemaErrors(model, manifest).map(
      ({ path, message }) => `${String(kind)}/${path.join('/')}: ${message}`,
    ),
  ];
}
