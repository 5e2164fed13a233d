import type { SchemaModel } from '../operator/strict-schema.js';

/** The operator's schemas of an AlertmanagerConfig. */
export interface OperatorModels {
  readonly AlertmanagerConfigSpec: SchemaModel;
  readonly Route: SchemaModel;
}

let models: OperatorModels | undefined;

/**
 * Loads the schemas. They bring an engine for regular expressions, which costs a start some 85 ms: only values with an
 * `alertmanagerConfig` need them.
 */
export async function loadOperatorModels(): Promise<void> {
  const { AlertmanagerConfigSpec } =
    await import('@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1alpha1/AlertmanagerConfigSpec');
  const { Route } =
    await import('@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1alpha1/Route');
  provideOperatorModels({ AlertmanagerConfigSpec, Route });
}

/** For a module that imports the schemas in any case. */
export function provideOperatorModels(loaded: OperatorModels): void {
  models = loaded;
}

/** @throws Error when they are not loaded */
export function operatorModels(): OperatorModels {
  if (models === undefined) throw new Error('loadOperatorModels() must come first');
  return models;
}
