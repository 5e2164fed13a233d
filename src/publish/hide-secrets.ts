import { HIDDEN, hidePasswords, isSecret } from '../diagnostics/secrets.js';

/**
 * A diff of git without the values of Secrets, and without values whose names tell that they are secret.
 * @param whole the same diff with all unchanged lines: it tells to which object a line belongs
 */
export function withoutSecrets(diff: string, whole: string): string {
  const wholes = whole.split(EACH_FILE);
  return diff
    .split(EACH_FILE)
    .map((file, i) => inFile(file, wholes[i] ?? ''))
    .join('');
}

const EACH_FILE = /^(?=diff --git )/m;

const HUNK = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/;

function inFile(file: string, whole: string): string {
  const lines = whole.split('\n');
  const side = (sign: string) =>
    hiddenLines(
      lines
        .slice(firstHunk(lines))
        .flatMap((line) => (line[0] === ' ' || line[0] === sign ? [line.slice(1)] : [])),
    );
  const [before, after] = [side('-'), side('+')];
  let [oldLine, newLine, isInHunk] = [0, 0, false];
  const shown = file.split('\n').map((line) => {
    const [, first, second] = HUNK.exec(line) ?? [];
    if (first !== undefined) [oldLine, newLine, isInHunk] = [Number(first) - 1, Number(second) - 1, true];
    else if (isInHunk && line.startsWith('-')) return `-${before[oldLine++]}`;
    else if (isInHunk && line.startsWith('+')) return `+${after[newLine++]}`;
    else if (isInHunk && line.startsWith(' ')) {
      oldLine += 1;
      return ` ${after[newLine++]}`;
    }
    return line;
  });
  return shown.join('\n');
}

function firstHunk(lines: readonly string[]): number {
  const first = lines.findIndex((line) => HUNK.test(line));
  return first === -1 ? lines.length : first;
}

/** The lines of a file of manifests, with secret values hidden. */
function hiddenLines(lines: readonly string[]): string[] {
  const starts = lines.flatMap((line, i) => (/^---(?:\s|$)/.test(line) ? [i] : []));
  return [0, ...starts].flatMap((start, i) => inManifest(lines.slice(start, starts[i])));
}

/** `  - KEY: VALUE` */
const ENTRY = /^([ -]*)("[^"]*"|'[^']*'|[^\s:'"#][^:]*):(?: +(.*))?$/;

function inManifest(lines: readonly string[]): string[] {
  const isOfSecret = lines.some((line) => /^kind: *["']?Secret["']? *$/.test(line));
  let inData = false;
  /** Lines with a deeper indent belong to the text of a hidden value. */
  let textBelow: number | undefined;
  let variable = '';
  return lines.map((line) => {
    const indent = line.search(/[^ ]/);
    if (textBelow !== undefined && (indent === -1 || indent > textBelow))
      return indent === -1 ? line : hiddenText(line);
    textBelow = undefined;
    const [, start = '', quoted = '', value = ''] = ENTRY.exec(line) ?? [];
    const key = quoted.replaceAll(/^["']|["']$/g, '');
    if (start === '' && key !== '') inData = isOfSecret && (key === 'data' || key === 'stringData');
    if (key === 'name') variable = value;
    const isHidden = inData
      ? start !== '' || (value !== '' && value !== '{}')
      : isSecret(key === 'value' ? variable : key, value.replaceAll(/^["']|["']$/g, '')) && value !== '{}';
    if (!isHidden) return hidePasswords(line);
    if (key === '') return hiddenText(line);
    textBelow = start.length;
    return value === '' ? line : `${start}${quoted}: ${HIDDEN}`;
  });
}

function hiddenText(line: string): string {
  return line.replace(/\S.*/, HIDDEN);
}
