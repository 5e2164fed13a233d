import { expected } from '../diagnostics/expected.js';
import { matches, type TextFormat } from '../kubernetes/text-formats.js';

/** Amounts of disk space in Prometheus' notation (alecthomas/units.Base2Bytes): its GB is Kubernetes' Gi. */
export const DISK_SPACE: TextFormat = {
  what: 'an amount of disk space such as 40GB (a whole number above zero and B, KB, MB, GB, TB, PB or EB)',
  pattern: /^[1-9][0-9]*[KMGTPE]?B$/,
};

/** Each is 1024 times the one before. */
const UNITS = ['B', 'KB', 'MB', 'GB', 'TB', 'PB', 'EB'];

/** The least number of units for which the rounded amount is near the exact one. */
const NEAR = 8;

/** An amount of disk space as Prometheus writes it. */
export class DiskSpace {
  /** @throws RangeError if the text is not an amount of disk space */
  static parse(text: string): DiskSpace {
    if (!matches(DISK_SPACE, text)) throw new RangeError(expected(DISK_SPACE.what, text));
    const [, amount = '', unit = ''] = /^([0-9]+)(.*)$/.exec(text) ?? [];
    return new DiskSpace(Number(amount), UNITS.indexOf(unit));
  }

  /** The largest amount up to a number of bytes that is short to write. */
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
