import { userInfo } from '../kubernetes/url.js';

/** A text, such as git's complaint, without the user names and passwords that a URL in it may hold. */
export function withoutCredentials(text: string, url: string): string {
  const info = userInfo(url) ?? '';
  const secrets = [info, ...info.split(':').slice(1)].filter((secret) => secret !== '' && secret !== 'git');
  const hidden = [...secrets, ...secrets.map(decoded)].reduce(
    (shown, secret) => shown.replaceAll(secret, '***'),
    text,
  );
  return hidden.replaceAll(/(https?:\/\/)[^\s/@]+@/gi, '$1***@');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
