import { formatDiagnostic, placed } from '../../../src/diagnostics/diagnostic.js';
import { notesOf, problemsOf } from '../../values/of-kind.js';

const https = { repository: 'https://git.example.com/team/config.git', branch: 'production' };
const ssh = {
  repository: 'ssh://git@git.example.com:2222/team/config.git',
  branch: 'production',
  ssh: { key: { secret: 'git', key: 'id' }, knownHosts: { configMap: 'hosts', key: 'known_hosts' } },
};
const good = { name: 'prometheus', git: https };

const diagnosticsOf = (value: unknown) =>
  problemsOf('PrometheusServer', value).map((problem) => formatDiagnostic(placed(problem, {})));
const diagnosticsOfGit = (git: object) => diagnosticsOf({ ...good, git: { ...https, ...git } });

test.each([
  ['over HTTPS', https],
  ['over HTTPS with a token', { ...https, token: { secret: 'git', key: 'token', username: 'reader' } }],
  ['over SSH', ssh],
  ['over SSH as scp writes it', { ...ssh, repository: 'git@git.example.com:team/config.git' }],
])('a repository %s is right', (_how, git) => {
  expect(diagnosticsOf({ ...good, git })).toEqual([]);
});

test('a discovery in the cluster is on, or left out', () => {
  expect(diagnosticsOf({ ...good, discovery: { cluster: false } })).toEqual([
    'discovery.cluster: expected true, got false; for some namespaces, write namespaces: [one, another] instead',
  ]);
});

const REPOSITORY =
  'a repository such as ssh://git@git.example.com/team/config.git, git@git.example.com:team/config.git or https://git.example.com/team/config.git';
const BRANCH =
  'the name of a branch such as main or refs/heads/main (no spaces, none of ~^:?*[\\, no "..", "//" or "@{", no "-", "/", "." or other "refs/" first, no "/", "." or ".lock" last, not HEAD)';
const SECRETIVE =
  'git.repository: the URL contains a user or password, which everyone could read; take it out, and name the Secret that holds it in git.token';

test.each([
  ['no repository', { repository: undefined }, `git.repository: missing; expected ${REPOSITORY}`],
  ['a repository without encryption', { repository: 'http://git.example.com/a' }, `git.repository: expected ${REPOSITORY}, got "http://git.example.com/a"`],
  ['a token in the URL', { repository: 'https://token@git.example.com/a' }, SECRETIVE],
  ['a password in the URL', { repository: 'https://me:secret@git.example.com/a' }, SECRETIVE],
  ['a password in an SSH URL', { repository: 'ssh://me:secret@git.example.com/a' }, SECRETIVE],
  ['no branch', { branch: undefined }, `git.branch: missing; expected ${BRANCH}`],
  ['a folder outside the repository', { file: '../prometheus.yml' }, 'git.file: expected a path in the repository such as prometheus/prometheus.yml (no "/" first, no ".."), got "../prometheus.yml"'],
  ['a file that git has for itself', { file: '.git/config' }, "git.file: .git/config belongs to git and is not in any commit; set it to the path of the configuration"],
  ['a request above a limit', { resources: { requests: { memory: '1Gi' }, limits: { memory: '512Mi' } } }, 'git.resources.requests.memory: the request of 1Gi is above the limit of 512Mi; lower it, or raise git.resources.limits.memory'],
  ['too short a period', { period: '1s' }, 'git.period: 1s would put too much load on the git server; raise it to 5s or above'],
  ['too long a period', { period: '1h' }, 'git.period: 1h is too long: the alerts about git would never fire; lower it to 5m or below'],
  ['SSH settings for HTTPS', { ssh: ssh.ssh }, 'git.ssh: the repository has an HTTPS URL; remove it, or set git.token'],
  ['no key for SSH', { repository: ssh.repository }, 'git: the repository has an SSH URL; set git.ssh, with key and knownHosts'],
  ['a token for SSH', { ...ssh, token: { secret: 'git', key: 'token' } }, 'git.token: the repository has an SSH URL, for which a token is not used; remove it'],
  ['hosts that are not pinned', { ...ssh, ssh: { key: ssh.ssh.key } }, 'git.ssh.knownHosts: missing; expected { configMap, key } or { secret, key }'],
])('%s is refused', (_name, git, message) => {
  expect(diagnosticsOfGit(git)).toEqual([message]);
}); // prettier-ignore

test("the name of the operator's own Service is refused", () => {
  expect(diagnosticsOf({ ...good, name: 'prometheus-operated' })).toEqual([
    'name: prometheus-operated is the name of the Service that the prometheus-operator creates for all its Prometheuses of a namespace; choose another name',
  ]);
});

