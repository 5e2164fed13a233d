import type { SchemaModel } from '../operator/strict-schema.js';

/** The operator's schemas of an AlertmanagerConfig. */
export interface OperatorModels {
  readonly AlertmanagerConfigSpec: SchemaModel;
  readonly Route: SchemaModel;
}

let models: OperatorModels | undefined;

/**
 * Loads the schemas. It takes about 85 ms, because they load an engine for regular expressions. Only values with an
 * `alertmanagerConfig` need them.
 */
export async function loadOperatorModels(): Promise<void> {
  const { AlertmanagerConfigSpec } =
    await import('@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1alpha1/AlertmanagerConfigSpec');
  const { Route } =
    await import('@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1alpha1/Route');
  provideOperatorModels({ AlertmanagerConfigSpec, Route });
}

/** Sets the schemas, for a module that imports them anyway. */
export function provideOperatorModels(loaded: OperatorModels): void {
  models = loaded;
}

/** Returns the schemas. @throws Error if they are not loaded */
export function operatorModels(): OperatorModels {
  if (models === undefined) throw new Error('loadOperatorModels() must come first');
  return models;
}
