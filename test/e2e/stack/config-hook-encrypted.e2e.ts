import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { run } from '../cluster/program.js';
import { HookPlace } from './hook-place.js';
import { addTool } from './prometheus-pod.js';
import { needTools, SOPS } from './tools.js';

let place: HookPlace;
beforeEach(async () => (place = await HookPlace.make()));
afterEach(() => place.end());

describe('encrypted files', () => {
  const encrypted = () => {
    needTools(SOPS, 'age-keygen');
    const keys = run('age-keygen', []);
    const recipient = /age1[a-z0-9]+/.exec(keys)?.[0] ?? '';
    const plain = path.join(place.pod.folder, 'password');
    writeFileSync(plain, 'open sesame');
    const text = run(SOPS, ['--encrypt', '--age', recipient, '--input-type', 'binary', plain]);
    addTool(place.pod, 'sops', SOPS);
    const env = {
      SOPS: place.pod.at('/tools/sops'),
      SOPS_AGE_KEY_FILE: path.join(place.pod.folder, 'keys.txt'),
    };
    writeFileSync(env.SOPS_AGE_KEY_FILE, keys);
    const commit = place.repository.commit({
      'secrets/password.sops.txt': text,
      'prometheus.yml':
        'scrape_configs: [{ job_name: one, basic_auth: { username: a, password_file: secrets/password.txt } }]\n',
    });
    return { commit, env };
  };

  test('are decrypted before the configuration is validated, which refers to what they become', () => {
    const { commit, env } = encrypted();
    const result = place.run(commit, env);
    expect(result.stderr).toContain(`commit ${commit} is in force`);
    expect(readFileSync(place.pod.at('/config/current/secrets/password.txt'), 'utf8')).toBe('open sesame');
    expect(existsSync(place.pod.at('/config/current/secrets/password.sops.txt'))).toBe(false);
  });

  test('that another key encrypted leave the last good configuration in force', () => {
    const good = place.commitJob('good');
    expect(place.run(good).status).toBe(0);
    const { commit, env } = encrypted();
    writeFileSync(env.SOPS_AGE_KEY_FILE, run('age-keygen', []));
    const result = place.run(commit, env);
    expect(result.status).toBe(1);
    expect(result.stderr).toContain('cannot decrypt');
    expect(place.current).toBe(`releases/${good}`);
  });
});
