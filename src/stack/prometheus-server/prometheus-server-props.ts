import type { PodSelection } from '../../kubernetes/pod-selection.js';
import type { ConfigMapKey, SecretKey } from '../../kubernetes/references.js';
import type { Resources } from '../../kubernetes/resources.js';
import type { Storage } from '../../kubernetes/storage.js';

/**
 * A Prometheus whose configuration follows a branch of a git repository: a commit is in force when promtool has found it
 * valid, and never otherwise. The same keys and the same meaning as in a values file.
 */
export interface PrometheusServerProps {
  /** Name of the StatefulSet and of all that belongs to it; a DNS-1035 label of at most 52 characters. */
  readonly name: string;

  /** The label `app.kubernetes.io/instance`. @default - the name */
  readonly instance?: string;

  /** @default - the chart's namespace, or `default` */
  readonly namespace?: string;

  /** An image with /bin/prometheus, /bin/promtool and /bin/cp. @default quay.io/prometheus/prometheus:v3.14.0 */
  readonly image?: string;

  /** Servers that all scrape the same; each knows its name by the environment variable POD_NAME. @default 1 */
  readonly replicas?: number;

  /** Where the configuration comes from. */
  readonly git: PrometheusGit;

  /** How much is kept. @default - 15 days */
  readonly retention?: PrometheusRetention;

  /**
   * A persistent volume for each server, with its data and its last good configuration.
   * @default - none: both are gone with the pod
   */
  readonly storage?: Storage;

  /** @default - requests of 200m CPU and 1Gi memory, a limit of 2Gi memory */
  readonly resources?: Resources | null;

  /**
   * Labels for `external_labels`, told to Prometheus as EXTERNAL_LABEL_<NAME>, in capitals; the configuration takes them
   * as `cluster: ${EXTERNAL_LABEL_CLUSTER}`. `replica` is `${POD_NAME}`.
   * @default - none
   */
  readonly externalLabels?: Readonly<Record<string, string>>;

  /**
   * Name of a standalone AlertmanagerCluster in the same namespace. The list of its peers is mounted at
   * `/etc/prometheus/alertmanagers/alertmanagers.yaml`, for `file_sd_configs`.
   * @default - none
   */
  readonly alertmanager?: string;

  /** Secrets to mount, each at `/etc/prometheus/secrets/<name>`. @default - none */
  readonly secrets?: readonly string[];

  /** What the configuration has encrypted, and the key to it. @default - nothing */
  readonly decrypt?: PrometheusDecrypt;

  /** Where Prometheus may look for targets in Kubernetes. @default - in its own namespace */
  readonly discovery?: { readonly namespaces: readonly string[] } | { readonly cluster: true };

  /** Whether two servers may share a node where there is no other. @default preferred */
  readonly spread?: 'preferred' | 'required';

  /**
   * Pods that may reach it, beside its own.
   * @default - in its namespace, those with app.kubernetes.io/name prometheus or grafana, and every PrometheusServer's
   */
  readonly clients?: readonly PodSelection[];
}

/** A branch of a git repository, and how to get at it. */
export interface PrometheusGit {
  /** `ssh://git@git.example.com/team/config.git`, `git@git.example.com:team/config.git` or `https://…`. */
  readonly repository: string;

  /** The branch to follow, `main` or `refs/heads/main`: one for each environment. */
  readonly branch: string;

  /** Path of the configuration in the repository. @default prometheus.yml */
  readonly file?: string;

  /** Time between two looks at the repository, 5s to 5m. @default 30s */
  readonly period?: string;

  /** For a repository over SSH. */
  readonly ssh?: PrometheusGitSsh;

  /** For a repository over HTTPS that asks for a password or token. @default - none */
  readonly token?: SecretKey & { readonly username?: string };

  /** @default registry.k8s.io/git-sync/git-sync:v4.7.0 */
  readonly image?: string;

  /**
   * Of the containers that follow the repository, where promtool reads all that the configuration names.
   * @default - requests of 20m CPU and 64Mi memory, a limit of 512Mi memory
   */
  readonly resources?: Resources | null;
}

export interface PrometheusGitSsh {
  /** The private key. */
  readonly key: SecretKey;
  /** Keys of the git server, as in `known_hosts`: no other server is trusted. */
  readonly knownHosts: ConfigMapKey | SecretKey;
}

export interface PrometheusRetention {
  /** @default 15d */
  readonly time?: string;
  /** Most disk space, such as `40GB`. @default - no limit */
  readonly size?: string;
}

export interface PrometheusDecrypt {
  /** age keys, as `age-keygen` writes them. Files named `NAME.sops.EXT` are decrypted by them to `NAME.EXT`. */
  readonly ageKey: SecretKey;
  /** An image with /usr/local/bin/sops and /bin/cp. @default ghcr.io/getsops/sops:v3.13.3-alpine */
  readonly image?: string;
}
