import { keeps, LABEL_VALUE, type TextRule } from './text-rules.js';

/** References of container images, as `[registry/]path[:tag][@digest]` (distribution/reference). */
export const IMAGE_REFERENCE: TextRule = {
  what: 'an image reference such as registry.example.com/team/app:v1.2.3 (no spaces, a lowercase path)',
  pattern:
    /^([A-Za-z0-9][-A-Za-z0-9.]*(:[0-9]+)?\/)?[a-z0-9]+(([._]|__|-+)[a-z0-9]+)*(\/[a-z0-9]+(([._]|__|-+)[a-z0-9]+)*)*(:[A-Za-z0-9_][-A-Za-z0-9_.]{0,127})?(@[a-z0-9]+([-+._][a-z0-9]+)*:[0-9a-fA-F]{32,})?$/,
  maxLength: 512,
};

/** What `app.kubernetes.io/version` can say of an image: its tag, where that is a label value. */
export function versionOf(image: string): string | undefined {
  const tag = /:([^/:@]+)(@.*)?$/.exec(image)?.[1];
  return keeps(LABEL_VALUE, tag) ? tag : undefined;
}
