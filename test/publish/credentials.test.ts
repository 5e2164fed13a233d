import { withoutCredentials } from '../../src/publish/credentials.js';

describe('credentials in a URL', () => {
  test.each([
    ['https://me:s3cret@example.com/a.git', 'https://***@example.com/a.git'],
    ['https://ghp_token@example.com/a.git', 'https://***@example.com/a.git'],
    ['https://me:p%40ss@example.com/a.git', 'https://***@example.com/a.git'],
    ['https://me:s3/cret@example.com/a.git', 'https://***@example.com/a.git'],
    ['ssh://git@example.com/a.git', 'ssh://git@example.com/a.git'],
    ['git@example.com:a.git', 'git@example.com:a.git'],
    ['../a.git', '../a.git'],
    ['user:s3cret@example.com:a.git', '***@example.com:a.git'],
    ['http:/user:s3cret@example.com', 'http:/***@example.com'],
    ['https//user:s3cret@example.com', 'https//***@example.com'],
    ['https:user:s3cret@example.com', '***@example.com'],
    ['https:///ghp_token@example.com/a.git', 'https:///***@example.com/a.git'],
    ['user:s3/cr@et@example.com:a.git', '***@example.com:a.git'],
    ['https://me:s3 cret@example.com/a.git', 'https://***@example.com/a.git'],
    ['https://me:p@ss@example.com/a.git', 'https://***@example.com/a.git'],
    ['helper::https://me:s3cret@example.com/a', 'helper::https://***@example.com/a'],
    ['ssh://me:s3cret@example.com/a.git', 'ssh://***@example.com/a.git'],
    ['https://example.com/a.git?private_token=s3cret', 'https://example.com/a.git?***'],
    ['https://example.com/team/a@b.git', 'https://example.com/team/a@b.git'],
    ['https://example.com:8443/team/a@b.git', 'https://example.com:8443/team/a@b.git'],
    ['git@example.com:team/a@b.git', 'git@example.com:team/a@b.git'],
    ['/srv/a:b@c.git', '/srv/a:b@c.git'],
  ])('are not shown: %s', (url, shown) => {
    expect(withoutCredentials(url, url)).toBe(shown);
    expect(withoutCredentials(`fatal: unable to access '${url}'`, url)).toBe(
      `fatal: unable to access '${shown}'`,
    );
  });

  test('are not shown by themselves, or decoded', () => {
    const url = 'https://me:p%40ss@example.com/a.git';
    expect(withoutCredentials('password p@ss, p%40ss', url)).toBe('password ***, ***');
  });

  test.each(['https://user:a:pw@example.com/x', 'user:a@example.com:x', 'https://a@example.com/x'])(
    'leave the words of git as they are, though the password of %s is in them',
    (url) => {
      const words = 'fatal: a remote has no branch named a-b; password wrong';
      expect(withoutCredentials(words, url)).toBe(words);
    },
  );

  test.each([
    ['user:pw@host:x', "'pw@host:x' does not appear to be a git repository", "'***@host:x' does not appear to be a git repository"],
    ['user:pw@host:x', 'ssh: user:pw@host: Permission denied', 'ssh: ***@host: Permission denied'],
    ['https://me:p%40ss@h/x', 'password p%40ss for me:p@ss@h', 'password *** for ***@h'],
    ['https://me:p@ss@h/x', 'Authorization p%40ss', 'Authorization ***'],
    ['../a.git', 'fatal: ssh://me:pw@other/x', 'fatal: ssh://***@other/x'],
    ['../a.git', 'warning: git@example.com:a.git and ssh://git@h/x', 'warning: git@example.com:a.git and ssh://git@h/x'],
  ])('of %s are not shown in %j', (url, text, shown) => {
    expect(withoutCredentials(text, url)).toBe(shown);
  }); // prettier-ignore

  test('of another URL, to which the remote leads, are not shown', () => {
    expect(withoutCredentials("'http://a:b@other/x'", '../a.git')).toBe("'http://***@other/x'");
  });
});
