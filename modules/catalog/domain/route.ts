/**
 * The finding that sends a core through a step. Written in the catalogue as alternatives joined by
 * `|`: `defect:S-D02`, `out:S-C01` (a characteristic out of its limits), `restore:30` (the component
 * at a position is to be restored), `pos:30` (there is such a component), `grade:B`.
 */
export type Finding =
  | { readonly kind: 'defect' | 'out' | 'grade'; readonly code: string }
  | { readonly kind: 'restore' | 'pos'; readonly pos: number };

const TERM = /^(defect|out|restore|pos|grade):([A-Za-z0-9][\w.-]*)$/;

/** The findings of a condition, or undefined when it is not written as it should be. Empty: always. */
export function parseCondition(condition: string): Finding[] | undefined {
  const out: Finding[] = [];
  for (const term of condition.split('|')) {
    if (condition.trim() === '') break;
    const m = TERM.exec(term.trim());
    if (!m) return undefined;
    const [kind, code] = [m[1] as Finding['kind'], m[2] ?? '']; // the pattern names exactly the kinds
    if (kind === 'restore' || kind === 'pos') {
      if (!/^\d{1,5}$/.test(code)) return undefined;
      out.push({ kind, pos: Number(code) });
    } else out.push({ kind, code });
  }
  return out;
}

/** What was found on one core or unit, in the words of the conditions. */
export interface Findings {
  readonly defects?: readonly string[];
  readonly outOfLimits?: readonly string[];
  readonly restore?: readonly number[];
  readonly present?: readonly number[];
  readonly grade?: string;
}

/** Whether a step with this condition is to be done given what was found. */
export function stepApplies(condition: string, found: Findings): boolean {
  const wanted = parseCondition(condition) ?? [];
  if (wanted.length === 0) return true;
  return wanted.some((f) => matches(f, found));
}

function matches(f: Finding, found: Findings): boolean {
  switch (f.kind) {
    case 'defect':
      return found.defects?.includes(f.code) ?? false;
    case 'out':
      return found.outOfLimits?.includes(f.code) ?? false;
    case 'grade':
      return found.grade === f.code;
    case 'restore':
      return found.restore?.includes(f.pos) ?? false;
    case 'pos':
      return found.present?.includes(f.pos) ?? false;
  }
}
