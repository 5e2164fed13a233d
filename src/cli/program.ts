import { Command } from 'commander';
import { packageFile } from '../package/package-file.js';
import type { Environment, Finish } from './command.js';
import { costsCommand } from './costs.js';
import { diffCommand } from './diff.js';
import { explainCommand } from './explain.js';
import { importHelmCommand } from './import-helm.js';
import { initCommand } from './init.js';
import { publishCommand } from './publish.js';
import { setCommand } from './set.js';
import { reportCommand } from './report-page.js';
import { synthCommand } from './synth.js';
import { traceCommand } from './trace.js';

/** The `worker-metrics` command with its subcommands. */
export function workerMetricsProgram(environment: Environment, finish: Finish): Command {
  return new Command('worker-metrics')
    .description('Kubernetes manifests in which every worker of a web application is scraped by Prometheus.')
    .version((JSON.parse(packageFile('package.json')) as { version: string }).version)
    .addCommand(initCommand(environment, finish))
    .addCommand(synthCommand(environment, finish))
    .addCommand(diffCommand(environment, finish))
    .addCommand(setCommand(environment, finish))
    .addCommand(explainCommand(environment, finish))
    .addCommand(costsCommand(environment, finish))
    .addCommand(traceCommand(environment, finish))
    .addCommand(reportCommand(environment, finish))
    .addCommand(importHelmCommand(finish))
    .addCommand(publishCommand(environment, finish));
}
