/** Names that mean other pods. */
const RESERVED = new Set(['web', 'jobs', 'constructor']);

/**
 * The name of a process or cron job in the values, after the name of its object: without the words that it has in common
 * with the name of the application.
 *
 * @example entryName('shop-celery', 'shop-web', new Set()) // celery
 */
export function entryName(object: string, application: string, taken: ReadonlySet<string>): string {
  const isFree = (name: string) => name !== '' && !RESERVED.has(name) && !taken.has(name);
  const own = object.startsWith(`${application}-`)
    ? object.slice(application.length + 1)
    : withoutCommonWords(object, application);
  const found = [own, object].find(isFree) ?? `${object}-pods`;
  return isFree(found) ? found : `${found}-${taken.size}`;
}

function withoutCommonWords(object: string, application: string): string {
  const [words, others] = [object.split('-'), application.split('-')];
  const common = words.findIndex((word, i) => word !== others[i]);
  return words.slice(common === -1 ? words.length : common).join('-');
}
