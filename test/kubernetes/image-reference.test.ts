import { IMAGE_REFERENCE, versionOf } from '../../src/kubernetes/image-reference.js';
import { keeps } from '../../src/kubernetes/text-rules.js';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

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
  ['a__b/c-d--e.f:x', 'x'],
  ['app:v1-', undefined],
  ['app:_v1', undefined],
  [`app:${'t'.repeat(63)}`, 't'.repeat(63)],
  [`app:${'t'.repeat(64)}`, undefined],
])('%s is an image, of version %s', (image, version) => {
  expect(keeps(IMAGE_REFERENCE, image)).toBe(true);
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
  'https://example.com/app',
  'a___b',
  'a._b',
  '-app',
  'app-',
  `app:${'t'.repeat(129)}`,
  'a/'.repeat(256) + 'a',
])('%j is no image', (image) => {
  expect(keeps(IMAGE_REFERENCE, image)).toBe(false);
});
