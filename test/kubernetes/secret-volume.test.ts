import fc from 'fast-check';
import { secretVolumeName } from '../../src/kubernetes/secret-volume.js';
import { DNS_1123_LABEL, DNS_1123_SUBDOMAIN, matches } from '../../src/kubernetes/text-formats.js';

test.each([
  ['an ordinary name', 'alertmanager-receivers', 'secret-alertmanager-receivers'],
  ['the longest that fits', 'a'.repeat(56), `secret-${'a'.repeat(56)}`],
  ['a name with a dot', 'shop.passwords', 'hashed-secret-shop-passwords-dbce51d63a'],
  ['a name that is too long', 'a'.repeat(57), `hashed-secret-${'a'.repeat(38)}-f13b2d7246`],
])('%s is seen in the name of the volume', (_what, secret, volume) => {
  expect(secretVolumeName(secret)).toBe(volume);
});

test('every Secret has a volume of its own, with a name that Kubernetes takes', () => {
  const label = fc.stringMatching(/^[ab]([-ab]{0,30}[ab])?$/);
  const secret = fc.array(label, { minLength: 1, maxLength: 7 }).map((labels) => labels.join('.'));
  const one = fc.oneof(
    secret,
    secret.map((name) => name.replaceAll('.', '-')),
    // Called as the volume of another one is.
    secret.map((name) => secretVolumeName(name).replace(/^secret-/, '')),
    secret.map((name) => secretVolumeName(name).replace(/^hashed-secret-/, '')),
  );
  fc.assert(
    fc.property(fc.uniqueArray(one, { maxLength: 20 }), (secrets) => {
      for (const name of secrets) expect(matches(DNS_1123_SUBDOMAIN, name)).toBe(true);
      const volumes = secrets.map(secretVolumeName);
      expect(new Set(volumes).size).toBe(secrets.length);
      for (const name of volumes) expect(matches(DNS_1123_LABEL, name)).toBe(true);
    }),
  );
});
