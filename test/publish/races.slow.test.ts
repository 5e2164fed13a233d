import { publish } from '../../src/publish/publish.js';
import { BareRepository, OURS } from './bare-repository.js';

let remote: BareRepository;
beforeEach(() => (remote = new BareRepository()));
afterEach(() => remote.remove());

test.each([
  ['different paths', (i: number) => `team-${i}`],
  ['one path', () => 'apps'],
])('nothing is lost when 20 publish to %s at once', async (_, folderOf) => {
  remote.commit('main', { 'README.md': 'theirs\n' });
  const all = Array.from({ length: 20 }, (_, i) => i);
  await Promise.all(all.map((i) => publishFrom(i, folderOf(i))));
  const log = remote.log('main');
  expect(log.toSorted()).toEqual([...all.map((i) => `from ${i}`), 'theirs'].toSorted());
  const last = (log[0] ?? '').slice('from '.length);
  const expected = new Set(all.map((i) => folderOf(i))).size === 1
    ? { 'apps/a.k8s.yaml': `${OURS}${last}\n` }
    : Object.fromEntries(all.map((i) => [`${folderOf(i)}/a.k8s.yaml`, `${OURS}${i}\n`]));
  expect(remote.contents('main')).toEqual({ 'README.md': 'theirs\n', ...expected });
}); // prettier-ignore

function publishFrom(i: number, folder: string) {
  const files = remote.files({ 'a.k8s.yaml': `${i}\n` });
  return publish({ repo: remote.url, branch: 'main', folder, files, message: `from ${i}` });
}
