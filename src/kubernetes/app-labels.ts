import { versionOf } from './image-reference.js';
import { MANAGED_BY } from './labels.js';

type Labels = Readonly<Record<string, string>>;

/** Kubernetes' recommended labels of one application. */
export interface AppLabels {
  /** On every object and pod. */
  readonly labels: Labels;
  /** Those of the labels that never change while the application lives. */
  readonly selector: Labels;
}

/** @param props `instance` is the name where there is none; the version is the image's tag */
export function appLabels(props: { name: string; instance?: string; image: string }): AppLabels {
  const { name, instance = name, image } = props;
  const selector = { 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': instance };
  const version = versionOf(image);
  return {
    selector,
    labels: {
      ...selector,
      'app.kubernetes.io/managed-by': MANAGED_BY,
      ...(version !== undefined && { 'app.kubernetes.io/version': version }),
    },
  };
}
