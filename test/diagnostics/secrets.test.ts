import { hidePasswords, hideSecrets, isSecretName } from '../../src/diagnostics/secrets.js';

test.each([
  ['postgres://shop:secret@db/shop', 'postgres://shop:***@db/shop'],
  ['redis://:secret@cache:6379/0', 'redis://:***@cache:6379/0'],
  ['postgres://shop:p@ss@db/shop', 'postgres://shop:***@db/shop'],
  ['postgres://shop:pa/ss@db/shop', 'postgres://shop:***@db/shop'],
  ['https://token@git.example.com/a.git', 'https://***@git.example.com/a.git'],
  ['two: a://b:c@d and e://f:g@h', 'two: a://b:***@d and e://f:***@h'],
  ['postgres://shop:$(DB_PASSWORD)@db/shop', 'postgres://shop:$(DB_PASSWORD)@db/shop'],
  ['ssh://git@git.example.com:22/a.git', 'ssh://git@git.example.com:22/a.git'],
  ['mongodb://a:27017,b:27017/?x=@y', 'mongodb://a:27017,b:27017/?x=@y'],
  ['http://[::1]:8000/?from=a@b', 'http://[::1]:8000/?from=a@b'],
  ['amqp://a:5672,amqp://b:pa/ss@c', 'amqp://a:5672,amqp://b:***@c'],
  ['postgres://[shop]:secret@db', 'postgres://[shop]:***@db'],
  ['http://web:8000/users@example.com', 'http://web:8000/users@example.com'],
  ['registry.example.com:5000/shop@sha256:0123', 'registry.example.com:5000/shop@sha256:0123'],
])('the password of a URL is hidden: %s', (text, hidden) => {
  expect(hidePasswords(text)).toBe(hidden);
  expect(hidePasswords(hidden)).toBe(hidden);
});

test.each([
  'DB_PASSWORD',
  'SECRET_KEY',
  'API_TOKEN',
  'smtp_auth_password',
  'apiKey',
  'AWS_SECRET_ACCESS_KEY',
  'PGPASSWORD',
])('%s is the name of a secret', (name) => expect(isSecretName(name)).toBe(true));

test.each([
  'secret',
  'key',
  'secretName',
  'DB_PASSWORD_FILE',
  'TOKEN_TTL',
  'LOG_LEVEL',
  'KEYBOARD',
  'imagePullSecrets',
  'secretKeyRef',
  'automountToken',
  'automountServiceAccountToken',
])('%s is no name of a secret', (name) => expect(isSecretName(name)).toBe(false));

test('references stay, and variables of a container are hidden by their names', () => {
  const env = [
    { name: 'DB_PASSWORD', value: 'hunter2' },
    { name: 'A', value: 'x' },
  ];
  const container = {
    env: [...env, { name: 'B', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } }],
  };
  expect(hideSecrets(container)).toEqual({
    env: [{ name: 'DB_PASSWORD', value: '***' }, ...container.env.slice(1)],
  });
  expect(hideSecrets({ TOKEN: { secret: 'shop', key: 'token' } })).toEqual({
    TOKEN: { secret: 'shop', key: 'token' },
  });
});
