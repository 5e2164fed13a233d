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

  test('of another URL, to which the remote leads, are not shown', () => {
    expect(withoutCredentials("'http://a:b@other/x'", '../a.git')).toBe("'http://***@other/x'");
  });
});
