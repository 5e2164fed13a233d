/** The letters and digits of random ends: no vowels, so that no words come of them (apimachinery util/rand). */
const RANDOM = '[bcdfghjklmnpqrstvwxz2456789]';

/** A pod's name is made of a prefix and this many random characters (apiserver storage/names SimpleNameGenerator). */
const RANDOM_LENGTH = 5;

/** Longer prefixes are cut, as a pod's name has 63 characters at most. */
const PREFIX_LENGTH = 63 - RANDOM_LENGTH;

/** Of a ReplicaSet's name, what follows that of its Deployment: a hash of five to ten random characters. */
const LONGEST_HASH = 10;

/**
 * An expression for the names of a Deployment's pods: `<name>-<hash>-<random>`, cut before the random end where name and
 * hash are too long. A Job's pod named after the Deployment does not match, unless the hash is cut to nothing.
 */
export function deploymentPodNames(name: string): string {
  const end = `${RANDOM}{${RANDOM_LENGTH}}`;
  if (name.length >= PREFIX_LENGTH) return name.slice(0, PREFIX_LENGTH) + end;
  const whole = `-${RANDOM}{5,${LONGEST_HASH}}-${end}`;
  const hashLeft = PREFIX_LENGTH - `${name}-`.length;
  if (hashLeft > LONGEST_HASH) return name + whole;
  return `${name}(${whole}|-${RANDOM}{${hashLeft + RANDOM_LENGTH}})`;
}
