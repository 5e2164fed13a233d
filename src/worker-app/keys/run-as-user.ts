import { wholeNumberField } from '../../schema/fields.js';
import { key } from '../key.js';
import { hasOwner, userVolumes } from '../volumes/user-volumes.js';

const USER = { min: 1, max: 2 ** 31 - 1 };

export const runAsUser = key({
  scope: 'inherited',
  field: () => wholeNumberField(USER).nullable(),
  description:
    "User ID and group ID of the container's processes, 1 to 2147483647. It is the group of persistent volumes, too. `null`: the user of the image, whose USER must be a number above 0.",
  default: 1000,
  example: 33,
  pod: (user, { volumes }) => ({
    securityContext: {
      runAsUser: user,
      runAsGroup: user,
      // A new persistent volume belongs to root.
      ...(userVolumes(volumes).some(hasOwner) && {
        fsGroup: user,
        fsGroupChangePolicy: 'OnRootMismatch',
      }),
    },
  }),
});
