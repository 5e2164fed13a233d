import { INSTANCE_LABEL } from '../kubernetes/labels.js';
import type { Diagnostic, Place } from '../diagnostics/diagnostic.js';
import { scalarText } from '../diagnostics/scalar-text.js';
import { isOnlyScraped, METRICS_PORT, scrapingOf, type Scraping } from './monitors.js';
import { leadsTo, selects } from './selects.js';
import { nameOf, ObjectField, type ReleaseObject } from './release-object.js';
import { noContainer, noDeployment, otherInstance, otherNamespace } from './release-problems.js';

/** The objects of a release: the web pods with the objects around them, and all others. */
export interface Release {
  readonly deployment: ObjectField;
  readonly template: ObjectField;
  readonly pod: ObjectField;
  /** The application's container. */
  readonly container: ObjectField;
  readonly service?: ObjectField | undefined;
  /** The port of the Service for the application's requests. */
  readonly servicePort?: ObjectField | undefined;
  readonly account?: ObjectField | undefined;
  readonly ingress?: ObjectField | undefined;
  readonly httpRoute?: ObjectField | undefined;
  readonly autoscaler?: ObjectField | undefined;
  readonly budget?: ObjectField | undefined;
  readonly monitor?: ObjectField | undefined;
  /** How Prometheus scrapes the web pods. Of pods beside them, it is not known. */
  readonly scraping?: Scraping;
  readonly others: readonly ReleaseObject[];
}

/** Names of the user. One that the manifests do not contain is refused. */
export interface Wanted {
  /** Name of the web Deployment. @default - the only one, or the one that a Service leads to */
  readonly name?: string | undefined;
  /** Name of the application's container. @default - the first one */
  readonly container?: string | undefined;
  /** Namespace of the release. @default - that of the Deployment */
  readonly namespace?: string | undefined;
  /** Name of the release. @default - that in the selector of the Deployment */
  readonly instance?: string | undefined;
}

/** Finds the web pods among the objects of a release, and the objects around them. */
export function releaseOf(
  objects: readonly ReleaseObject[],
  { name, container: wanted, namespace, instance }: Wanted,
  { file, made }: Pick<Place, 'file'> & { readonly made: readonly ReleaseObject[] },
): Release | { readonly problems: readonly Diagnostic[] } {
  const all = objects.map((object) => new ObjectField(object));
  const ofKind = (kind: string) => all.filter((field) => field.map['kind'] === kind);
  const deployments = ofKind('Deployment');
  const services = ofKind('Service');
  const deployment = webDeployment(deployments, services, name);
  if (deployment === undefined) return { problems: [noDeployment(deployments, all, { file, made, name })] };
  const template = deployment.at('spec', 'template');
  const pod = template.at('spec');
  const container = wanted === undefined ? pod.at('containers', 0) : pod.at('containers').named(wanted);
  if (container === undefined) return { problems: [noContainer(deployment, String(wanted))] };
  const own = deployment.at('metadata', 'namespace');
  if (namespace !== undefined && own.isSet && own.value !== namespace)
    return { problems: [otherNamespace(own, namespace)] };
  const ofRelease = deployment.at('spec', 'selector', 'matchLabels', INSTANCE_LABEL);
  if (instance !== undefined && ofRelease.isSet && ofRelease.value !== instance)
    return { problems: [otherInstance(ofRelease, instance)] };
  const ofPods = services.filter((service) => selects(service, template));
  const leading = ofPods.filter((service) => !isOnlyScraped(service));
  const ofName = (all: readonly ObjectField[]) => all.find((one) => nameOf(one) === nameOf(deployment));
  const service = ofName(leading) ?? leading[0] ?? ofName(ofPods);
  const named = (kind: string, isOwn: (field: ObjectField) => boolean = () => true) =>
    ofKind(kind).find((field) => nameOf(field) === nameOf(deployment) && isOwn(field));
  const account = ofKind('ServiceAccount').find((one) => nameOf(one) === pod.at('serviceAccountName').text);
  const autoscaler = named('HorizontalPodAutoscaler');
  const servicePort = service && servicePortOf(service);
  const carriedService =
    service !== undefined && nameOf(service) === nameOf(deployment) ? service : undefined;
  const scraping = scrapingOf(['ServiceMonitor', 'PodMonitor'].flatMap(ofKind), {
    deployment,
    template,
    container,
    service: carriedService,
    servicePort,
    services,
  });
  const carried = {
    service: carriedService,
    account,
    ingress: named('Ingress'),
    httpRoute: named('HTTPRoute'),
    autoscaler,
    budget: named('PodDisruptionBudget'),
    monitor: scraping.monitor,
  };
  const taken = new Set<ReleaseObject | undefined>(
    [deployment, ...Object.values(carried)].map((field) => field?.object),
  );
  return {
    ...carried,
    service,
    servicePort,
    scraping,
    deployment,
    template,
    pod,
    container,
    others: objects.filter((object) => !taken.has(object)),
  };
}

/** The Deployment with this name; the only one; or the only one that a Service leads to. */
function webDeployment(
  deployments: readonly ObjectField[],
  services: readonly ObjectField[],
  name: string | undefined,
): ObjectField | undefined {
  if (name !== undefined) return deployments.find((deployment) => nameOf(deployment) === name);
  if (deployments.length <= 1) return deployments[0];
  const served = deployments.filter((deployment) =>
    services.some(
      (service) => leadsTo(service, deployment.at('spec', 'template')) && !isOnlyScraped(service),
    ),
  );
  return served.length === 1 ? served[0] : undefined;
}

function servicePortOf(service: ObjectField): ObjectField | undefined {
  const ports = service
    .at('spec', 'ports')
    .items.filter((port) => !METRICS_PORT.test(scalarText(port.map['name'])));
  return ports.find((port) => port.map['name'] === 'http') ?? ports[0];
}

/** The objects that keys of a WorkerApp make, without a Service of another name, which stays as it is. */
export function carriedObjects(release: Release): ReleaseObject[] {
  const { deployment, service, account, ingress, httpRoute, autoscaler, budget, monitor } = release;
  const fields = [deployment, service, account, ingress, httpRoute, autoscaler, budget, monitor];
  return fields.flatMap((field) =>
    field === undefined || release.others.includes(field.object) ? [] : [field.object],
  );
}

/** Objects around the web pods that can stay in `objects`. */
const MAY_STAY = ['account', 'ingress', 'httpRoute', 'autoscaler', 'budget'] as const;

/** The release with some of the objects around the web pods among the others. */
export function withOthers(release: Release, objects: ReadonlySet<ReleaseObject>): Release {
  const isOther = (field: ObjectField | undefined) => field !== undefined && objects.has(field.object);
  const rest = MAY_STAY.map((part) => [part, isOther(release[part]) ? undefined : release[part]] as const);
  const moved = MAY_STAY.flatMap((part) => {
    const field = release[part];
    return field !== undefined && isOther(field) ? [field.object] : [];
  });
  return { ...release, ...Object.fromEntries(rest), others: [...release.others, ...moved] };
}
