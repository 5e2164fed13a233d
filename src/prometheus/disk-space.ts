import { expected } from '../diagnostics/expected.js';
import { matches, type TextFormat } from '../kubernetes/text-formats.js';

/** Amounts of disk space as Prometheus takes them (alecthomas/units.Base2Bytes): its GB is Kubernetes' Gi. */
export const DISK_SPACE: TextFormat = {
  what: 'an amount of disk space such as 40GB (a whole number above zero and B, KB, MB, GB, TB, PB or EB)',
  pattern: /^[1-9][0-9]*[KMGTPE]?B$/,
};

/** Each 1024 of the one before. */
const UNITS = ['B', 'KB', 'MB', 'GB', 'TB', 'PB', 'EB'];

/** Units of which there must be so many for a whole number of them to be near the amount. */
const NEAR = 8;

/** An amount of disk space as Prometheus writes it. */
export class DiskSpace {
  /** @throws RangeError when the text is no such amount */
  static parse(text: string): DiskSpace {
    if (!matches(DISK_SPACE, text)) throw new RangeError(expected(DISK_SPACE.what, text));
    const [, amount = '', unit = ''] = /^([0-9]+)(.*)$/.exec(text) ?? [];
    return new DiskSpace(Number(amount), UNITS.indexOf(unit));
  }

  /** The largest that is short to write and within so many bytes. */
  static within(bytes: number): DiskSpace {
    const power = Math.max(
      0,
      UNITS.findLastIndex((_, i) => bytes >= NEAR * 1024 ** i),
    );
    return new DiskSpace(Math.max(1, Math.floor(bytes / 1024 ** power)), power);
  }

  private constructor(
    private readonly amount: number,
    private readonly power: number,
  ) {}

  get bytes(): number {
    return this.amount * 1024 ** this.power;
  }

  toString(): string {
    return `${this.amount}${UNITS[this.power]}`;
  }
}
