import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';

/** A user of the API server, known by a token. */
interface User {
  readonly name: string;
  readonly groups: readonly string[];
  readonly token: string;
}

/** The users of a control plane, and the key of its service accounts. */
export class Users {
  readonly admin: User = { name: 'admin', groups: ['system:masters'], token: randomUUID() };
  readonly controllers: User = { name: 'system:kube-controller-manager', groups: [], token: randomUUID() };

  constructor(private readonly folder: string) {
    const lines = [this.admin, this.controllers].map(
      ({ token, name, groups }) => `${token},${name},${name},"${groups.join(',')}"`,
    );
    writeFileSync(this.tokens, lines.join('\n'));
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    writeFileSync(this.signingKey, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    writeFileSync(this.verifyingKey, publicKey.export({ type: 'spki', format: 'pem' }));
  }

  get tokens(): string {
    return path.join(this.folder, 'tokens.csv');
  }

  get signingKey(): string {
    return path.join(this.folder, 'service-accounts.key');
  }

  get verifyingKey(): string {
    return path.join(this.folder, 'service-accounts.pub');
  }

  /** Writes a configuration of kubectl, and returns its path. */
  kubeconfig(user: User, server: string, certificateAuthority: string): string {
    const file = path.join(this.folder, `${user.name.replace(':', '-')}.kubeconfig`);
    const configuration = {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'e2e', cluster: { server, 'certificate-authority': certificateAuthority } }],
      users: [{ name: user.name, user: { token: user.token } }],
      contexts: [{ name: 'e2e', context: { cluster: 'e2e', user: user.name } }],
      'current-context': 'e2e',
    };
    writeFileSync(file, JSON.stringify(configuration));
    return file;
  }
}
