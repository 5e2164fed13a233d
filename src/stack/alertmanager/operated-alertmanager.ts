import { NAME_LABEL } from '../../kubernetes/labels.js';
import { Alertmanager } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/Alertmanager';
import { AlertmanagerConfig } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1alpha1/AlertmanagerConfig';
import type { ApiObject, ApiObjectProps } from 'cdk8s';
import { Construct } from 'constructs';
import { schemaErrors } from '../../operator/schema-errors.js';
import type { AlertmanagerClusterSpec } from './alertmanager-cluster-spec.js';
import { containerText } from '../../kubernetes/variable-references.js';
import { InvalidPropsError } from '../../diagnostics/invalid-props.js';
import { requirements } from '../../kubernetes/resources.js';
import { claimSpec } from '../../kubernetes/stateful-storage.js';
import type { Storage } from '../../kubernetes/storage.js';
import { spreadOver } from '../../kubernetes/spread.js';
import { PlainObject } from '../../kubernetes/plain-object.js';

export interface OperatedAlertmanagerProps {
  readonly spec: AlertmanagerClusterSpec;
  /** Name of the construct in error messages. */
  readonly subject: string;
}

/** Adds the operator's Alertmanager and, with `alertmanagerConfig`, its AlertmanagerConfig. */
export class OperatedAlertmanager extends Construct {
  /** Labels that the operator adds to the pods. */
  readonly selector: Readonly<Record<string, string>>;
  readonly alertmanager: ApiObject;
  readonly config?: ApiObject;

  constructor(scope: Construct, id: string, { spec, subject }: OperatedAlertmanagerProps) {
    super(scope, id);
    const { name, namespace, labels } = spec;
    this.selector = { [NAME_LABEL]: 'alertmanager', alertmanager: name };
    const metadata = { name, namespace, labels: { ...labels } };
    const operated = operatorSpec(spec, this.selector);
    // Validated without the claim: the model requires a kind in it that the API does not have.
    validated(new Alertmanager({ metadata, spec: { ...operated, storage: undefined } }), subject);
    const alertmanager = new Alertmanager({ metadata, spec: operated });
    this.alertmanager = new PlainObject(this, 'Resource', alertmanager.toJSON() as ApiObjectProps);
    if (spec.alertmanagerConfig !== undefined) {
      const config = new AlertmanagerConfig({
        metadata,
        spec: spec.alertmanagerConfig as unknown as AlertmanagerConfig['spec'],
      });
      this.config = new PlainObject(this, 'Config', config.toJSON() as ApiObjectProps);
    }
  }
}

function operatorSpec(
  spec: AlertmanagerClusterSpec,
  selector: Readonly<Record<string, string>>,
): Alertmanager['spec'] {
  const { name, peers, configFrom, secrets, storage, externalUrl } = spec;
  return {
    replicas: peers.count,
    image: spec.image,
    // The operator writes only settings that this version supports. Without it, it assumes its default version.
    ...(spec.version !== undefined && { version: spec.version }),
    // The operator copies these to `args` unchanged.
    clusterLabel: containerText(spec.label),
    ...(configFrom !== undefined && 'secret' in configFrom && { configSecret: configFrom.secret }),
    ...(spec.alertmanagerConfig !== undefined && { alertmanagerConfiguration: { name } }),
    ...(secrets.length > 0 && { secrets: [...secrets] }),
    ...(externalUrl !== undefined && { externalUrl: containerText(externalUrl), routePrefix: '/' }),
    ...(storage !== undefined && { storage: { volumeClaimTemplate: claim(storage) } }),
    retention: spec.retention,
    resources: requirements(spec.resources),
    automountServiceAccountToken: false,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 65534,
      runAsGroup: 65534,
      fsGroup: 65534,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    ...(spreadOver({ selector, spread: spec.spread }) as Pick<
      Alertmanager['spec'],
      'affinity' | 'topologySpreadConstraints'
    >),
  };
}

function claim(storage: Storage) {
  // The model requires apiVersion and kind; the operator does not.
  return { spec: claimSpec(storage) } as unknown as NonNullable<
    NonNullable<Alertmanager['spec']['storage']>['volumeClaimTemplate']
  >;
}

function validated(alertmanager: Alertmanager, subject: string): void {
  const problems = schemaErrors(Alertmanager, alertmanager);
  if (problems.length > 0) throw new InvalidPropsError(subject, problems);
}
