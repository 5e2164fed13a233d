/** What has an application deployed from a git repository. One of the two. */
export interface DeliveryProps {
  readonly argocd?: ArgoCdProps;
  readonly flux?: FluxProps;
}

/** Where the manifests of an application are published. */
export interface GitSource {
  /** URL of the repository, without user and password. */
  readonly repo: string;
  /** `main` or `refs/heads/main`; for Argo CD, HEAD stands for the default branch. @default main */
  readonly branch?: string;
  /**
   * Folder in the repository that the application's manifest file is in; `.` for its root.
   * @default - dist, or dist/<environment>: where they are in the repository of the values
   */
  readonly path?: string;
}

/** An Argo CD Application. */
export interface ArgoCdProps extends GitSource {
  /** Namespace of Argo CD. @default argocd */
  readonly namespace?: string;
  /** Project of Argo CD. @default default */
  readonly project?: string;
  /** Cluster to deploy to. @default https://kubernetes.default.svc, the cluster of Argo CD */
  readonly server?: string;
  /** Whether objects that are gone from the repository are deleted. @default true */
  readonly prune?: boolean;
  /** Whether changes made by hand are undone. @default true */
  readonly selfHeal?: boolean;
  /** Order among Applications that another Application deploys: lower ones first. @default 0 */
  readonly wave?: number;
}

/** A Flux GitRepository and Kustomization. */
export interface FluxProps extends GitSource {
  /** Namespace of Flux. @default flux-system */
  readonly namespace?: string;
  /** Secret with the key or token for the repository. @default - none */
  readonly secret?: string;
  /** Time between two looks at the repository, and at the cluster. @default 10m */
  readonly interval?: string;
  /** Time in which the application must become ready. @default 5m */
  readonly timeout?: string;
  /** Whether objects that are gone from the repository are deleted. @default true */
  readonly prune?: boolean;
  /** Kustomizations that must be ready first. @default - none */
  readonly dependsOn?: readonly string[];
}

/** The application that is to be delivered. */
export interface Delivered {
  readonly name: string;
  readonly namespace: string;
  readonly environment?: string | undefined;
}
