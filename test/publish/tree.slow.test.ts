import { publish, type PublishOptions } from '../../src/publish/publish.js';
import { BareRepository } from './bare-repository.js';

let remote: BareRepository;
beforeEach(() => (remote = new BareRepository()));
afterEach(() => remote.remove());

const publishTo = (folder: string, texts: Record<string, string>, more: Partial<PublishOptions> = {}) =>
  publish({ repo: remote.url, branch: 'main', folder, files: remote.files(texts), ...more });

describe('a folder that some system takes for .git is refused, and nothing is pushed:', () => {
  test.each([
    'git~1/x', 'GIT~1', 'apps/git~1', '.git ', '.git.', '.git . .', '.GIT', '.git/x', '.g\u200Cit', '.gi\uFEFFt/x',
    '.git::$INDEX_ALLOCATION', 'a\\.git\\b', '..', 'a/./b', 'a//b',
  ])('%j', async (folder) => {
    const file = JSON.stringify(`${folder}/a.k8s.yaml`);
    await expect(publishTo(folder, { 'a.k8s.yaml': '1\n' })).rejects.toMatchObject({
      message: `git cannot keep a file at ${file}`,
      hint: 'name another folder with --path',
    });
    expect(remote.heads()).toEqual(new Map());
  }); // prettier-ignore

  test('in a dry run, too', async () => {
    const published = publishTo('.git/x', { 'a.k8s.yaml': '1\n' }, { dryRun: true });
    await expect(published).rejects.toThrow('git cannot keep a file at ".git/x/a.k8s.yaml"');
  });
});

test.each(['git~2', 'gitmodules', '.github', '.git-x', 'app s', 'Apps', 'á', '[a]*', '-x'])(
  'a folder %j is none, and takes the files to the byte',
  async (folder) => {
    remote.commit('main', { '.gitignore': '*\n', '.gitattributes': '* text eol=crlf filter=lfs export-ignore\n' });
    await publishTo(folder, { 'a.k8s.yaml': '1\r\n2\n' });
    expect(remote.contents('main')[`${folder}/a.k8s.yaml`]).toContain('1\r\n2');
  },
); // prettier-ignore

describe('nothing of somebody else is removed to make room:', () => {
  test('a file where a folder is needed', async () => {
    remote.commit('main', { 'apps/dev': 'theirs\n' });
    const before = remote.heads();
    await expect(publishTo('apps', { 'dev/a.k8s.yaml': '1\n' })).rejects.toMatchObject({
      message: 'apps/dev exists, and a manifest needs its name for a file or folder',
      hint: 'name another folder with --path',
    });
    expect(remote.heads()).toEqual(before);
  });

  test('a folder where a file is needed', async () => {
    remote.commit('main', { 'apps/a.k8s.yaml/theirs.txt': 'theirs\n' });
    await expect(publishTo('apps', { 'a.k8s.yaml': '1\n' })).rejects.toThrow(
      'apps/a.k8s.yaml/theirs.txt exists, and a manifest needs its name',
    );
  });

  test('a submodule, within the folder or as the folder', async () => {
    remote.commit('main', { 'README.md': 'theirs\n' });
    const head = remote.heads().get('main') ?? '';
    const commit = submodule(remote, head, 'dev');
    remote.git('update-ref', 'refs/heads/main', commit);
    await expect(publishTo('', { 'dev/a.k8s.yaml': '1\n' })).rejects.toThrow('dev exists, and a manifest');
    await expect(publishTo('dev', { 'a.k8s.yaml': '1\n' })).rejects.toThrow(
      'dev is not a folder in the repository',
    );
    expect(remote.heads().get('main')).toBe(commit);
  });

  test('one of our manifests that became one of our folders is no obstacle', async () => {
    await publishTo('', { 'dev.k8s.yaml': '1\n' });
    await publishTo('', { 'dev.k8s.yaml/x.k8s.yaml': '1\n' });
    expect(Object.keys(remote.contents('main'))).toEqual(['dev.k8s.yaml/x.k8s.yaml']);
  });
});

/** A commit after another one, with a submodule. */
function submodule(repository: BareRepository, head: string, name: string): string {
  const index = `GIT_INDEX_FILE=${repository.url}/submodule-index`;
  const script = [
    `export ${index} GIT_AUTHOR_NAME=x GIT_AUTHOR_EMAIL=x GIT_COMMITTER_NAME=x GIT_COMMITTER_EMAIL=x`,
    `git update-index --add --cacheinfo 160000,${head},${name}`,
    `git commit-tree $(git write-tree) -p ${head} -m theirs`,
  ].join('\n');
  return repository.shell(script);
}

test.each(['fd::0', 'fd::17', 'FD::0', 'ext::sh -c "sleep 60"'])(
  'the transport of %j is refused at once',
  async (repo) => {
    await expect(publishTo('', { 'a.k8s.yaml': '1\n' }, { repo })).rejects.toThrow(/transport '\w+' not allowed|not a git command/);
  },
); // prettier-ignore

test('a transport that url.insteadOf leads to is refused, too', async () => {
  const before = { ...process.env };
  Object.assign(process.env, { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'url.fd::0.insteadOf', GIT_CONFIG_VALUE_0: 'https://example.com/' }); // prettier-ignore
  try {
    const repo = 'https://example.com/';
    await expect(publishTo('', { 'a.k8s.yaml': '1\n' }, { repo })).rejects.toThrow(
      "transport 'fd' not allowed",
    );
  } finally {
    process.env = before;
  }
});
