import { versionOf } from './image-reference.js';
import { MANAGED_BY, MANAGED_BY_LABEL, NAME_LABEL, INSTANCE_LABEL, VERSION_LABEL } from './labels.js';

type Labels = Readonly<Record<string, string>>;

/** Kubernetes' recommended labels of one application. */
export interface AppLabels {
  /** On every object and pod. */
  readonly labels: Labels;
  /** The labels that never change while the application exists. */
  readonly selector: Labels;
}

/** Values that the labels of an application are made from. */
export interface AppLabelsProps {
  readonly name: string;
  /** @default - the name */
  readonly instance?: string;
  /** Its tag is the version. */
  readonly image: string;
  /** Additional labels. The recommended labels override them. */
  readonly labels?: Labels;
}

export function appLabels({ name, instance = name, image, labels }: AppLabelsProps): AppLabels {
  const selector = { [NAME_LABEL]: name, [INSTANCE_LABEL]: instance };
  const version = versionOf(image);
  return {
    selector,
    labels: Object.assign(
      {},
      labels,
      selector,
      { [MANAGED_BY_LABEL]: MANAGED_BY },
      version !== undefined && { [VERSION_LABEL]: version },
    ),
  };
}
