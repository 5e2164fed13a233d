import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ETCD, KUBERNETES, type GoModule } from '../../../scripts/cluster-programs/go-modules.js';
import { eventually } from '../../e2e/cluster/eventually.js';
import { Program } from '../../e2e/cluster/program.js';
import { Api } from './api.js';
import { builtProgram } from './built-program.js';
import { Kubectl } from './kubectl.js';
import { ClusterNetwork } from './network.js';
import { Users } from './users.js';

const PORT = 6443;

/** etcd and a kube-apiserver with RBAC and Pod Security. The controllers of Deployments and the like start on demand. */
export class ControlPlane {
  static async start(kubernetes: GoModule = KUBERNETES): Promise<ControlPlane> {
    const plane = new ControlPlane(kubernetes);
    try {
      await plane.startPrograms();
    } catch (error) {
      await plane.end();
      throw error;
    }
    return plane;
  }

  readonly network = new ClusterNetwork();
  readonly folder = mkdtempSync(path.join(tmpdir(), 'control-plane-'));
  readonly users = new Users(this.folder);
  private readonly programs: Program[] = [];
  private connected: { readonly api: Api; readonly kubectl: Kubectl } | undefined;

  private constructor(private readonly kubernetes: GoModule) {}

  /** As the administrator. */
  get api(): Api {
    if (this.connected === undefined) throw new Error('the API server is not ready');
    return this.connected.api;
  }

  /** As the administrator. */
  get kubectl(): Kubectl {
    if (this.connected === undefined) throw new Error('the API server is not ready');
    return this.connected.kubectl;
  }

  get server(): string {
    return `https://${this.network.host}:${PORT}`;
  }

  /** Variables by which programs in pods find the API server. */
  get environment(): Readonly<Record<string, string>> {
    return { KUBERNETES_SERVICE_HOST: this.network.host, KUBERNETES_SERVICE_PORT: String(PORT) };
  }

  /** The certificate that signs the API server's, which writes both itself. */
  get certificateAuthority(): string {
    return path.join(this.folder, 'certificates/apiserver.crt');
  }

  /** Starts one more program of the cluster; it ends with the cluster. */
  startProgram(command: string, args: readonly string[]): Program {
    const program = new Program(command, args, { cwd: this.folder });
    this.programs.push(program);
    return program;
  }

  /** Starts the controllers of Deployments, Jobs, endpoints and so on. The nodes are the test's own. */
  startControllers(): void {
    const kubeconfig = this.users.kubeconfig(this.users.controllers, this.server, this.certificateAuthority);
    this.startProgram(builtProgram(KUBERNETES, 'kube-controller-manager'), [
      `--kubeconfig=${kubeconfig}`,
      `--bind-address=${this.network.host}`,
      `--service-account-private-key-file=${this.users.signingKey}`,
      `--root-ca-file=${this.certificateAuthority}`,
      '--use-service-account-credentials',
      '--leader-elect=false',
      '--controllers=*,-node-lifecycle-controller,-taint-eviction-controller',
    ]);
  }

  async end(): Promise<void> {
    this.connected?.api.end();
    for (const program of this.programs.toReversed()) await program.end();
    this.network.end();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async startPrograms(): Promise<void> {
    const { admin } = this.users;
    const kubeconfig = this.users.kubeconfig(admin, this.server, this.certificateAuthority);
    const kubectl = new Kubectl(kubeconfig, path.join(this.folder, 'kubectl'));
    const server = this.startServer(this.startEtcd());
    await eventually(async () => {
      if (server.hasEnded) return;
      // Read each time: kube-apiserver may be writing it.
      const ca = readFileSync(this.certificateAuthority, 'utf8');
      const api = new Api({ host: this.network.host, port: PORT, ca, token: admin.token });
      try {
        await api.send('GET', '/readyz');
        // It makes them some time later.
        for (const name of ['default', 'kube-system']) await api.get(`/api/v1/namespaces/${name}`);
        this.connected = { api, kubectl };
      } catch (error) {
        api.end();
        throw error;
      }
    });
    if (server.hasEnded) throw new Error(`kube-apiserver ended:\n${server.text.slice(-4000)}`);
  }

  private startEtcd(): string {
    const [clients, peers] = [2379, 2380].map((port) => `http://${this.network.host}:${port}`);
    this.startProgram(builtProgram(ETCD, 'etcd'), [
      `--data-dir=${path.join(this.folder, 'etcd')}`,
      `--listen-client-urls=${clients}`,
      `--advertise-client-urls=${clients}`,
      `--listen-peer-urls=${peers}`,
      `--initial-advertise-peer-urls=${peers}`,
      `--initial-cluster=default=${peers}`,
      '--log-level=warn',
      '--unsafe-no-fsync',
    ]);
    return String(clients);
  }

  private startServer(etcd: string): Program {
    const { host, services } = this.network;
    mkdirSync(path.dirname(this.certificateAuthority));
    return this.startProgram(builtProgram(this.kubernetes, 'kube-apiserver'), [
      `--etcd-servers=${etcd}`,
      `--bind-address=${host}`,
      `--advertise-address=${host}`,
      `--secure-port=${PORT}`,
      `--cert-dir=${path.dirname(this.certificateAuthority)}`,
      `--token-auth-file=${this.users.tokens}`,
      '--authorization-mode=RBAC',
      '--allow-privileged',
      '--service-account-issuer=https://kubernetes.default.svc',
      `--service-account-key-file=${this.users.verifyingKey}`,
      `--service-account-signing-key-file=${this.users.signingKey}`,
      `--service-cluster-ip-range=${services}`,
      '--enable-priority-and-fairness=false',
      // It connects to the pods of a webhook's Service: nothing routes the address of a Service.
      '--enable-aggregator-routing',
    ]);
  }
}
