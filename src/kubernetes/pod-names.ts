/** Characters of random suffixes: no vowels, to avoid words (apimachinery util/rand). */
const RANDOM = '[bcdfghjklmnpqrstvwxz2456789]';

/** Number of random characters after the prefix of a pod's name (apiserver storage/names SimpleNameGenerator). */
const RANDOM_LENGTH = 5;

/** Kubernetes cuts longer prefixes: a pod's name has at most 63 characters. */
const PREFIX_LENGTH = 63 - RANDOM_LENGTH;

/** A ReplicaSet's name is its Deployment's name and a hash of five to ten random characters. */
const LONGEST_HASH = 10;

/**
 * A regular expression for the names of a Deployment's pods: `<name>-<hash>-<random>`. If name and hash are too long,
 * Kubernetes cuts them before the random suffix. The pod of a Job that is named after the Deployment does not match,
 * unless the hash is cut off completely.
 */
export function deploymentPodNames(name: string): string {
  const end = `${RANDOM}{${RANDOM_LENGTH}}`;
  if (name.length >= PREFIX_LENGTH) return name.slice(0, PREFIX_LENGTH) + end;
  const whole = `-${RANDOM}{5,${LONGEST_HASH}}-${end}`;
  const hashLeft = PREFIX_LENGTH - `${name}-`.length;
  if (hashLeft > LONGEST_HASH) return name + whole;
  return `${name}(${whole}|-${RANDOM}{${hashLeft + RANDOM_LENGTH}})`;
}
