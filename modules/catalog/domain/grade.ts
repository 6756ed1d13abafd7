export type Grade = 'A' | 'B' | 'C' | 'R';

const ORDER: readonly Grade[] = ['A', 'B', 'C', 'R'];

/** A question about a core, worded so that "yes" is good. A "no" caps the grade. */
export interface Criterion {
  readonly code: string;
  readonly failsTo: 'B' | 'C' | 'R';
}

export type Grading =
  | {
      readonly complete: true;
      readonly grade: Grade;
      /** The criteria that decided: those answered "no" that cap at this very grade. */
      readonly because: readonly string[];
      /** Every criterion answered "no". */
      readonly failed: readonly string[];
    }
  | { readonly complete: false; readonly missing: readonly string[] };

/**
 * The grade of a core by a programme: the worst cap among the criteria answered "no", A when all
 * are "yes". Incomplete while a criterion is unanswered, unless a "no" already makes it R.
 */
export function gradeBy(
  answers: Readonly<Record<string, boolean>>,
  programme: { readonly criteria: readonly Criterion[] },
): Grading {
  const { criteria } = programme;
  const given = new Map(Object.entries(answers));
  const failed = criteria.filter((c) => given.get(c.code) === false);
  const missing = criteria.filter((c) => !given.has(c.code)).map((c) => c.code);
  const grade = failed.reduce<Grade>((worst, c) => worse(worst, c.failsTo), 'A');
  if (missing.length > 0 && grade !== 'R') return { complete: false, missing };
  const because = failed.filter((c) => c.failsTo === grade).map((c) => c.code);
  return { complete: true, grade, because, failed: failed.map((c) => c.code) };
}

function worse(a: Grade, b: Grade): Grade {
  return ORDER.indexOf(a) >= ORDER.indexOf(b) ? a : b;
}

/**
 * Grade of a mechanical part from a scrapped vehicle by mileage: A up to 60,000 miles, or up to
 * 15,000 miles a year; C above 200,000 miles; B between. A high total is C whatever its age.
 * @see Automotive Recyclers Association, recycled-part grading for mechanical parts
 */
export function mileageGrade(miles: number, years: number | undefined): 'A' | 'B' | 'C' {
  if (miles > 200_000) return 'C';
  if (miles <= 60_000) return 'A';
  return years !== undefined && years > 0 && miles / years <= 15_000 ? 'A' : 'B';
}
