import { load } from 'js-yaml';
import { formatDiagnostic } from '../../src/diagnostics/diagnostic.js';
import { importHelm, type ImportOptions } from '../../src/import-helm/import-helm.js';
import { Workplace } from '../cli/command-line.js';

/** The values of a small chart. */
export const HELM = `fullnameOverride: shop
image: { repository: a/b, tag: "1.0" }
env:
  config: { WEB_CONCURRENCY: "3", METRICS_START_PORT: 9001, DEBUG: true }
database: { port: 5432 }
ingress: { enabled: false, hosts: [a] }
tolerations: []
`;

type Facts = Omit<ImportOptions, 'file'>;

/** A folder with a chart, and the values files that are made from its values. */
export class HelmChart extends Workplace {
  /** @param facts what the command line says */
  result(helm: string, facts: Facts = {}) {
    const result = importHelm({ file: this.write('values.yaml', helm), ...facts });
    if ('problems' in result) throw new Error(JSON.stringify(result.problems));
    return result;
  }

  imported(helm: string, facts: Facts = {}) {
    const { text, warnings } = this.result(helm, facts);
    return {
      values: load(text) as Record<string, unknown>,
      warnings: warnings.map((warning) => formatDiagnostic({ ...warning, file: 'values.yaml' })),
    };
  }

  converted(helm: string): Record<string, unknown> {
    return this.imported(helm).values;
  }
}
