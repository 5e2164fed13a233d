import type { CheckedObject } from '../cluster/checked-object.js';
import { ObjectDiagnostics } from '../object-diagnostics.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { at, textAt, type Manifest } from '../../kubernetes/manifest.js';

const DROPPED = 'the operator drops the whole monitor';

/** Checks authentication and TLS of endpoints, as the operator does (its http_config.go and tls_types.go). */
export function checkEndpointHttp(manifest: Manifest, { monitor }: CheckedObject): Diagnostic[] {
  const diagnostics = new ObjectDiagnostics(manifest);
  for (const { manifest: endpoint, field } of monitor?.endpoints ?? []) {
    const [method, ...others] = METHODS.filter((name) => hasValue(endpoint[name]));
    if (others.length > 0) {
      const message = `there are ${[method, ...others].join(' and ')}, but an endpoint takes only one of them; ${DROPPED}`;
      diagnostics.dropped(`${field}.${others[0] ?? ''}`, message);
    }
    const problems = [
      ...(hasValue(endpoint['authorization']) ? authorizationProblems(endpoint) : []),
      ...(hasValue(endpoint['tlsConfig']) ? tlsProblems(endpoint) : []),
    ];
    for (const [name, message, hint] of problems)
      diagnostics.dropped(`${field}.${name}`, `${message}; ${DROPPED}`, hint);
  }
  return diagnostics.all;
}

const METHODS = ['authorization', 'basicAuth', 'bearerTokenSecret', 'oauth2'] as const;

/** Field, message and hint. */
type Problem = readonly [string, string, string?];

function authorizationProblems(endpoint: Manifest): Problem[] {
  if (textAt(endpoint, 'authorization', 'type')?.trim().toLowerCase() === 'basic')
    return [['authorization.type', 'Basic is not allowed here', 'use basicAuth instead']];
  return isSet(endpoint, 'authorization', 'credentials')
    ? []
    : [['authorization.credentials', 'missing; expected a key of a Secret']];
}

function* tlsProblems(endpoint: Manifest): Generator<Problem> {
  const given = (name: string) =>
    isSet(endpoint, 'tlsConfig', name) && !isEmpty(at(endpoint, 'tlsConfig', name));
  for (const name of ['ca', 'cert'])
    if (isSet(endpoint, 'tlsConfig', name, 'secret') && isSet(endpoint, 'tlsConfig', name, 'configMap'))
      yield [`tlsConfig.${name}`, 'has both secret and configMap', 'keep one'];
  for (const [object, file] of [
    ['ca', 'caFile'],
    ['cert', 'certFile'],
    ['keySecret', 'keyFile'],
  ] as const)
    // prettier-ignore
    if (given(object) && given(file)) yield [`tlsConfig.${file}`, `is set beside ${object}`, 'keep one'];
  const [hasCert, hasKey] = [given('cert') || given('certFile'), given('keySecret') || given('keyFile')];
  if (hasCert && !hasKey)
    yield ['tlsConfig', 'has a client certificate without its key', 'add keySecret or keyFile'];
  if (hasKey && !hasCert)
    yield ['tlsConfig', 'has a client key without its certificate', 'add cert or certFile'];
  const [min, max] = ['minVersion', 'maxVersion'].map((name) => textAt(endpoint, 'tlsConfig', name));
  if (min !== undefined && max !== undefined && max < min)
    yield ['tlsConfig.maxVersion', `${max} is below minVersion ${min}`];
}

function isSet(value: unknown, ...path: string[]): boolean {
  return hasValue(at(value, ...path));
}

function hasValue(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function isEmpty(value: unknown): boolean {
  return value === '' || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
}
