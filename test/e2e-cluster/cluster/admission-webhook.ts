import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { ADMISSION_WEBHOOK } from '../../../scripts/cluster-programs/module-files.js';
import { eventually, PATIENCE } from '../../e2e/cluster/eventually.js';
import { alert, config } from '../broken-objects.js';
import { CertificateAuthority } from './certificates.js';
import { LiveObjects } from './live-objects.js';
import type { MonitoredCluster } from './monitored-cluster.js';
import { fetchedFolder } from './prepare.js';

const NAME = 'prometheus-operator-admission-webhook';
const SERVICE = { name: NAME, namespace: 'default' };

/** The resources that the webhook validates, each with its path. */
const VALIDATED = {
  prometheusrules: '/admission-prometheusrules/validate',
  alertmanagerconfigs: '/admission-alertmanagerconfigs/validate',
};

/** Runs the operator's admission webhook as a pod, and lets the API server ask it, as the operator documents it. */
export async function addAdmissionWebhook(cluster: MonitoredCluster): Promise<void> {
  const { api, kubectl, folder } = cluster.plane;
  const authority = new CertificateAuthority(path.join(folder, 'webhook'));
  const { certificate, key } = authority.sign(NAME, [`${NAME}.default.svc`]);
  await api.create('/api/v1/namespaces/default/secrets', {
    metadata: { name: 'admission-webhook-certs' },
    stringData: { 'tls.crt': certificate, 'tls.key': key },
  });
  await kubectl.succeed('apply', '--filename', fetchedFolder(ADMISSION_WEBHOOK));
  await kubectl.succeed('rollout', 'status', `deployment/${NAME}`, `--timeout=${PATIENCE}s`);
  const caBundle = Buffer.from(authority.certificate).toString('base64');
  const configuration = path.join(folder, 'webhooks.json');
  const items = Object.entries(VALIDATED).map(([resource, at]) => webhook(resource, at, caBundle));
  writeFileSync(configuration, JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  await kubectl.succeed('apply', '--filename', configuration);
  // The API server learns of new webhooks, and of their address, some time later.
  const live = new LiveObjects(api);
  for (const broken of [BROKEN_RULE, BROKEN_CONFIG])
    await eventually(async () => expect(await live.refusalOf(broken)).toContain('denied the request'));
}

const [BROKEN_RULE, BROKEN_CONFIG] = [alert({ expr: 'sum(' }), config({ route: { receiver: 'other' } })];

function webhook(resource: string, at: string, caBundle: string): object {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata: { name: resource },
    webhooks: [
      {
        name: `${resource}.monitoring.coreos.com`,
        clientConfig: { service: { ...SERVICE, path: at }, caBundle },
        failurePolicy: 'Fail',
        rules: [
          {
            apiGroups: ['monitoring.coreos.com'],
            apiVersions: ['*'],
            operations: ['CREATE', 'UPDATE'],
            resources: [resource],
          },
        ],
        admissionReviewVersions: ['v1'],
        sideEffects: 'None',
      },
    ],
  };
}
