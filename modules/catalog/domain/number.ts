/**
 * A part number as it is compared: width and case folded, and without the spaces, dashes, dots and
 * slashes that people add or leave out. `0 001-107.020` and `0001107020` are the same number.
 */
export function normaliseNumber(number: string): string {
  return number
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-‐-―_.·/\\]/g, '');
}
