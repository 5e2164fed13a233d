import { existsSync, lstatSync, readlinkSync } from 'node:fs';

/** What a container image contains, from files of this machine. */
export interface Image {
  /** Paths in the container → files or folders of this machine, read-only. */
  readonly files: Readonly<Record<string, string>>;
  /** Symbolic links in the container → where they lead. @default - none */
  readonly links?: Readonly<Record<string, string>>;
  /** Command of a container that sets none. */
  readonly entrypoint: readonly string[];
  /** @default - none */
  readonly env?: Readonly<Record<string, string>>;
  /** @default '/' */
  readonly workingDirectory?: string;
  /** User of a container that sets none. @default 65534 */
  readonly user?: number;
}

/** An image that contains one static program. */
export function programImage(inContainer: string, program: string): Image {
  return { files: { [inContainer]: program }, entrypoint: [inContainer], env: { PATH: '/bin' } };
}

/** The folders of this machine's system, for an image with Python and a shell. */
export function systemFolders(): Pick<Image, 'files' | 'links'> {
  const folders = ['/usr', '/bin', '/lib', '/lib64', '/sbin'].filter((folder) => existsSync(folder));
  const isLink = (folder: string) => lstatSync(folder).isSymbolicLink();
  return {
    files: Object.fromEntries(folders.filter((folder) => !isLink(folder)).map((folder) => [folder, folder])),
    links: Object.fromEntries(folders.filter(isLink).map((folder) => [folder, readlinkSync(folder)])),
  };
}

/** Commands of this machine in `/bin`, with the libraries that they need. */
export function systemCommands(...names: readonly string[]): Pick<Image, 'files' | 'links'> {
  const { files, links = {} } = systemFolders();
  const isOfLibraries = ([folder]: [string, string]) => folder.startsWith('/lib');
  const libraries = ['/usr/lib', '/usr/lib64'].filter((folder) => existsSync(folder));
  return {
    files: {
      ...Object.fromEntries(Object.entries(files).filter(isOfLibraries)),
      ...Object.fromEntries(libraries.map((folder) => [folder, folder])),
      ...Object.fromEntries(names.map((name) => [`/bin/${name}`, `/usr/bin/${name}`])),
    },
    links: Object.fromEntries(Object.entries(links).filter(isOfLibraries)),
  };
}
