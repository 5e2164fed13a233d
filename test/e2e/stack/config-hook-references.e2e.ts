import { HookPlace } from './hook-place.js';

let place: HookPlace;
beforeAll(async () => (place = await HookPlace.make()));
afterAll(() => place.end());

const RULES = 'groups: [{ name: one, rules: [{ record: one, expr: vector(1) }] }]\n';
const fileSd = (file: string) =>
  `scrape_configs: [{ job_name: a, file_sd_configs: [{ files: [${file}] }] }]\n`;

/** Runs the hook where a configuration in a subfolder is `text`, with $CONFIG and $GIT for the folders. */
function run(text: string, files: Readonly<Record<string, string>> = {}) {
  const paths = (given: string) =>
    given.replaceAll('$CONFIG', place.pod.at('/config')).replaceAll('$GIT', place.repository.folder);
  const commit = place.repository.commit({
    'README.md': 'scrape_configs: reads /config/current/rules.yaml\n',
    'rules/one.yaml': RULES,
    ...Object.fromEntries(Object.entries(files).map(([name, one]) => [name, paths(one)])),
    'prometheus/prometheus.yml': paths(text),
  });
  return place.run(commit, { CONFIG_FILE: 'prometheus/prometheus.yml' });
}

describe('a reference to another release, or to the checkout of git-sync, is refused:', () => {
  beforeAll(() => expect(run('rule_files: [../rules/*.yaml]\n').status).toBe(0));

  test.each([
    ['the link', 'rule_files: [$CONFIG/current/rules/*.yaml]'],
    ['the link, relative', 'rule_files: [../../current/rules/*.yaml]'],
    ['the link, in a longer way', 'rule_files: [./../prometheus/.././../current/rules/one.yaml]'],
    ['the last good release', 'rule_files:\n  - $CONFIG/good/rules/*.yaml'],
    ['a release', 'rule_files:\n  - "$CONFIG/releases/a/rules/*.yaml"'],
    ['slashes and dots', "rule_files: ['/.$CONFIG//./current/rules/*.yaml']"],
    ['dots beyond the root', 'rule_files: [../../../../../../../../../..$CONFIG/current/rules/*.yaml]'],
    ['a glob', fileSd('$CONFIG/*/targets.json')],
    ['a glob of one character', fileSd('$CONFIG/g?od/targets.json')],
    ['a glob with a class', fileSd('"$CONFIG/[cg]urrent/targets.json"')],
    ['a glob with an escape', fileSd('$CONFIG/curr\\ent/targets.json')],
    ['a relative glob', fileSd('../../*/targets.json')],
    ['JSON', '{"rule_files":["..\\/..\\/current/rules/one.yaml"]}'],
    ['escapes', 'rule_files: ["\\x2e\\u002e/..\\/\\x63urrent/rules/one.yaml"]'],
    ['a line that goes on', 'rule_files: ["../../cur\\\n  rent/rules/one.yaml"]'],
    ['a text on its own line', 'rule_files:\n  - >-\n    ../../current/rules/one.yaml'],
    ['an anchor', 'global: { external_labels: { a: &a ../../current/rules/one.yaml } }\nrule_files: [*a]'],
    ['a binary text', 'rule_files: [!!binary Li4vLi4vY3VycmVudC9ydWxlcy9vbmUueWFtbA==]'],
    ['a password', 'scrape_configs: [{ job_name: a, basic_auth: { username: a, password_file: ../../good/rules/one.yaml } }]'],
    ['the checkout', fileSd('$GIT/checkout/targets.json')],
    ['a worktree', 'rule_files: [$GIT/.worktrees/a/rules/*.yaml]'],
    ['Windows lines', 'rule_files:\r\n  - ../../current/rules/one.yaml\r\n'],
  ])('%s', (_, text) => {
    const result = run(`${text}\n`);
    expect(result.stderr).toContain('write paths within the repository, relative to the file that names them');
    expect(result.stderr).toMatch(/config-hook: prometheus\/prometheus\.yml names \S+/);
    expect(result.status).toBe(1);
  }); // prettier-ignore

  test('in a file of scrape_config_files, with its name', () => {
    const result = run('scrape_config_files: [../scrape/*.conf]\n', {
      'scrape/one.conf': fileSd('../targets/*.json'),
      'scrape/two.conf': fileSd('../../current/targets.json'),
    });
    expect(result.stderr).toContain('config-hook: scrape/two.conf names ../../current/targets.json\n');
    expect(result.stderr).not.toContain('one.conf');
    expect(result.status).toBe(1);
  });
});

test.each([
  ['a file of the repository above its folder', 'rule_files: [../rules/*.yaml, ../prometheus/../rules/one.yaml]'],
  ['a comment that names the link', '  # was $CONFIG/current/rules.yml\nrule_files: [../rules/*.yaml] # not ../../current/x'],
  ['a mounted file', fileSd('/etc/hostname.json')],
  ['a mounted file, relative', fileSd('../../../../../../../etc/prometheus/own/*.json')],
  ['a glob elsewhere', 'rule_files: [/etc/prometheus/own/*.yaml]'],
  ['paths of metrics', 'scrape_configs: [{ job_name: a, metrics_path: /config/metrics }, { job_name: b, metrics_path: /git/metrics }]'],
  ['a URL', 'remote_write: [{ url: "http://a/../../../../config/current" }]'],
  ['regular expressions', 'scrape_configs: [{ job_name: a, relabel_configs: [{ source_labels: [a], regex: "/(.*)\\\\.\\\\./.*[/]current", target_label: b }] }]'],
])('%s is right', (_, text) => {
  const result = run(`${text}\n`);
  expect(result.stderr).toContain('is in force');
  expect(result.status).toBe(0);
}); // prettier-ignore
