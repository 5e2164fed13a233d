/** Extension of manifest files. */
export const EXTENSION = '.k8s.yaml';

/** Folder, within an environment's, of the Argo CD or Flux objects that deploy it. No environment may have this name. */
export const DELIVERY_FOLDER = 'delivery';

/** An application in an environment, or without environments. */
export interface Placed {
  readonly name: string;
  readonly environment?: string | undefined;
}

/** Path of an application's manifests in the output folder, without extension: `shop`, `production/shop`. */
export function placeOf({ name, environment }: Placed): string {
  return environment === undefined ? name : `${environment}/${name}`;
}

/** Path of an application's Argo CD or Flux objects: `delivery/shop`, `production/delivery/shop`. */
export function deliveryPlaceOf({ name, environment }: Placed): string {
  return placeOf({ name: `${DELIVERY_FOLDER}/${name}`, environment });
}

/** The file at a place: `production/shop.k8s.yaml`. */
export function fileAt(place: string): string {
  return `${place}${EXTENSION}`;
}

/** The application of a manifest file, and whether the file is for Argo CD or Flux. */
export function placedAt(file: string): Placed & { readonly isForDelivery: boolean } {
  const folder = parentOf(file);
  const environment = isForDelivery(folder) ? parentOf(folder) : folder;
  const name = (file.split('/').at(-1) ?? '').slice(0, -EXTENSION.length);
  return {
    name,
    ...(environment !== '' && { environment }),
    isForDelivery: isForDelivery(folder),
  };
}

/** The folder that a file or folder is in, relative to the same root; empty for the root itself. */
export function parentOf(file: string): string {
  return file.split('/').slice(0, -1).join('/');
}

/** Whether a folder contains the Argo CD or Flux objects that deploy applications. */
export function isForDelivery(folder: string): boolean {
  return folder.split('/').at(-1) === DELIVERY_FOLDER;
}

/** Whether a file name is a manifest's. Hidden files are the user's: no application's name starts with a dot. */
export function isManifestName(name: string): boolean {
  return name.endsWith(EXTENSION) && !name.startsWith('.');
}

/** Whether a path in an output folder is a manifest's: `shop.k8s.yaml`, `dev/delivery/shop.k8s.yaml`. */
export function isManifestPlace(file: string): boolean {
  const folders = file.split('/');
  const name = folders.pop() ?? '';
  return (
    isManifestName(name) && (folders.length <= 1 || (folders.length === 2 && folders[1] === DELIVERY_FOLDER))
  );
}
