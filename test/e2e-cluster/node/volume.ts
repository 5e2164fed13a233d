import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { at, isMap, listAt, mapAt, textAt, type Manifest } from '../../../src/kubernetes/manifest.js';
import type { PodFacts } from './pod-facts.js';

type Files = Readonly<Record<string, Buffer>>;

/** A volume of a pod: a folder on this machine. Files from the API server are replaced all at once, as a kubelet does. */
export class Volume {
  private written = 0;
  private refreshed: Promise<void> = Promise.resolve();

  private constructor(
    readonly folder: string,
    private readonly volume: Manifest,
    private readonly pod: PodFacts,
  ) {}

  static async make(volume: Manifest, pod: PodFacts, folder: string): Promise<Volume> {
    const made = new Volume(folder, volume, pod);
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, made.hasFiles ? 0o755 : 0o1777);
    await made.refresh();
    return made;
  }

  get name(): string {
    return textAt(this.volume, 'name') ?? '';
  }

  /** Whether the API server has its files: containers cannot write there. */
  get hasFiles(): boolean {
    return ['configMap', 'secret', 'projected', 'downwardAPI'].some(
      (source) => at(this.volume, source) !== undefined,
    );
  }

  /** Where a mount of a part of the volume leads. */
  pathOf(subPath: string | undefined): string {
    if (subPath === undefined) return this.folder;
    if (this.hasFiles) return path.join(this.current, subPath);
    const part = path.join(this.folder, subPath);
    mkdirSync(part, { recursive: true });
    chmodSync(part, 0o1777);
    return part;
  }

  /** Whether its files come from a ConfigMap or Secret. */
  isFrom(resource: 'configmaps' | 'secrets', name: string): boolean {
    const sources = [this.volume, ...listAt(this.volume, 'projected', 'sources')];
    return sources.some((source) =>
      resource === 'configmaps'
        ? textAt(source, 'configMap', 'name') === name
        : (textAt(source, 'secret', 'secretName') ?? textAt(source, 'secret', 'name')) === name,
    );
  }

  /** Writes the files as the API server has them now, one time after the other: the last has the newest. */
  async refresh(): Promise<void> {
    const write = () => this.write();
    this.refreshed = this.refreshed.then(write, write);
    await this.refreshed;
  }

  private async write(): Promise<void> {
    if (!this.hasFiles) return;
    const files = await filesOf(this.volume, this.pod);
    const before = this.current;
    this.written += 1;
    for (const [file, bytes] of Object.entries(files)) {
      const inside = path.join(this.current, file);
      mkdirSync(path.dirname(inside), { recursive: true });
      writeFileSync(inside, bytes);
      chmodSync(inside, this.mode);
    }
    mkdirSync(this.current, { recursive: true });
    link(path.basename(this.current), path.join(this.folder, '..data'));
    const names = new Set(Object.keys(files).map((file) => file.split('/')[0] ?? ''));
    for (const name of names) link(path.join('..data', name), path.join(this.folder, name));
    if (this.written > 1) rmSync(before, { recursive: true, force: true });
  }

  /** Mode of its files. A file that only its owner may read belongs to the pod's user in a kubelet; here, all may. */
  private get mode(): number {
    const modes = ['configMap', 'secret'].map((source) => at(this.volume, source, 'defaultMode'));
    return Number(modes.find((mode) => mode !== undefined) ?? 0o644) | 0o444;
  }

  private get current(): string {
    return path.join(this.folder, `..files-${this.written}`);
  }
}

/** Makes or replaces a symbolic link in one step. */
function link(target: string, at: string): void {
  symlinkSync(target, `${at}.new`);
  renameSync(`${at}.new`, at);
}

async function filesOf(source: Manifest, pod: PodFacts): Promise<Files> {
  const projected = listAt(source, 'projected', 'sources');
  const parts = await Promise.all(projected.map((part) => filesOf(part, pod)));
  return Object.assign({}, ...parts, await ownFiles(source, pod)) as Files;
}

async function ownFiles(source: Manifest, pod: PodFacts): Promise<Files> {
  const { configMap, secret, downwardAPI, serviceAccountToken } = source;
  if (isMap(configMap)) return chosen(await pod.data('configmaps', ...nameAndOptional(configMap)), configMap);
  if (isMap(secret)) return chosen(await pod.data('secrets', ...nameAndOptional(secret)), secret);
  if (isMap(serviceAccountToken)) {
    const seconds = Number(serviceAccountToken['expirationSeconds'] ?? 3600);
    const token = await pod.token(seconds, textAt(serviceAccountToken, 'audience'));
    return { [textAt(serviceAccountToken, 'path') ?? '']: Buffer.from(token) };
  }
  return Object.fromEntries(
    listAt(downwardAPI, 'items').map((item) => [
      textAt(item, 'path') ?? '',
      Buffer.from(pod.field(textAt(mapAt(item, 'fieldRef'), 'fieldPath') ?? '')),
    ]),
  );
}

function nameAndOptional(source: Manifest): [string, boolean] {
  return [textAt(source, 'secretName') ?? textAt(source, 'name') ?? '', source['optional'] === true];
}

/** The items of a source; all of its files if it names none. */
function chosen(files: Files = {}, source: Manifest): Files {
  const items = listAt(source, 'items');
  if (items.length === 0) return files;
  return Object.fromEntries(
    items.flatMap((item) => {
      const bytes = files[textAt(item, 'key') ?? ''];
      return bytes === undefined ? [] : [[textAt(item, 'path') ?? '', bytes]];
    }),
  );
}
