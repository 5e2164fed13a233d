import { recordField, textField, UNWRITABLE } from '../../schema/fields.js';
import { LABEL_KEY } from '../../kubernetes/text-formats.js';
import { key } from '../key.js';

const ANNOTATION = { what: 'text' };

const annotationsField = () => recordField(LABEL_KEY, textField(ANNOTATION), UNWRITABLE);

export const annotations = key({
  field: () => annotationsField(),
  description: 'Annotations of every object, but not of the pods.',
  unset: 'none',
  example: { 'example.com/owner': 'payments' },
});

export const podAnnotations = key({
  scope: 'pods',
  field: () => annotationsField(),
  description: 'Annotations of the pods.',
  unset: 'none',
  example: { 'example.com/inject': 'true' },
  podAnnotations: (given) => given,
});
