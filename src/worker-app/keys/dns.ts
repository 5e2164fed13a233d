import type { PodDNSConfig } from '../../kubernetes-shapes/types.js';
import { choiceField } from '../../schema/fields.js';
import { shapeField } from '../../schema/shape-field.js';
import { key } from '../key.js';

export const dnsPolicy = key({
  scope: 'inherited',
  field: () => choiceField(['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None']),
  description: 'How the pods resolve names. `None` needs `dnsConfig`.',
  unset: "Kubernetes' default: ClusterFirst",
  example: 'Default',
  pod: (policy) => ({ dnsPolicy: policy }),
});

export const dnsConfig = key({
  scope: 'inherited',
  field: () => shapeField<PodDNSConfig>('PodDnsConfig', 'PodDNSConfig'),
  description: "Name servers, search domains and options of the pods' resolver, in Kubernetes' form.",
  unset: 'none',
  example: { options: [{ name: 'ndots', value: '1' }] },
  pod: (config) => ({ dnsConfig: config }),
});
