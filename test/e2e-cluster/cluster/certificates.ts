import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { need, run } from '../../e2e/cluster/program.js';

/** A certificate and its private key, as PEM. */
export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '1'];

/** An authority that signs certificates of servers. */
export class CertificateAuthority {
  /** @param folder where its files are */
  constructor(private readonly folder: string) {
    need('openssl', 'apt-get install openssl');
    mkdirSync(folder, { recursive: true });
    run('openssl', ['req', '-x509', ...KEY, '-subj', '/CN=authority', ...this.files('authority')]);
  }

  /** Its own certificate, with which clients verify those that it signed. */
  get certificate(): string {
    return readFileSync(path.join(this.folder, 'authority.crt'), 'utf8');
  }

  /** A certificate for a server with these DNS names. */
  sign(name: string, hosts: readonly string[]): Certificate {
    const authority = ['crt', 'key'].map((file) => path.join(this.folder, `authority.${file}`));
    const names = `subjectAltName=${hosts.map((host) => `DNS:${host}`).join(',')}`;
    const signedBy = ['-CA', authority[0] ?? '', '-CAkey', authority[1] ?? ''];
    run('openssl', [
      'req',
      '-x509',
      ...KEY,
      '-subj',
      `/CN=${name}`,
      '-addext',
      names,
      ...signedBy,
      ...this.files(name),
    ]);
    const [certificate = '', key = ''] = ['crt', 'key'].map((file) =>
      readFileSync(path.join(this.folder, `${name}.${file}`), 'utf8'),
    );
    return { certificate, key };
  }

  private files(name: string): string[] {
    const [certificate = '', key = ''] = ['crt', 'key'].map((file) =>
      path.join(this.folder, `${name}.${file}`),
    );
    return ['-keyout', key, '-out', certificate];
  }
}
