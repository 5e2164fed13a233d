import { gitSyncArgs } from '../../../src/stack/prometheus-server/git-sync-args.js';
import type { PrometheusGit } from '../../../src/stack/prometheus-server/prometheus-server-props.js';
import { specOf } from '../../values/of-kind.js';

const args = (git: Partial<PrometheusGit>) =>
  gitSyncArgs(
    specOf('PrometheusServer', {
      name: 'prometheus',
      git: { repository: 'https://git.example.com/config.git', branch: 'production', ...git },
    }),
  );

test.each([
  ['10s', '10s'],
  ['5m', '1m'],
])('with a period of %s a hook that failed is tried again after %s', (period, backoff) => {
  expect(args({ period })).toContain(`--exechook-backoff=${backoff}`);
});

// A tag, and the branch team/staging, have the short name too.
test.each(['staging', 'refs/heads/staging'])('git-sync gets the whole name of the branch %s', (branch) => {
  expect(args({ branch })).toContain('--ref=refs/heads/staging');
});

test('a token is read from a file', () => {
  expect(args({ token: { secret: 'git', key: 'token' } })).toEqual(
    expect.arrayContaining(['--username=git', '--password-file=/etc/git-secret/token']),
  );
});
