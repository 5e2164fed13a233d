import { envFromEntries } from '../../kubernetes/env-entries.js';
import { variableSourcesField } from '../../schema/variable-fields.js';
import { key } from '../key.js';

export const envFrom = key({
  scope: 'inherited',
  field: () => variableSourcesField(),
  description:
    'Secrets and ConfigMaps of which each key is a variable, in this order: of two variables with one name, the later counts. Variables of `env` and computed ones replace them. With `prefix`, the names begin with it; with `optional`, it may be missing.',
  unset: 'none',
  example: [{ secret: 'shop' }, { configMap: 'shop-settings', prefix: 'SHOP_', optional: true }],
  container: (sources) => ({ envFrom: envFromEntries(sources) }),
});
