import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A folder of this test alone, in the system's folder for temporary files; it is removed when the tests are done. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'worker-metrics-test-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Files to be in a folder: name → text. */
export type Files = Readonly<Record<string, string>>;

export function writeFiles(folder: string, files: Files): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
}

/** The files in a folder, without its folders; none where there is no folder. */
export function filesIn(folder: string): Files {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return {};
  const names = readdirSync(folder).filter((name) => statSync(path.join(folder, name)).isFile());
  return Object.fromEntries(
    names.toSorted().map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]),
  );
}

/** Folders that a run left beside an output folder. */
export function leftBeside(folder: string): string[] {
  return readdirSync(path.dirname(folder)).filter((name) => name !== path.basename(folder));
}

/** A manifest as this program writes them, as far as an output folder knows. */
export function ours(text: string): string {
  return `metadata:\n  labels:\n    app.kubernetes.io/managed-by: cdk8s-worker-metrics\ntext: ${text}\n`;
}
