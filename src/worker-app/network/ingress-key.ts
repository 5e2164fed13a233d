import * as z from 'zod';
import { HTTP_PATH, INGRESS_HOST } from '../../kubernetes/http.js';
import {
  DNS_1123_SUBDOMAIN,
  LABEL_KEY,
  NAME_BESIDE_BOOLEANS,
  PORT_NAME,
} from '../../kubernetes/text-formats.js';
import { PATH_TYPES } from '../../kubernetes/choices.js';
import { PORT } from '../../kubernetes/whole-number.js';
import type { IngressTLS } from '../../kubernetes-shapes/types.js';
import {
  booleanField,
  choiceField,
  distinctListField,
  listField,
  objectField,
  recordField,
  refusal,
  textField,
  UNWRITABLE,
  wholeNumberField,
} from '../../schema/fields.js';
import { shapeListField } from '../../schema/shape-field.js';
import { unknownKey } from '../../schema/message-with-hint.js';
import { named } from '../../schema/type-names.js';
import { key } from '../key.js';
import { hostHint } from './hosts.js';
import { ingressObject } from './ingress.js';
import { memo } from '../../memo.js';

const host = () => textField(INGRESS_HOST, hostHint);
const optionalHost = () =>
  host()
    .optional()
    .meta({ description: 'Host of the requests. Default: every host.', examples: ['shop.example.com'] });
const path = () => textField(HTTP_PATH);
const pathType = () => choiceField(PATH_TYPES);

const ingressPath = memo(() =>
  named(
    'WorkerAppIngressPath',
    objectField(
      {
        path: path()
          .optional()
          .meta({ description: 'Path of the requests. Default: /.', examples: ['/api'] }),
        pathType: pathType()
          .optional()
          .meta({
            description: "How the path is compared. Default: the Ingress's `pathType`, Prefix.",
            examples: ['Exact'],
          }),
        port: z
          .union(
            [textField(PORT_NAME), wholeNumberField(PORT)],
            refusal('the name of a port of the Service, or its number'),
          )
          .optional()
          .meta({
            description: 'Port of the Service: a name or a number, but no metrics port. Default: http.',
            examples: ['http'],
          }),
        service: textField(DNS_1123_SUBDOMAIN)
          .optional()
          .meta({
            description: "Another Service of the namespace. Default: the application's.",
            examples: ['shop-api'],
          }),
      },
      {
        backend: unknownKey('write service and port beside path: { path: /, service: shop-api, port: http }'),
      },
    ),
    'A path of an Ingress.',
  ),
);

const rule = memo(() =>
  named(
    'WorkerAppIngressRule',
    objectField(
      {
        host: optionalHost(),
        paths: listField(ingressPath())
          .optional()
          .meta({ description: 'Paths of this host. Default: /.', examples: [[{ path: '/api' }]] }),
      },
      { http: 'write the paths beside host: paths: [{ path: /, port: http }]' },
    ),
    'A host of an Ingress, and its paths.',
  ),
);

const tls = memo(() =>
  z.union(
    [booleanField(), textField(NAME_BESIDE_BOOLEANS), shapeListField<IngressTLS>('IngressTls', 'IngressTLS')],
    refusal("true, the name of a Secret, or Kubernetes' list"),
  ),
);

/** Keys of Kubernetes and of Helm charts. */
const REFUSED = {
  enabled: unknownKey('remove it: the key ingress makes the Ingress, and without the key there is none'),
  ingressClassName: unknownKey('write className'),
  defaultBackend: unknownKey('write a path: { path: /, service: shop, port: http }'),
};

const ingressField = memo(() =>
  named(
    'WorkerAppIngress',
    objectField(
      {
        host: optionalHost(),
        hosts: distinctListField(host())
          .optional()
          .meta({
            description: 'Several hosts with the same paths. Default: `host`.',
            examples: [['shop.example.com', 'www.example.com']],
          }),
        path: path()
          .optional()
          .meta({ description: 'Path of the requests. Default: /.', examples: ['/shop'] }),
        pathType: pathType()
          .optional()
          .meta({ description: 'How paths are compared. Default: Prefix.', default: 'Prefix' }),
        className: textField(DNS_1123_SUBDOMAIN)
          .optional()
          .meta({ description: "IngressClass. Default: the cluster's default.", examples: ['nginx'] }),
        annotations: recordField(LABEL_KEY, textField({ what: 'text' }), UNWRITABLE)
          .optional()
          .meta({
            description: 'Annotations of the Ingress. Default: none.',
            examples: [{ 'cert-manager.io/cluster-issuer': 'letsencrypt' }],
          }),
        tls: tls()
          .optional()
          .meta({
            description:
              "`true` for the certificate in the Secret `<name>-tls`, or the name of another Secret, or Kubernetes' list. Default: none.",
            examples: [true],
          }),
        paths: listField(ingressPath())
          .optional()
          .meta({
            description: 'Several paths, for each host. Default: `path`.',
            examples: [[{ path: '/api' }]],
          }),
        rules: listField(rule())
          .optional()
          .meta({
            description: 'Hosts with paths of their own. Default: `host` or `hosts`, with `path` or `paths`.',
            examples: [[{ host: 'shop.example.com', paths: [{ path: '/api' }] }]],
          }),
      },
      REFUSED,
    ),
    'An Ingress that leads to the Service.',
  ),
);

export const ingress = key({
  field: ingressField,
  description:
    'An Ingress: requests of clients outside the cluster to the Service, by host and path. The probes then send its first host without `*` as their `Host` header (`http.healthHost`).',
  unset: 'none',
  example: { host: 'shop.example.com', className: 'nginx', tls: true },
  objects: (given, context) => ({ ingress: ingressObject(given, context) }),
});

export type Ingress = z.output<ReturnType<typeof ingressField>>;
