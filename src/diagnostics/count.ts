const NUMBERS = new Intl.NumberFormat('en');

/** `1 file`, `2 files`, `1,000 files` */
export function count(number: number, noun: string): string {
  return `${digits(number)} ${noun}${number === 1 ? '' : 's'}`;
}

/** `1,000` */
export function digits(number: number): string {
  return NUMBERS.format(number);
}