test('a configuration that is encrypted is named as it is once it is decrypted', () => {
  const file = 'prometheus/prometheus.sops.yaml';
  const decrypt = { ageKey: { secret: 'age', key: 'keys.txt' } };
  expect(diagnosticsOf({ ...good, git: { ...https, file }, decrypt })).toEqual([
    'git.file: it is decrypted to prometheus/prometheus.yaml before it is read; set that name',
  ]);
  expect(diagnosticsOfGit({ file })).toEqual([]);
});

test.each([
  ['80 % of it', { retention: { size: '40GB' }, storage: { size: '50Gi' } }],
  ['without a volume of its own', { retention: { size: '40GB' } }],
])('a limit of the data is right for the volume: %s', (_what, props) => {
  expect(diagnosticsOf({ ...good, ...props })).toEqual([]);
});

test.each(['5s', '5m'])('a period of %s is neither too short nor too long', (period) => {
  expect(diagnosticsOfGit({ period })).toEqual([]);
});

test.each([
  'main',
  'feature/new-rules',
  'release-1.2',
  'a@b',
  'v1',
  'HEAD-1',
  'refs',
  'my/refs/a',
  'refs/heads/main',
])('%s is a branch', (branch) => {
  expect(diagnosticsOfGit({ branch })).toEqual([]);
});

test.each(['', '-x', '/a', 'a/', 'a//b', 'a..b', 'a b', 'a~1', 'a^', 'a:b', 'a?', 'a*', 'a[', 'a\\b', '@', 'a@{1}', 'a.lock', 'a.lock/b', '.a', 'a/.b', 'a.', 'a\n', 'HEAD', 'refs/heads/', 'refs/heads/HEAD', 'refs/heads/-x', 'refs/heads/refs/heads/a', 'refs/tags/v1'])(
  '%j is none',
  (branch) => {
    expect(diagnosticsOfGit({ branch })).toEqual([`git.branch: expected ${BRANCH}, got ${JSON.stringify(branch)}`]);
  },
); // prettier-ignore

test.each([
  ['a label that each server has for itself', { externalLabels: { replica: 'a' } }, 'externalLabels.replica: each pod has its own replica label; remove it, and write replica: ${POD_NAME} in external_labels'],
  ["one of Prometheus' own labels", { externalLabels: { __name__: 'a' } }, 'externalLabels.__name__: expected a label name in lowercase such as cluster (letters, digits and "_", no digit first, no "__" first), got "__name__"'],
  ['no replicas', { replicas: 0 }, 'replicas: expected a whole number from 1 to 10, got 0'],
  ['a size in the words of Kubernetes', { retention: { size: '40Gi' } }, 'retention.size: expected an amount of disk space such as 40GB (a whole number above zero and B, KB, MB, GB, TB, PB or EB), got "40Gi"'],
  ['a Secret that is mounted twice', { secrets: ['a', 'a'] }, 'secrets[1]: "a" is in the list already, as number 1; remove one of the two'],
  ['a namespace that is looked into twice', { discovery: { namespaces: ['app', 'shop', 'app'] } }, 'discovery.namespaces[2]: "app" is in the list already, as number 1; remove one of the two'],
  ['more data than the volume holds', { retention: { size: '500GB' }, storage: { size: '10Gi' } }, 'retention.size: 500GB do not fit into the volume of 10Gi, which would be full before old data is deleted; lower it to about 8GB, 80 % of the volume, or raise storage.size'],
  ['as much data as the volume holds', { retention: { size: '10GB' }, storage: { size: '10Gi' } }, 'retention.size: 10GB do not fit into the volume of 10Gi, which would be full before old data is deleted; lower it to about 8GB, 80 % of the volume, or raise storage.size'],
  ["more data than a volume in Kubernetes' powers of 1000 holds", { retention: { size: '95GB' }, storage: { size: '100G' } }, 'retention.size: 95GB do not fit into the volume of 100G, which would be full before old data is deleted; lower it to about 74GB, 80 % of the volume, or raise storage.size'],
  ['a volume of nothing', { retention: { size: '1GB' }, storage: { size: '0' } }, 'storage.size: nothing fits into 0; remove storage, or raise its size'],
  ['a discovery of nothing known', { discovery: { all: true } }, 'discovery: expected { namespaces: [one, another] } or { cluster: true }, got a map with all'],
])('%s is refused', (_name, props, message) => {
  expect(diagnosticsOf({ ...good, ...props })).toEqual([message]);
}); // prettier-ignore

test('of a server without storage it is noted that a new pod waits for git', () => {
  expect(notesOf('PrometheusServer', good)).toEqual([
    'none: a new pod starts without data, and waits until git is reachable and the newest commit is valid; set storage to keep the data and the last valid configuration',
  ]);
  expect(notesOf('PrometheusServer', { ...good, storage: { size: '1Gi' } })).toEqual([]);
});
