import { diagnosticsOf } from '../diagnostics-of.js';

const warning = (place: string, reference: string) =>
  `warning: ${place}: looks like a password, and is readable here and in the manifests; put it in a Secret, and write ${reference}`;

test.each([
  ['DB_PASSWORD', 'hunter2'],
  ['SECRET_KEY', 'django-insecure-abc'],
  ['AWS_SECRET_ACCESS_KEY', 'wJalrXUtnFEMI'],
  ['DATABASE_URL', 'postgres://shop:hunter2@db/shop'],
  ['GITHUB_TOKEN', 'ghp_abc'],
  ['DB_PASSWORD', '$ecret'],
  ['DB_PASSWORD', 'a$SECRET'],
  ['CLIENT_SECRET', 'Xk4-q8z'],
  ['DATABASE_URL', 'postgres://shop:hunter2$A@db/shop'],
  ['MONGO_URL', 'mongodb://shop:hunter2@a:27017,b:27017/shop'],
  ['MONGO_URL', 'mongodb://shop:1234,5@a:27017,b:27017/shop'],
  ['BROKERS', 'amqp://a:5672,amqp://shop:hunter2@b:5672'],
  ['DATABASE_URL', 'postgres://shop:hunter2@[::1]:5432/shop'],
  ['CLIENT_SECRET', 'a1b2c3d4e5f6'],
  ['CLIENT_SECRET', 'hunter2'],
  ['JWT_SECRET', 'changeme'],
  ['SHOP_SESSION_SECRET', 'changeme1'],
  ['API_TOKEN', '[a] b'],
  ['API_TOKEN', '15minutes'],
])('a password in plain text in %s is a warning, which does not print it', (name, value) => {
  const reference = `env: { ${name}: { secret: …, key: … } }`;
  expect(diagnosticsOf({ env: { [name]: value } })).toEqual([warning(`env.${name}`, reference)]);
});

