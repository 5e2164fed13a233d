import { HELM, HelmChart } from './helm-chart.js';

let chart: HelmChart;
beforeEach(() => (chart = new HelmChart()));
afterEach(() => chart.remove());

test('shows no value that may be a secret, and says where those of variables belong', async () => {
  const secrets = `postgresql: { auth: { userPasswd: hunter2, PASSWORD: hunter2, port: 5432 } }
apiToken: hunter2
awsCredentials: { id: hunter2 }
sshKey: [hunter2]
`;
  const env = 'env:\n  secret: { DB_URL: hunter2 }\n  plain: { LEVEL: info, DB_PASSWORD: hunter2 }\n  fromSecrets: [hunter2]\n';
  const helm = chart.write('chart/values.yaml', HELM.replace('env:\n', env) + secrets);
  const { stdout, stderr } = await chart.run('import-helm', helm, '--output', '-', '--quiet');
  const hidden = 'not carried over: a value that may be a secret (not shown)';
  expect(stderr).toBe(`warning: chart/values.yaml:4: env.secret.DB_URL: ${hidden}; put it in a Secret, and set env: { DB_URL: { secret: …, key: … } }
warning: chart/values.yaml:5: env.plain.LEVEL: not carried over: "info"
warning: chart/values.yaml:5: env.plain.DB_PASSWORD: ${hidden}; put it in a Secret, and set env: { DB_PASSWORD: { secret: …, key: … } }
warning: chart/values.yaml:6: env.fromSecrets: ${hidden}
warning: chart/values.yaml:8: database.port: not carried over: 5432
warning: chart/values.yaml:11: postgresql.auth.userPasswd: ${hidden}
warning: chart/values.yaml:11: postgresql.auth.PASSWORD: ${hidden}
warning: chart/values.yaml:11: postgresql.auth.port: not carried over: 5432
warning: chart/values.yaml:12: apiToken: ${hidden}
warning: chart/values.yaml:13: awsCredentials.id: ${hidden}
warning: chart/values.yaml:14: sshKey: ${hidden}
`);
  expect(stdout).not.toContain('hunter2');
}); // prettier-ignore

test.each([
  ['DB_PASSWORD', 'hunter2'],
  ['SECRET_KEY', 'abc'],
  ['API_TOKEN', 'abc'],
  ['AWS_SECRET_ACCESS_KEY', 'abc'],
  ['DATABASE_URL', 'postgres://app:hunter2@db/app'],
])('warns of %s, which looks like a password, and does not print it', (name, value) => {
  const { values, warnings } = chart.imported(HELM.replace('DEBUG: true', `${name}: "${value}"`));
  expect(values).toMatchObject({ env: { [name]: value } });
  expect(warnings).toEqual([
    `values.yaml:4: env.config.${name}: looks like a password, and is readable here; put it in a Secret, and set env: { ${name}: { secret: …, key: … } }`,
  ]);
}); // prettier-ignore

test.each([
  ['DB_PASSWORD', ''],
  ['DB_PASSWORD_FILE', '/run/secrets/db'],
  ['PASSWORD_MIN_LENGTH', '8'],
  ['TOKEN_TTL', '1h'],
  ['USE_TOKENS', 'true'],
  ['CACHE_KEY_PREFIX', 'web'],
  ['DATABASE_URL', 'postgres://db/app'],
  ['DATABASE_URL', 'postgres://app:$(DB_PASSWORD)@db/app'],
  ['KEYCLOAK', 'https://id.example.com'],
  ['DB_PASSWORD', '${DB_PASSWORD}'],
  ['PULL_SECRET', 'regcred2'],
  ['PAD_TOKEN', '[PAD]'],
  ['MONGO_URL', 'mongodb://a:27017,b:27017/?x=@y'],
])('does not warn of %s: %j', (name, value) => {
  expect(chart.imported(HELM.replace('DEBUG: true', `${name}: "${value}"`)).warnings).toEqual([]);
});
