import { spawn } from 'node:child_process';
import { KUBERNETES } from '../../../scripts/cluster-programs/go-modules.js';
import { builtProgram } from './built-program.js';

export interface KubectlRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** kubectl 1.34 as one user. */
export class Kubectl {
  private readonly program = builtProgram(KUBERNETES, 'kubectl');

  /** @param cache folder for its discovery of the API */
  constructor(
    private readonly kubeconfig: string,
    private readonly cache: string,
  ) {}

  run(...args: readonly string[]): Promise<KubectlRun> {
    const all = ['--kubeconfig', this.kubeconfig, '--cache-dir', this.cache, ...args];
    return new Promise((resolve, reject) => {
      const output = { stdout: '', stderr: '' };
      const child = spawn(this.program, all, { stdio: ['ignore', 'pipe', 'pipe'] });
      for (const stream of ['stdout', 'stderr'] as const)
        child[stream].setEncoding('utf8').on('data', (text: string) => (output[stream] += text));
      child.on('error', reject).on('close', (exitCode) => resolve({ exitCode, ...output }));
    });
  }

  /** Runs a command that must end well. @returns its standard output */
  async succeed(...args: readonly string[]): Promise<string> {
    const { exitCode, stdout, stderr } = await this.run(...args);
    if (exitCode !== 0)
      throw new Error(`kubectl ${args.join(' ')} ended with ${exitCode}:\n${stdout}${stderr}`);
    return stdout;
  }
}
