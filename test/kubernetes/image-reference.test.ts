import { IMAGE_REFERENCE, versionOf } from '../../src/kubernetes/image-reference.js';
import { matches } from '../../src/kubernetes/text-formats.js';

const HEX = '0123456789abcdef';
const DIGEST = `sha256:${HEX.repeat(4)}`;

test.each([
  ['app', undefined],
  ['app:v1.2.3', 'v1.2.3'],
  ['mycompany/app:v0.1.0', 'v0.1.0'],
  ['registry.example.com/team/app:2024.1_rc-1', '2024.1_rc-1'],
  ['localhost:5000/app', undefined],
  ['localhost:5000/app:v1', 'v1'],
  ['Registry.Example.com/app:v1', 'v1'],
  [`app@${DIGEST}`, undefined],
  [`localhost:5000/app:v1@${DIGEST}`, 'v1'],
  [`app@sha384:${HEX.repeat(6)}`, undefined],
  [`app:v1@sha512:${HEX.repeat(8)}`, 'v1'],
  ['a__b/c-d--e.f:x', 'x'],
  ['app:v1-', undefined],
  ['app:_v1', undefined],
  [`app:${'t'.repeat(63)}`, 't'.repeat(63)],
  [`app:${'t'.repeat(64)}`, undefined],
])('%s is an image, of version %s', (image, version) => {
  expect(matches(IMAGE_REFERENCE, image)).toBe(true);
  expect(versionOf(image)).toBe(version);
});

test.each([
  '',
  ' app',
  'app v1',
  'app:v 1',
  'app:v1\n',
  'App',
  'team/App:v1',
  'a//b',
  '/app',
  'app/',
  'app:',
  'app:-v1',
  'app:v1:v2',
  'app@',
  'app@sha256:tooshort',
  `app@sha256:${'a'.repeat(32)}`,
  `app@sha256:${'a'.repeat(63)}`,
  `app@sha256:${'a'.repeat(65)}`,
  `app@sha256:${'A'.repeat(64)}`,
  `app@sha512:${'a'.repeat(64)}`,
  `app@foo:${'a'.repeat(40)}`,
  `app@foo:${'a'.repeat(64)}`,
  'https://example.com/app',
  'a___b',
  'a._b',
  '-app',
  'app-',
  `app:${'t'.repeat(129)}`,
  'a/'.repeat(256) + 'a',
])('%j is no image', (image) => {
  expect(matches(IMAGE_REFERENCE, image)).toBe(false);
});
