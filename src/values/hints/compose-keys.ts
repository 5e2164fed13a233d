/** A key of manifests, Helm charts or Docker Compose that a WorkerApp does not have. */
export interface OtherKey {
  /** A place in its value, and the key of a values file that takes the value there. The empty place is the whole value. */
  readonly places?: Readonly<Record<string, string>>;
  /** The hint if the value has none of these places. @default - the first key, with its example */
  readonly otherwise?: string;
}

const ORDER =
  'remove it: Kubernetes starts all at once, and restarts a container that ends; an init container can wait for a server';

/**
 * The keys of a service of Docker Compose.
 * @see https://github.com/compose-spec/compose-spec/blob/main/05-services.md
 */
export const KEYS_OF_COMPOSE: Readonly<Record<string, OtherKey>> = {
  services: {
    otherwise:
      'this is a values file, not one of Docker Compose: it describes one application, with name, image and workers at the top level',
  },
  version: { otherwise: 'remove it, and write the version of the application in image' },
  build: {
    otherwise: 'build and push the image, and write image: registry.example.com/team/app:v1.2.3',
  },
  environment: {
    places: { '': 'env' },
    otherwise:
      'write env: { LOG_LEVEL: info } for variables, environments: { production: … } for environments',
  },
  env_file: {
    otherwise: 'write the variables in env, or the name of a ConfigMap: envFrom: [{ configMap: shop }]',
  },
  entrypoint: { places: { '': 'command' }, otherwise: 'write command: [gunicorn, shop.wsgi]' },
  expose: { otherwise: 'write http: { port: 8000 }' },
  healthcheck: { otherwise: 'write http: { healthPath: /healthz }, or probes' },
  deploy: {
    places: { replicas: 'replicas' },
    otherwise: 'write replicas and resources at the top level',
  },
  mem_limit: { otherwise: 'write resources: { limits: { memory: 1Gi } }' },
  user: { places: { '': 'runAsUser' }, otherwise: 'write runAsUser: 1000' },
  secrets: { otherwise: 'write env: { SECRET_KEY: { secret: shop, key: secret-key } }' },
  networks: { otherwise: 'remove it: pods reach each other by the names of Services; see networkPolicy' },
  depends_on: { otherwise: ORDER },
  restart: { otherwise: ORDER },
};
