import { formatMessage } from '../../src/diagnostics/diagnostic.js';
import { assert, property, string } from 'fast-check';
import { deliverySchema } from '../../src/delivery/check-delivery.js';
import { fieldDiagnostics } from '../../src/schema/field-diagnostics.js';
import { urlField } from '../../src/schema/kubernetes-fields.js';
import { GIT_REPOSITORY } from '../../src/kubernetes/git-reference.js';
import { HTTP_URL } from '../../src/kubernetes/url.js';

const messages = (value: unknown, rule = HTTP_URL) =>
  fieldDiagnostics(urlField(rule, 'take it out'), value).map(formatMessage);

const IN_URL = 'the URL contains a user or password, which everyone could read; take it out';
const A_URL = 'a URL such as https://alerts.example.com/path (http or https, no user or password, no spaces)';
const NOT_SHOWN = `expected ${A_URL}; the value is not shown because it may contain a password`;

test.each([
  ['https://me:secret@example.com', IN_URL],
  ['https://token@example.com', IN_URL],
  ['HTTPS://me:secret@example.com', IN_URL],
  ['https://me:se/cret@example.com', IN_URL],
  ['https://me:se cret@example.com', NOT_SHOWN],
  ['https://me:1234/56 78@example.com', NOT_SHOWN],
  ['me:secret@example.com', NOT_SHOWN],
  ['example.com', `expected ${A_URL}, got "example.com"`],
  ['ssh.example.com:me/a', `expected ${A_URL}, got "ssh.example.com:me/a"`],
  [undefined, `missing; expected ${A_URL}`],
  [8080, `expected ${A_URL}, got 8080`],
])('%s is refused, and no password shown', (value, message) => {
  expect(messages(value)).toEqual([message]);
});

const delivered = (delivery: object) => fieldDiagnostics(deliverySchema, delivery).map(formatMessage);
const repo = 'https://git.example.com/a.git';

const FIELDS: [string, (url: string) => string[]][] = [
  ['externalUrl', (url) => messages(url)],
  ['git.repository', (url) => messages(url, GIT_REPOSITORY)],
  ['delivery.argocd.repo', (repo) => delivered({ argocd: { repo } })],
  ['delivery.argocd.server', (server) => delivered({ argocd: { repo, server } })],
  ['delivery.flux.repo', (repo) => delivered({ flux: { repo } })],
];

test.each(FIELDS)('%s shows no password, whatever is in it', (_field, diagnosticsOf) => {
  const secret = 'S3cr3t';
  const part = string({ maxLength: 8 });
  assert(
    property(part, part, (before, after) => {
      const all = diagnosticsOf(`https://me:${before}${secret}${after}@example.com/a`).join();
      expect(all).not.toContain(secret);
    }),
  );
});

test('the server of Argo CD has its credentials in a Secret', () => {
  expect(delivered({ argocd: { repo, server: 'https://me:se/cret@cluster' } })).toEqual([
    'the URL contains a user or password, which everyone could read; take it out, and give it to Argo CD in a Secret',
  ]);
});
