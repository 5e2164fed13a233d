import { HTTP_URL, userInfo } from '../../src/kubernetes/url.js';
import { matches } from '../../src/kubernetes/text-formats.js';

test.each([
  ['https://me:secret@example.com/a', 'me:secret'],
  ['https://me:p@ss@example.com/a', 'me:p@ss'],
  ['https://token@example.com', 'token'],
  ['https://:secret@example.com', ':secret'],
  ['HTTPS://me:secret@example.com', 'me:secret'],
  ['git+ssh://git@example.com/a.git', 'git'],
  ['https://me:se/cret@example.com/a', 'me:se/cret'],
  ['https://me:?secret#1@example.com/a', 'me:?secret#1'],
])('of %s, %s is user and password', (url, info) => {
  expect(userInfo(url)).toBe(info);
});

test.each([
  'https://example.com',
  'https://example.com/@scope/a',
  'https://example.com:8443/@scope/a',
  'https://example.com:8443?mail=me@example.com',
  'https://example.com?time=10:00&mail=me@example.com',
  'https://example.com/a:b@c',
  'http://[::1]:9093/@scope',
  'git@example.com:a.git',
  'mailto:me@example.com',
])('%s has neither', (url) => {
  expect(userInfo(url)).toBeUndefined();
});

test.each([
  ['https://example.com', true],
  ['http://example.com:9093/a?b=c@d#e', true],
  ['http://[2001:db8::1]:9093/', true],
  ['https://example.com#a', true],
  ['https://me:se/cret@example.com', false],
  ['https://me:?secret@example.com', false],
  ['https://example.com:https/', false],
  ['https://example.com:123456/', false],
  ['ftp://example.com', false],
  ['https:///a', false],
])('%s is a URL to write in a manifest: %j', (url, isOne) => {
  expect(matches(HTTP_URL, url)).toBe(isOne);
});
