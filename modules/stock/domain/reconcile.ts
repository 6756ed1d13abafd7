/** What a count means: everything expected or scanned is in exactly one class. */

export type Kind = 'core' | 'component' | 'unit';

/** Nothing to decide. `moved`: ordinary business took it or handled it while people counted. */
type Agreed = 'match' | 'moved' | 'arrived';
/**
 * For a person to decide. `place`: the books say another place; `found`: an earlier count missed it;
 * `elsewhere`: it is known, and the books say it is not in stock; `uncounted`: a lot without its pieces.
 */
export type Difference =
  | 'missing'
  | 'pieces'
  | 'place'
  | 'found'
  | 'elsewhere'
  | 'unknown'
  | 'uncounted';
export type CountClass = Agreed | Difference;

const AGREED: readonly CountClass[] = ['match', 'moved', 'arrived'];

export function isDifference(x: CountClass): x is Difference {
  return !AGREED.includes(x);
}

/** What the books held when the count began. */
export interface Expected {
  readonly subject: string;
  readonly kind: Kind;
  readonly state: string;
  readonly place?: string | undefined;
  readonly qty: number;
}

/** What was scanned, and what the books said at that instant. */
export interface Seen {
  readonly subject: string;
  /** Absent for a code that nobody knows. */
  readonly kind?: Kind | undefined;
  /** Where it lies, as far as the person said. */
  readonly place?: string | undefined;
  /** Pieces of a lot; absent until they are counted. */
  readonly qty?: number | undefined;
  /** Absent when the books did not hold it. */
  readonly bookedQty?: number | undefined;
  readonly bookedPlace?: string | undefined;
}

/** What the books hold now. */
export interface Now {
  readonly state: string;
  readonly place?: string | undefined;
  readonly qty: number;
  readonly isLot: boolean;
}

export interface Count {
  readonly expected: readonly Expected[];
  readonly seen: readonly Seen[];
  readonly now: ReadonlyMap<string, Now>;
  /** Picked for an order since the count began. */
  readonly picked: ReadonlySet<string>;
  /** Recorded missing by an earlier count. */
  readonly missingBefore: ReadonlySet<string>;
}

/** Steps that are made in the books alone: nobody had the thing in hand. */
const ON_PAPER: Readonly<Record<Kind, readonly (readonly [from: string, to: string])[]>> = {
  core: [
    ['graded', 'disputed'],
    ['disputed', 'graded'],
    ['stocked', 'allocated'],
    ['allocated', 'stocked'],
  ],
  component: [],
  unit: [
    ['finished', 'certified'],
    ['available', 'reserved'],
    ['reserved', 'available'],
  ],
};

function wasHandled(e: Expected, now: Now): boolean {
  if (e.state === now.state) return e.qty !== now.qty;
  return !ON_PAPER[e.kind].some(([from, to]) => from === e.state && to === now.state);
}

/** Whether ordinary business took a thing away, or had it in hand, since the count began. */
export function hasMoved(e: Expected, now: Now | undefined, picked: ReadonlySet<string>): boolean {
  if (!now || picked.has(e.subject)) return true;
  return now.place !== e.place || wasHandled(e, now);
}

function classOfSeen(
  s: Seen,
  now: Now | undefined,
  isExpected: boolean,
  wasMissing: boolean,
): CountClass {
  if (!s.kind) return 'unknown';
  const agreed = isExpected ? 'match' : 'arrived';
  if (!now) return s.bookedQty === undefined ? 'elsewhere' : agreed;
  if (now.isLot && s.qty === undefined) return 'uncounted';
  if (wasMissing) return 'found';
  // The books did not hold it then and do now: it came in by the door meanwhile.
  if (s.bookedQty === undefined) return agreed;
  if (s.qty !== undefined && s.qty !== s.bookedQty) return 'pieces';
  const isMisplaced = s.place !== undefined && s.place !== s.bookedPlace;
  return isMisplaced && now.place === s.bookedPlace ? 'place' : agreed;
}

/** The class of everything expected or scanned, by subject. `seen` has a subject once. */
export function reconcile(c: Count): Map<string, CountClass> {
  const expected = new Set(c.expected.map((e) => e.subject));
  const classes = new Map<string, CountClass>();
  for (const s of c.seen) {
    const { subject } = s;
    const wasMissing = c.missingBefore.has(subject);
    classes.set(subject, classOfSeen(s, c.now.get(subject), expected.has(subject), wasMissing));
  }
  for (const e of c.expected) {
    if (classes.has(e.subject)) continue;
    const moved = hasMoved(e, c.now.get(e.subject), c.picked);
    classes.set(e.subject, moved ? 'moved' : 'missing');
  }
  return classes;
}
