import type { k8s } from 'cdk8s-plus-28';
import type { Plain } from '../kubernetes/plain.js';
import type { GatewayHTTPRouteSpec } from './gateway-api-types.js';

// The types of Kubernetes' shapes, as Kubernetes writes them. The docstrings of the fields are Kubernetes' own.

type Shape<T> = Plain<T>;

/** A shape that is merged over another: every field is optional, and null removes it. */
type Over<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { readonly [Field in keyof T]?: Over<T[Field]> | null | undefined }
    : T;

/** Nodes and neighbours that pods must, should or must not have. */
export type Affinity = Shape<k8s.Affinity>;
/** A container of a pod. */
export type Container = Shape<k8s.Container>;
/** Fields of a container. */
export type ContainerFields = Partial<Container>;
/** How a Deployment replaces its pods. */
export type DeploymentStrategy = Shape<k8s.DeploymentStrategy>;
/** Host names for an IP address, in the `/etc/hosts` of the pods. */
export type HostAlias = Shape<k8s.HostAlias>;
/** How fast an autoscaler adds and removes pods. */
export type HorizontalPodAutoscalerBehavior = Shape<k8s.HorizontalPodAutoscalerBehaviorV2>;
/** The Secret with the certificate of some hosts of an Ingress. */
export type IngressTLS = Shape<k8s.IngressTls>;
/** Actions after the start of a container, and before its end. */
export type Lifecycle = Shape<k8s.Lifecycle>;
/** A metric of an autoscaler. */
export type MetricSpec = Shape<k8s.MetricSpecV2>;
/** Fields of a pod. */
export type PodFields = Partial<Shape<k8s.PodSpec>>;
/** Name servers and options of the pods' DNS. */
export type PodDNSConfig = Shape<k8s.PodDnsConfig>;
/** Which failures of a pod end its Job, and which do not count. */
export type PodFailurePolicy = Shape<k8s.PodFailurePolicy>;
/** User, groups and kernel settings of all containers of a pod. */
export type PodSecurityContext = Shape<k8s.PodSecurityContext>;
/** Verbs that a Role allows on some resources. */
export type PolicyRule = Shape<k8s.PolicyRule>;
/** Fields of a probe that are merged over a default; null removes a field. */
export type ProbeFields = Over<Shape<k8s.Probe>>;
/** User, capabilities and other privileges of one container. */
export type SecurityContext = Shape<k8s.SecurityContext>;
/** A taint of nodes on which the pods may run all the same. */
export type Toleration = Shape<k8s.Toleration>;
/** How evenly the pods are spread over nodes or zones. */
export type TopologySpreadConstraint = Shape<k8s.TopologySpreadConstraint>;

/** Pods, namespaces or IP addresses that a NetworkPolicy names. */
export type NetworkPolicyPeer = Shape<k8s.NetworkPolicyPeer>;

/** A peer that pods may connect to, or a rule with `to` and `ports`. */
export type NetworkPolicyDestination = NetworkPolicyPeer & Partial<Shape<k8s.NetworkPolicyEgressRule>>;

/** Annotations of a Service, and fields of its spec. */
export type ServiceFields = Partial<
  Omit<Shape<k8s.ServiceSpec>, 'ports' | 'selector' | 'clusterIP' | 'clusterIPs'>
> & { readonly annotations?: Readonly<Record<string, string>> };

/** Annotations of an HTTPRoute, and fields of its spec, in the form of the Gateway API. */
export type HTTPRouteFields = GatewayHTTPRouteSpec & {
  readonly annotations?: Readonly<Record<string, string>>;
};

/** A container beside the application's. */
export type ContainerEntry = Omit<Container, 'name'> & {
  /** The pods that have it: `web`, `jobs`, and names of `processes`. */
  readonly in?: readonly string[] | undefined;
};

/** A container that runs as long as the application's. */
export type SidecarEntry = ContainerEntry & { readonly native?: boolean };

/** Where a container mounts a volume. */
export type MountPlace = Omit<Shape<k8s.VolumeMount>, 'name'>;

/** A PersistentVolumeClaim that is created: its size, and fields of PersistentVolumeClaimSpec. */
export type VolumeClaim = Partial<Shape<k8s.PersistentVolumeClaimSpec>> & {
  readonly size?: string | number;
};

/** A volume of the pods, and where the application's container mounts it. */
export type VolumeEntry = Omit<Shape<k8s.Volume>, 'name'> &
  Partial<MountPlace> & {
    readonly mounts?: readonly MountPlace[];
    readonly claim?: VolumeClaim;
  };
