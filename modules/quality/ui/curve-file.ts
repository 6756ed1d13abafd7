import { MOST_SAMPLES } from '../contract.ts';

/**
 * Reads a recorder’s file: seconds and reading in the first two columns, by comma, semicolon or tab;
 * a heading is skipped. Longer files are thinned evenly to what one curve may have.
 * @returns undefined when fewer than two lines are numbers
 */
export function pointsOf(file: string): [number, number][] | undefined {
  const points = file.split(/\r?\n/).flatMap((line): [number, number][] => {
    const [s = '', v = ''] = line.split(/[,;\t]/);
    const [seconds, value] = [Number(s), Number(v)];
    const isNumbers = s.trim() !== '' && v.trim() !== '';
    return isNumbers && Number.isFinite(seconds) && Number.isFinite(value)
      ? [[seconds, value]]
      : [];
  });
  if (points.length < 2) return undefined;
  const every = Math.ceil(points.length / MOST_SAMPLES);
  return points.filter((_, i) => i % every === 0);
}
