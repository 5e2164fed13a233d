import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { eventually } from '../../e2e/cluster/eventually.js';
import type { Pod } from '../node/pod.js';
import { systemFolders, type Image } from '../node/image.js';
import type { Node } from '../node/node.js';
import type { ControlPlane } from './control-plane.js';

const VERSIONS = '/usr/lib/postgresql';

/** A PostgreSQL server as a pod, with a database and a superuser `postgres` that needs no password. */
export class Postgres {
  /** The image of Debian's PostgreSQL. */
  static image(): Image {
    const [version] = existsSync(VERSIONS) ? readdirSync(VERSIONS) : [];
    if (version === undefined)
      throw new Error('postgresql is not installed; install it with: npm run e2e:tools');
    const start = [
      'set -e',
      'initdb --auth=trust --no-sync --username=postgres',
      'echo "host all all all trust" >> "$PGDATA/pg_hba.conf"',
      'exec postgres -c listen_addresses=* -c unix_socket_directories=/tmp -c fsync=off',
    ];
    return {
      ...systemFolders(),
      entrypoint: ['sh', '-c', start.join('\n')],
      env: { PATH: `${path.join(VERSIONS, version, 'bin')}:/usr/bin:/bin`, PGDATA: '/tmp/data', LC_ALL: 'C' },
    };
  }

  static async start(plane: ControlPlane, node: Node, namespace: string): Promise<Postgres> {
    const pod = {
      metadata: { name: 'postgres' },
      spec: {
        // The certificates in a token's volume may not be there yet.
        automountServiceAccountToken: false,
        securityContext: {
          runAsNonRoot: true,
          runAsUser: userId(),
          seccompProfile: { type: 'RuntimeDefault' },
        },
        containers: [
          {
            name: 'postgres',
            image: 'postgres:15',
            securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
          },
        ],
      },
    };
    // A new namespace first needs its ServiceAccount.
    await eventually(() => plane.api.create(`/api/v1/namespaces/${namespace}/pods`, pod));
    const server = await eventually(() => new Postgres(node.pod(namespace, 'postgres')));
    await eventually(() => server.expect('true'));
    return server;
  }

  private constructor(private readonly pod: Pod) {}

  get host(): string {
    return this.pod.facts.address;
  }

  /** Fails unless an SQL expression is true. */
  async expect(expression: string): Promise<void> {
    const code = await this.run(`do $$ begin assert ${expression}; end $$`);
    if (code !== 0) throw new Error(`not true: ${expression}\n${this.pod.container().log.slice(-2000)}`);
  }

  /** Locks a table, so that migrations wait for it. @returns what releases it */
  async lock(table: string): Promise<() => Promise<void>> {
    const session = this.run(`begin; lock table ${table} in access exclusive mode; select pg_sleep(86400)`);
    await eventually(() => this.expect(`exists (${SLEEPING})`));
    return async () => {
      await this.run(`select pg_terminate_backend(pid) from (${SLEEPING}) as session`);
      await session;
    };
  }

  private run(sql: string): Promise<number | null> {
    const options = ['--host=/tmp', '--username=postgres', '--no-psqlrc', '--set=ON_ERROR_STOP=1'];
    return this.pod.container().exec(['psql', ...options, `--command=${sql}`]);
  }
}

const SLEEPING = "select pid from pg_stat_activity where wait_event = 'PgSleep'";

/** The user of Debian's package: initdb needs a user with a name. */
function userId(): number {
  return Number(spawnSync('id', ['-u', 'postgres'], { encoding: 'utf8' }).stdout);
}