test.each([
  ['a reference', 'DB_PASSWORD', { secret: 'shop', key: 'password' }],
  ['text of another variable', 'DB_PASSWORD', 'prefix-$(PASSWORD)'],
  ['a password of another variable', 'DATABASE_URL', 'postgres://shop:$(PASSWORD)@db/shop'],
  ['what Flux replaces', 'DB_PASSWORD', '${DB_PASSWORD}'],
  ['a URL with what Flux replaces', 'DATABASE_URL', 'postgres://shop:${DB_PASSWORD}@db/shop'],
  ['a template', 'DB_PASSWORD', '{{ password }}'],
  ['what envsubst replaces', 'DB_PASSWORD', '$DB_PASSWORD'],
  ['a URL with what envsubst replaces', 'DATABASE_URL', 'postgres://shop:$DB_PASSWORD@db/shop'],
  ['a URL with what Python replaces', 'DATABASE_URL', 'postgres://shop:%(PASSWORD)s@db/shop'],
  ['a URL with a place for the password', 'DATABASE_URL', 'postgres://shop:<password>@db/shop'],
  ['what Azure DevOps replaces', 'DB_PASSWORD', '#{DB_PASSWORD}#'],
  ['what a script replaces', 'DB_PASSWORD', '__DB_PASSWORD__'],
  ['what SOPS has encrypted', 'DB_PASSWORD', 'ENC[AES256_GCM,data:abc,type:str]'],
  [
    'a place in a vault of Azure',
    'DB_PASSWORD',
    '@Microsoft.KeyVault(SecretUri=https://shop.vault.azure.net/a)',
  ],
  ['a place for a plugin of Argo CD', 'DB_PASSWORD', '<path:secret/data/shop#password>'],
  ['a place in Vault', 'DB_PASSWORD', 'vault:secret/data/shop#password'],
  ['a place in a cloud', 'DB_PASSWORD', 'arn:aws:secretsmanager:eu-west-1:1:secret:shop'],
  ['the name of a Secret', 'TLS_SECRET', 'shop-tls'],
  ['the name of a Secret with a number', 'DB_SECRET', 'shop-db-2'],
  ['the name of a Secret with a domain', 'TLS_SECRET', 'shop.example.com-tls'],
  ['a Secret in a namespace', 'DB_SECRET', 'shop/database'],
  ['a switch', 'RESET_PASSWORD', 'enabled'],
  ['a URL without a password', 'BROKER_URL', 'redis://redis:6379/0'],
  ['a list of hosts', 'MONGO_URL', 'mongodb://a:27017,b:27017/?x=@y'],
  ['a list of hosts, of which one has a port', 'MONGO_URL', 'mongodb://a,b:27017,c/?x=@y'],
  ['a list of addresses', 'MONGO_URL', 'mongodb://[::1]:27017,[fd00::2]:27017/?x=@y'],
  ['an IPv6 address', 'FROM_URL', 'http://[::1]:8000/?from=a@b'],
  ['a list of URLs', 'ORIGINS', 'https://a:8443,https://b:8443/@shop'],
  ['a token of a text model', 'PAD_TOKEN', '[PAD]'],
  ['another token of a text model', 'EOS_TOKEN', '<|endoftext|>'],
  ['the name of a Secret that ends in a number', 'PULL_SECRET', 'regcred2'],
  ['the name of a Secret for a token', 'JWT_SECRET', 'shop-jwt'],
  ['the name of a Secret of a client', 'CLIENT_SECRET', 'keycloak-client2'],
  ['a key of a Secret', 'DB_SECRET', 'shop-db:password'],
  ['a Docker secret', 'DB_SECRET', 'shop_db'],
  ['a place in Vault without its scheme', 'DB_SECRET', 'secret/data/shop#password'],
  ['a number with a unit', 'MAX_TOKEN', '4k'],
  ['a duration', 'REFRESH_TOKEN', '15m'],
  ['what Spring has encrypted', 'DB_PASSWORD', '{cipher}AQA0f3'],
  ['a file', 'DB_PASSWORD_FILE', '/run/secrets/password'],
  ['a path', 'API_TOKEN', '/run/secrets/token'],
  ['a file beside the program', 'JWT_PRIVATE_KEY', 'certs/jwt.pem'],
  ['a boolean', 'REQUIRE_TOKEN', 'true'],
  ['no text', 'DB_PASSWORD', ''],
  ['a number', 'MAX_TOKEN', '4096'],
  ['a setting of passwords', 'PASSWORD_HASHER', 'argon2'],
  ['an issuer of tokens', 'TOKEN_ISSUER', 'accounts.example.com'],
  ['a key for browsers', 'STRIPE_PUBLISHABLE_API_KEY', 'pk_live_abc'],
  ['a key of a cache', 'CACHE_KEY', 'shop'],
])('%s is no password', (_, name, value) => {
  expect(diagnosticsOf({ env: { [name]: value } })).toEqual([]);
});

test('a password is found once, in each place where it is written', () => {
  const env = { API_TOKEN: 'abc' };
  const list = [{ name: 'LOG_LEVEL', value: 'info' }, { name: 'API_TOKEN', value: 'abc' }]; // prettier-ignore
  const command = ['python', 'manage.py', 'work'];
  const job = { command, schedule: '0 3 * * *' };
  expect(
    diagnosticsOf({
      env: { OTHER_TOKEN: 'abc' },
      sidecars: { proxy: { image: 'proxy:1', env: list } },
      processes: { mail: { command, env }, images: { command } },
      cronJobs: { report: { ...job, env } },
      migrate: { command, check: false, env },
    }),
  ).toEqual([
    warning('env.OTHER_TOKEN', 'env: { OTHER_TOKEN: { secret: …, key: … } }'),
    warning('sidecars.proxy.env[1].value', 'valueFrom: { secretKeyRef: { name: …, key: … } }'),
    warning('processes.mail.env.API_TOKEN', 'env: { API_TOKEN: { secret: …, key: … } }'),
    warning('cronJobs.report.env.API_TOKEN', 'env: { API_TOKEN: { secret: …, key: … } }'),
    warning('migrate.env.API_TOKEN', 'env: { API_TOKEN: { secret: …, key: … } }'),
  ]);
});

test.each(['sidecars', 'initContainers'])('%s may remove env with null', (key) => {
  expect(diagnosticsOf({ [key]: { proxy: { image: 'proxy:1', env: null } } })).toEqual([]);
});
