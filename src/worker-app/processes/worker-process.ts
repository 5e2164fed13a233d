import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { addObjectsOfKeys } from '../key-objects.js';
import { partsOfKeys } from '../key.js';
import { podDeployment } from '../pod-deployment.js';
import { portsPart } from '../pod-template.js';
import { WorkerService } from '../scraping/worker-service.js';
import { claimsAmong } from '../volumes/claims.js';
import { tmpVolume } from '../volumes/tmp-volume.js';
import type { MigrationSpec } from '../jobs/migration-spec.js';
import { waitForMigrations } from '../jobs/wait-for-migrations.js';
import type { MonitorKind } from '../worker-app-props.js';
import { PROCESS_KEYS } from './process-keys.js';
import type { ProcessObjects } from './process-objects.js';
import { processMonitor } from './process-monitor.js';
import type { ProcessSpec } from './process-spec.js';

/** Facts of the application that a process needs. */
interface ProcessOwner {
  readonly monitorKind: MonitorKind;
  readonly migrate?: MigrationSpec | undefined;
}

/** A process of a WorkerApp beside the web pods: a Deployment, and with `ports` or `metrics` a Service and a monitor. */
export class WorkerProcess extends Construct implements ProcessObjects {
  readonly deployment: ApiObject;
  readonly service: ApiObject | undefined;
  readonly monitor: ApiObject | undefined;
  readonly autoscaler: ApiObject | undefined;
  readonly disruptionBudget: ApiObject | undefined;
  readonly serviceAccount: ApiObject | undefined;
  readonly role: ApiObject | undefined;
  readonly roleBinding: ApiObject | undefined;
  readonly files: ApiObject | undefined;
  readonly claims: Readonly<Record<string, ApiObject>>;

  constructor(scope: Construct, id: string, spec: ProcessSpec, { monitorKind, migrate }: ProcessOwner) {
    super(scope, id);
    // Before the Deployment: its pods start with the new content.
    const ofKeys = addObjectsOfKeys(this, PROCESS_KEYS, spec);
    const { env: sharedEnv = {}, endpoints } = spec;
    const ports = endpoints.container.length > 0 ? [portsPart(endpoints.container)] : [];
    const parts = [...ports, tmpVolume(spec), ...partsOfKeys(PROCESS_KEYS, spec)];
    const { containers, part } = waitForMigrations(migrate, spec, parts);
    const initContainers = { ...spec.initContainers, ...containers };
    this.deployment = podDeployment(this, { ...spec, initContainers, sharedEnv }, [...parts, part]);
    this.service = this.addService(spec, monitorKind);
    this.monitor = processMonitor(this, spec, monitorKind);
    this.autoscaler = ofKeys['autoscaler'];
    this.disruptionBudget = ofKeys['disruption-budget'];
    this.serviceAccount = ofKeys['service-account'];
    this.role = ofKeys['role'];
    this.roleBinding = ofKeys['role-binding'];
    this.files = ofKeys['files'];
    this.claims = claimsAmong(ofKeys);
  }

  private addService(spec: ProcessSpec, monitorKind: MonitorKind): ApiObject | undefined {
    const { name, namespace, labels, selector, endpoints } = spec;
    const { service, metrics } = endpoints;
    const isScraped = monitorKind === 'ServiceMonitor' && metrics !== undefined;
    const own = endpoints.container.find((port) => port.name === metrics);
    const isOpen = service.some((port) => port.name === metrics);
    const scraped =
      isScraped && own !== undefined && !isOpen ? [{ name: own.name, servicePort: own.number }] : [];
    if (service.length + scraped.length === 0) return undefined;
    return new WorkerService(this, 'service', {
      name,
      namespace,
      labels,
      selector,
      otherPorts: [...service, ...scraped],
      headless: service.length === 0,
    }).object;
  }
}
