/** How the names of manifest files end. */
export const EXTENSION = '.k8s.yaml';

/** The folder, within that of an environment, of what tells Argo CD or Flux to deploy it. No environment has its name. */
export const DELIVERY_FOLDER = 'delivery';

/** An application in one environment, or in the only one. */
export interface Placed {
  readonly name: string;
  readonly environment?: string | undefined;
}

/** Where the manifests of an application stand in the output folder, without extension: `shop`, `production/shop`. */
export function placeOf({ name, environment }: Placed): string {
  return environment === undefined ? name : `${environment}/${name}`;
}

/** Where what has the application deployed stands: `delivery/shop`, `production/delivery/shop`. */
export function deliveryPlaceOf({ name, environment }: Placed): string {
  return placeOf({ name: `${DELIVERY_FOLDER}/${name}`, environment });
}

/** The file at a place: `production/shop.k8s.yaml`. */
export function fileAt(place: string): string {
  return `${place}${EXTENSION}`;
}

/** The folder that a file or folder is in, relative to the same root; empty for the root itself. */
export function parentOf(file: string): string {
  return file.split('/').slice(0, -1).join('/');
}

/** Whether a folder holds what has applications deployed, rather than the applications. */
export function isForDelivery(folder: string): boolean {
  return folder.split('/').at(-1) === DELIVERY_FOLDER;
}

/** Whether a file name is that of a manifest. Hidden files are the user's: no application has such a name. */
export function isManifestName(name: string): boolean {
  return name.endsWith(EXTENSION) && !name.startsWith('.');
}

/** Whether a path in an output folder is one where manifests stand: `shop.k8s.yaml`, `dev/delivery/shop.k8s.yaml`. */
export function isManifestPlace(file: string): boolean {
  const folders = file.split('/');
  const name = folders.pop() ?? '';
  return (
    isManifestName(name) && (folders.length <= 1 || (folders.length === 2 && folders[1] === DELIVERY_FOLDER))
  );
}
