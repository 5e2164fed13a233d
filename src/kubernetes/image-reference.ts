import { matches, LABEL_VALUE, type TextFormat } from './text-formats.js';

const DOMAIN = String.raw`[A-Za-z0-9][-A-Za-z0-9.]*(:[0-9]+)?`;
const PART = String.raw`[a-z0-9]+(([._]|__|-+)[a-z0-9]+)*`;
const TAG = String.raw`[A-Za-z0-9_][-A-Za-z0-9_.]{0,127}`;
/** Digest algorithms that a registry may use (opencontainers/image-spec), each with its number of digits. */
const DIGEST = 'sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128}';

const LONGEST = 512;

/** References of container images, as `[registry/]path[:tag][@digest]` (distribution/reference). */
export const IMAGE_REFERENCE: TextFormat = {
  what: 'an image reference such as registry.example.com/team/app:v1.2.3 (no spaces, a lowercase path, a full digest in lowercase)',
  pattern: new RegExp(String.raw`^(${DOMAIN}\/)?${PART}(\/${PART})*(:${TAG})?(@(${DIGEST}))?$`),
  maxLength: LONGEST,
};

/** The fix of a reference with spaces, a scheme, capital letters, or `@` before its tag: `nginx: latest`. */
export function imageHint(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > LONGEST) return undefined;
  const text = value
    .replace(/^\s*(?:docker\s+pull\s+)?(?:https?:\/\/)?/i, '')
    .replaceAll(/\s*([:@/])\s*/g, '$1')
    .replace(/@(?!sha)/, ':');
  const [, path = '', tag = ''] = /^(.*?)((?::[^/:@]*)?(?:@.*)?)$/s.exec(text.trim()) ?? [];
  const reference = path.toLowerCase() + tag;
  return matches(IMAGE_REFERENCE, reference) ? `write image: ${reference}` : undefined;
}

/** The value of `app.kubernetes.io/version` for an image: its tag, if the tag is a valid label value. */
export function versionOf(image: string): string | undefined {
  const tag = /:([^/:@]+)(@.*)?$/.exec(image)?.[1];
  return matches(LABEL_VALUE, tag) ? tag : undefined;
}

/** Whether an image stays the same under its name: it has a digest, or a tag other than `latest`. */
export function isStable(image: string): boolean {
  const tag = /:([^/:@]+)$/.exec(image)?.[1];
  return image.includes('@') || (tag !== undefined && tag !== 'latest');
}

/** The release of a program, such as 0.34.2. */
export type Release = readonly [major: number, minor: number, patch: number];

/** The release in an image's tag, such as `v0.34.2` or `0.34.2-debian-12`; undefined if the tag is not a release. */
export function releaseOf(image: string): Release | undefined {
  const [, major, minor, patch = 0] =
    /:v?([0-9]{1,4})\.([0-9]{1,4})(?:\.([0-9]{1,4}))?(?:[-_.+][^/:@]*)?(?:@.*)?$/.exec(image) ?? [];
  return major === undefined ? undefined : [Number(major), Number(minor), Number(patch)];
}
