import { afterwards } from '../one-change.js';

const secret = { name: 'a', key: 'b' };
const tls = (tlsConfig: object) => ({ tlsConfig });

test.each<[object, string, string?]>([
  [{ authorization: { credentials: secret }, basicAuth: {} }, 'basicAuth: there are authorization and basicAuth, but an endpoint takes only one of them'],
  [{ bearerTokenSecret: secret, oauth2: { clientId: { secret }, clientSecret: secret, tokenUrl: 'https://a' } }, 'oauth2: there are bearerTokenSecret and oauth2, but an endpoint takes only one of them'],
  [{ authorization: { type: 'Basic', credentials: secret } }, 'authorization.type: Basic is not allowed here', '; use basicAuth instead'],
  [{ authorization: { type: 'Bearer' } }, 'authorization.credentials: missing; expected a key of a Secret'],
  [tls({ ca: { secret, configMap: secret } }), 'tlsConfig.ca: has both secret and configMap', '; keep one'],
  [tls({ ca: { secret }, caFile: '/a' }), 'tlsConfig.caFile: is set beside ca', '; keep one'],
  [tls({ cert: { secret } }), 'tlsConfig: has a client certificate without its key', '; add keySecret or keyFile'],
  [tls({ keyFile: '/a' }), 'tlsConfig: has a client key without its certificate', '; add cert or certFile'],
  [tls({ minVersion: 'TLS13', maxVersion: 'TLS12' }), 'tlsConfig.maxVersion: TLS12 is below minVersion TLS13'],
])('the operator drops a monitor with %j', (change, sentence, hint = '') => {
  expect(afterwards(({ monitor }) => Object.assign(monitor.spec.endpoints[1], change))).toEqual([
    `ServiceMonitor default/shop: spec.endpoints[1].${sentence}; the operator drops the whole monitor${hint}`,
  ]);
}); // prettier-ignore

test.each<[object]>([
  [{ authorization: { credentials: secret } }],
  [{ basicAuth: { username: secret, password: secret }, bearerTokenFile: '/a' }],
  [tls({ ca: {}, caFile: '/a', insecureSkipVerify: true })],
  [tls({ cert: { secret }, keySecret: secret, minVersion: 'TLS12', maxVersion: 'TLS13' })],
])('the operator takes a monitor with %j', (change) => {
  expect(afterwards(({ monitor }) => Object.assign(monitor.spec.endpoints[1], change))).toEqual([]);
});
