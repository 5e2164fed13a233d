import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { existsSync, readdirSync, readlinkSync, statSync } from 'node:fs';
import path from 'node:path';
import { PATIENCE } from '../cluster/eventually.js';
import { Program, run } from '../cluster/program.js';
import type { StandInPrometheus } from './stand-in-prometheus.js';
import { PrometheusPod } from './prometheus-pod.js';
import { Repository } from './repository.js';
import { needTools } from './tools.js';

const URL = 'https://git.example.com/monitoring/configuration.git';

/** A pod whose hook is run by hand, and the repository that it follows. */
export class HookPlace {
  static async make(): Promise<HookPlace> {
    needTools('promtool', 'git', 'socat');
    const repository = new Repository(URL, 'main');
    const props = { name: 'prometheus', git: { repository: URL, branch: 'main' } };
    return new HookPlace(repository, await PrometheusPod.of(props, repository.env));
  }

  private constructor(
    readonly repository: Repository,
    readonly pod: PrometheusPod,
  ) {}

  get hook(): string {
    return this.pod.at('/hook/config-hook.sh');
  }

  /** Where the link leads that Prometheus reads. */
  get current(): string {
    return readlinkSync(this.pod.at('/config/current'));
  }

  /** @throws where promtool finds what Prometheus reads invalid */
  checkCurrent(): void {
    run('promtool', ['check', 'config', this.pod.at('/config/current/prometheus.yml')]);
  }

  /** The folders in `releases` that lack files of their commit. */
  partialReleases(): string[] {
    const releases = this.pod.at('/config/releases');
    return (existsSync(releases) ? readdirSync(releases) : []).filter((commit) => {
      const release = path.join(releases, commit);
      const files = readdirSync(release, { recursive: true, encoding: 'utf8' });
      const found = files.filter((file) => statSync(path.join(release, file)).isFile()).toSorted();
      return found.join('\n') !== this.repository.filesOf(commit).join('\n');
    });
  }

  /** @returns the commit */
  commitJob(job: string): string {
    return this.repository.commit({ 'prometheus.yml': `scrape_configs: [{ job_name: ${job} }]\n` });
  }

  /** Runs the hook for a commit, as where there is no Prometheus yet. */
  run(commit: string, env: NodeJS.ProcessEnv = {}): SpawnSyncReturns<string> {
    // in a process group of its own, which can be killed as a whole
    return spawnSync('setsid', ['--wait', this.hook], {
      cwd: this.repository.worktree(commit),
      env: { ...this.pod.hookEnv(commit), ...env },
      encoding: 'utf8',
      timeout: PATIENCE * 1000,
    });
  }

  /** Starts the hook for a commit, as where there is no Prometheus yet. */
  begin(commit: string): Program {
    return new Program(this.hook, [], {
      cwd: this.repository.worktree(commit),
      env: this.pod.hookEnv(commit),
    });
  }

  /** Runs the hook beside a server of this process, which must be free to answer. */
  async runBeside(
    { address }: StandInPrometheus,
    commit: string,
    env: NodeJS.ProcessEnv = {},
  ): Promise<Program> {
    const hook = new Program(this.hook, [], {
      cwd: this.repository.worktree(commit),
      // This process may be slow to answer.
      env: { ...this.pod.hookEnv(commit), READY_TIMEOUT: '60', ...env, PROMETHEUS_ADDRESS: address },
    });
    await hook.ended();
    return hook;
  }

  /** What the init container does as the pod starts, with nothing to wait for. @returns the exit code */
  start(commit: string): number | null {
    return spawnSync(this.hook, ['first', 'false'], { env: this.pod.hookEnv(commit) }).status;
  }

  async end(): Promise<void> {
    await this.pod.end();
    this.repository.end();
  }
}
