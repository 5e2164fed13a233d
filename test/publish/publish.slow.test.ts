import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { publish, type PublishOptions } from '../../src/publish/publish.js';
import { BareRepository, OURS } from './bare-repository.js';

let remote: BareRepository;
beforeEach(() => (remote = new BareRepository()));
afterEach(() => remote.remove());

const publishTo = (folder: string, texts: Record<string, string>, more: Partial<PublishOptions> = {}) =>
  publish({ repo: remote.url, branch: 'main', folder, files: remote.files(texts), ...more });

describe('publish', () => {
  test('makes the first commit of an empty repository', async () => {
    const { changes, commit } = await publishTo('apps', { 'a.k8s.yaml': '1\n', 'dev/b.k8s.yaml': '2\n' });
    expect(changes).toEqual([
      { file: 'a.k8s.yaml', change: 'added' },
      { file: 'dev/b.k8s.yaml', change: 'added' },
    ]);
    expect(remote.heads()).toEqual(new Map([['main', commit]]));
    expect(remote.contents('main')).toEqual({
      'apps/a.k8s.yaml': `${OURS}1\n`,
      'apps/dev/b.k8s.yaml': `${OURS}2\n`,
    });
  });

  test('takes the ref of a branch for the branch', async () => {
    const { commit } = await publishTo('', { 'a.k8s.yaml': '1\n' }, { branch: 'refs/heads/main' });
    expect(remote.heads()).toEqual(new Map([['main', commit]]));
  });

  test('makes a branch that is not there, and leaves the others', async () => {
    remote.commit('main', { 'README.md': 'theirs\n' });
    await publishTo('', { 'a.k8s.yaml': '1\n' }, { branch: 'production' });
    expect(remote.contents('main')).toEqual({ 'README.md': 'theirs\n' });
    expect(remote.contents('production')).toEqual({ 'a.k8s.yaml': `${OURS}1\n` });
  });

  test('commits only changes, on top of the branch', async () => {
    await publishTo('apps', { 'a.k8s.yaml': '1\n', 'b.k8s.yaml': '1\n' });
    const before = remote.heads().get('main');
    await publishTo('apps', { 'a.k8s.yaml': '1\n', 'b.k8s.yaml': '2\n' });
    expect(remote.git('rev-parse', 'main^')).toBe(before);
    expect(remote.git('diff', '--name-status', 'main^', 'main')).toBe('M\tapps/b.k8s.yaml');
  });

  test('commits nothing when nothing changed', async () => {
    await publishTo('apps', { 'a.k8s.yaml': '1\n' });
    const before = remote.heads();
    expect(await publishTo('apps', { 'a.k8s.yaml': '1\n' })).toMatchObject({ changes: [] });
    expect(remote.heads()).toEqual(before);
  });

  test('deletes manifests that are no longer made, and changes nothing else', async () => {
    const theirs = {
      'README.md': 'theirs\n',
      'other/x.k8s.yaml': `${OURS}theirs\n`,
      'apps/README.md': 'theirs\n',
      'apps/by-hand.k8s.yaml': 'theirs\n',
      'apps-2/a.k8s.yaml': `${OURS}theirs\n`,
    };
    remote.commit('main', theirs);
    await publishTo('apps', {
      'a.k8s.yaml': '1\n',
      'dev/a.k8s.yaml': '1\n',
      'dev/delivery/a.k8s.yaml': '1\n',
    });
    await publishTo('apps', { 'live/a.k8s.yaml': '2\n' });
    expect(remote.contents('main')).toEqual({ ...theirs, 'apps/live/a.k8s.yaml': `${OURS}2\n` });
  });

  test('names the applications in its message', async () => {
    await publishTo('apps', {
      'a.k8s.yaml': '1\n',
      'dev/b.k8s.yaml': '1\n',
      'dev/delivery/b.k8s.yaml': '1\n',
    });
    await publishTo('apps', { 'a.k8s.yaml': '2\n', 'live/c.k8s.yaml': '2\n' }, { message: 'Release 7' });
    const message = (commit: string) => remote.git('log', '-1', '--format=%B', commit);
    expect(message('main^')).toBe('Publish a, b\n\nadded: a, b (dev), delivery of b (dev)');
    expect(message('main')).toBe(
      'Release 7\n\nadded: c (live)\nchanged: a\nremoved: b (dev), delivery of b (dev)',
    );
  });

  test('shows a diff, and pushes nothing, in a dry run', async () => {
    await publishTo('apps', { 'a.k8s.yaml': '1\n' });
    const before = remote.heads();
    const { diff } = await publishTo('apps', { 'a.k8s.yaml': '2\n' }, { dryRun: true });
    const unchanged = OURS.replaceAll(/^(?=.)/gm, ' ');
    expect(diff).toContain(
      `--- a/apps/a.k8s.yaml\n+++ b/apps/a.k8s.yaml\n@@ -1,4 +1,4 @@\n${unchanged}-1\n+2\n`,
    );
    expect(remote.heads()).toEqual(before);
  });

  test('shows the diff of a first commit too', async () => {
    expect((await publishTo('', { 'a.k8s.yaml': '1\n' }, { dryRun: true })).diff).toContain(
      '+++ b/a.k8s.yaml',
    );
  });

  test('shows no secret in a diff', async () => {
    const secret = (password: string, url: string) =>
      `kind: ConfigMap\ndata:\n  a: "1"\n  b: "2"\n  c: "3"\n  d: "4"\n  mode: ${password.length}\n  url: ${url}\n---\n` +
      `data:\n  a: QQ==\n  b: QQ==\n  c: QQ==\n  d: QQ==\n  word: ${password}\n  text: |\n    ${password}\n\n    ${password}\nkind: Secret\n---\n` +
      `kind: Deployment\nspec:\n  - name: DB_PASSWORD\n    value: ${password}\n  - name: MODE\n    value: x${password.length}\n`;
    await publishTo('', { 'a.k8s.yaml': secret('before', 'https://a:before@b/1') });
    const { diff = '' } = await publishTo(
      '',
      { 'a.k8s.yaml': secret('afterwards', 'https://a:afterwards@b/2') },
      { dryRun: true },
    );
    expect(diff).not.toMatch(/before|afterwards/);
    for (const line of ['-  mode: 6', '+  mode: 10', '+  url: https://a:***@b/2', '-  word: ***', '+  word: ***', '-    value: ***', '+    value: ***', '+    value: x10'])
      expect(diff).toContain(`\n${line}\n`);
  }); // prettier-ignore

  test('leaves nothing behind', async () => {
    const before = process.env['TMPDIR'];
    const temporary = mkdtempSync(path.join(tmpdir(), 'publish-left-'));
    process.env['TMPDIR'] = temporary;
    try {
      await publishTo('', { 'a.k8s.yaml': '1\n' });
      await expect(publishTo('', {}, { repo: '/nowhere' })).rejects.toThrow('/nowhere');
      expect(readdirSync(temporary)).toEqual([]);
    } finally {
      if (before === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = before;
      rmSync(temporary, { recursive: true });
    }
  });

  test('has an author where the machine has none', async () => {
    const before = { ...process.env };
    Object.assign(process.env, { HOME: '/nowhere', XDG_CONFIG_HOME: '/nowhere', GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' });
    for (const name of Object.keys(process.env)) if (/^GIT_(AUTHOR|COMMITTER)_|^EMAIL$/.test(name)) delete process.env[name];
    Object.assign(process.env, { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'user.useConfigOnly', GIT_CONFIG_VALUE_0: 'true' });
    try {
      await publishTo('', { 'a.k8s.yaml': '1\n' });
    } finally {
      process.env = before;
    }
    expect(remote.git('log', '-1', '--format=%an', 'main')).toBe('cdk8s-worker-metrics');
  }); // prettier-ignore
});

describe('nothing is lost', () => {
  test('when somebody pushes between our fetch and our push', async () => {
    await publishTo('apps', { 'a.k8s.yaml': '1\n' });
    // The first push is answered as if another one had come before it: the hook makes that other one.
    remote.hook('update', `test -e raced && exit 0; touch raced; ${commitTheirs(remote)}`);
    await publishTo('apps', { 'a.k8s.yaml': '2\n' });
    expect(remote.contents('main')).toEqual({ 'apps/a.k8s.yaml': `${OURS}2\n`, 'theirs.txt': 'theirs\n' });
    expect(remote.log('main')).toEqual(['Publish a', 'theirs', 'Publish a']);
  });

  test('when a hook of the remote refuses', async () => {
    await publishTo('apps', { 'a.k8s.yaml': '1\n' });
    const before = remote.heads();
    remote.hook('pre-receive', 'echo "not on a Friday" >&2; exit 1');
    await expect(publishTo('apps', { 'a.k8s.yaml': '2\n' })).rejects.toThrow(
      'the remote refused the push: [remote rejected] (pre-receive hook declined)\nremote: not on a Friday',
    );
    expect(remote.heads()).toEqual(before);
  });

  test('when the remote goes away midway', async () => {
    await publishTo('apps', { 'a.k8s.yaml': '1\n' });
    remote.hook('pre-receive', 'mv "$PWD" "$PWD.gone"; kill -9 $PPID');
    await expect(publishTo('apps', { 'a.k8s.yaml': '2\n' })).rejects.toMatchObject({
      message: expect.stringMatching(
        /^the connection broke during the push, which may have arrived or not: ./,
      ),
      hint: 'run this again to see',
    });
  });

  test('when the connection breaks before the remote takes the push', async () => {
    await publishTo('apps', { 'a.k8s.yaml': '1\n' });
    remote.hook('pre-receive', 'test -e broke && exit 0; touch broke; kill -9 $PPID');
    await publishTo('apps', { 'a.k8s.yaml': '2\n' });
    expect(remote.log('main')).toEqual(['Publish a', 'Publish a']);
  });

  test('when the connection breaks after the remote took the push: it is found there', async () => {
    await publishTo('apps', { 'a.k8s.yaml': '1\n' });
    remote.hook('post-update', 'kill -9 $PPID');
    const { commit } = await publishTo('apps', { 'a.k8s.yaml': '2\n' });
    expect(remote.heads().get('main')).toBe(commit);
    expect(remote.log('main')).toEqual(['Publish a', 'Publish a']);
  });

  test('when the connection always breaks: it is given up', async () => {
    remote.hook('pre-receive', 'kill -9 $PPID');
    await expect(publishTo('apps', { 'a.k8s.yaml': '1\n' })).rejects.toThrow('the push did not arrive: ');
    expect(remote.heads()).toEqual(new Map());
  });
});

describe('publish refuses', () => {
  test('to overwrite a file of somebody else', async () => {
    remote.commit('main', { 'apps/a.k8s.yaml': 'theirs\n' });
    await expect(publishTo('apps', { 'a.k8s.yaml': '1\n' })).rejects.toMatchObject({
      message: 'apps/a.k8s.yaml exists, and this program did not write it',
      hint: 'name another folder with --path',
    });
  });

  test('a folder that is a file', async () => {
    remote.commit('main', { apps: 'theirs\n' });
    await expect(publishTo('apps/web', { 'a.k8s.yaml': '1\n' })).rejects.toMatchObject({
      message: 'apps is not a folder in the repository',
      hint: 'name another folder with --path',
    });
  });

  test.each(['a b', '-x..y', 'a:b', 'refs/*', '', 'HEAD', 'refs/tags/v1', 'refs/heads/', 'refs/heads/HEAD'])(
    '%j as the name of a branch',
    async (branch) => {
      await expect(publishTo('', { 'a.k8s.yaml': '1\n' }, { branch })).rejects.toMatchObject({
        message: `${JSON.stringify(branch)} is not a valid branch name`,
        hint: 'give one such as main',
      });
      expect(remote.heads()).toEqual(new Map());
    },
  );

  test('to run a name that looks like an option', async () => {
    const repo = '--upload-pack=touch${IFS}/tmp/worker-metrics-was-here';
    await expect(publishTo('', { 'a.k8s.yaml': '1\n' }, { repo })).rejects.toThrow(/does not appear to be a git repository|strange/);
  }); // prettier-ignore
});

/** A shell command that commits to main beside us. */
function commitTheirs(repository: BareRepository): string {
  const git = `env -u GIT_QUARANTINE_PATH git --git-dir=${repository.url}`;
  return [
    `blob=$(echo theirs | ${git} hash-object -w --stdin)`,
    `tree=$( (${git} ls-tree main; printf '100644 blob %s\\ttheirs.txt\\n' $blob) | ${git} mktree)`,
    `commit=$(${git} -c user.name=x -c user.email=x@example.com commit-tree $tree -p main -m theirs)`,
    `${git} update-ref refs/heads/main $commit`,
  ].join('; ');
}
