/** What a plan reckons with besides the catalogue; every figure may be replaced by the plant’s own. */
export interface Rates {
  /** Wages and overhead of one dismantler, fen an hour. */
  readonly labourFenPerHour: number;
  /** What one point of hazard costs: protection, insurance, reserve; fen. */
  readonly fenPerHazard: number;
  /** Putting one tool away and taking another, seconds. */
  readonly toolChangeSeconds: number;
  /** Turning the product, seconds. */
  readonly turnSeconds: number;
  /** Restoring a part costs this share of the price of a new one, percent. */
  readonly restorePct: number;
  /** Looking at a part on the bench, fen, where the catalogue says nothing. */
  readonly lookFen: number;
  /** Scrap metal, fen a kilogram, where the product has no scrap price. */
  readonly scrapFenPerKg: number;
  /** What unsorted scrap brings of the price of sorted scrap, percent. */
  readonly mixedPct: number;
  /** What a month on the shelf takes from a part’s worth, percent of it. */
  readonly monthPct: number;
  /** What a part nobody wants now is still worth, percent. */
  readonly surplusPct: number;
  /** How many teardowns the bill’s own shares weigh against what was found. */
  readonly priorWeight: number;
}

/** Assumptions that hold until a plant enters its own. */
export const DEFAULT_RATES: Rates = {
  labourFenPerHour: 4500,
  fenPerHazard: 20,
  toolChangeSeconds: 3,
  turnSeconds: 2,
  restorePct: 35,
  lookFen: 30,
  scrapFenPerKg: 268,
  mixedPct: 70,
  monthPct: 5,
  surplusPct: 40,
  priorWeight: 20,
};

export type Condition = 'good' | 'mended' | 'scrap' | 'missing';
export const CONDITIONS: readonly Condition[] = ['good', 'mended', 'scrap', 'missing'];

/** How many pieces lie on the shelf, how many went into products in 90 days, how many are asked for. */
export interface Demand {
  readonly stock: number;
  readonly used90Days: number;
  /** Set by a planner; absent: what was used says it. */
  readonly wanted?: number;
}

/**
 * How much of its price a further piece is worth: all of it while it will be used within a month,
 * less for every month on the shelf, never less than the surplus share. A part never used before is
 * wanted: the product it came out of needs one again.
 */
export function wantedShare(d: Demand, r: Rates): number {
  const least = r.surplusPct / 100;
  if (d.wanted !== undefined) return d.stock < d.wanted ? 1 : least;
  if (d.used90Days === 0) return 1;
  const months = d.stock / (d.used90Days / 3);
  return Math.max(least, 1 - Math.max(0, months - 1) * (r.monthPct / 100));
}

export interface PartFigures {
  readonly qty: number;
  /** Grams of one piece. */
  readonly massG: number;
  /** What one good piece brings, fen: a used price where there is one, else that of a new one. */
  readonly goodFen: number;
  readonly demand: Demand;
  /** Always replaced: it is worth its metal. */
  readonly replaced: boolean;
}

export interface PartWorth {
  /** By condition, fen for all pieces of the position, whole. */
  readonly recovered: Readonly<Partial<Record<Condition, number>>>;
  /** In the rest that is sold unsorted. */
  readonly residual: number;
}

/** What the pieces of a position bring when they come out, by the condition they turn out to be in. */
export function partWorth(p: PartFigures, scrapFenPerG: number, r: Rates): PartWorth {
  const scrap = Math.round(p.massG * p.qty * scrapFenPerG);
  const residual = Math.round((scrap * r.mixedPct) / 100);
  if (p.replaced || p.goodFen === 0) return { recovered: { scrap }, residual };
  const good = p.goodFen * p.qty;
  const share = wantedShare(p.demand, r);
  return {
    recovered: {
      good: Math.max(scrap, Math.round(good * share)),
      mended: Math.max(scrap, Math.round(good * (share - r.restorePct / 100))),
      scrap,
      missing: 0,
    },
    residual,
  };
}

export type Odds = Readonly<Record<Condition, number>>;

/**
 * Chances of each condition: what the plant found lately, and the bill’s shares for as many
 * teardowns as `weight` (a Dirichlet prior).
 */
export function chances(prior: Odds, found: Odds, weight: number): { odds: Odds; n: number } {
  const n = CONDITIONS.reduce((sum, c) => sum + found[c], 0);
  const raw = CONDITIONS.map((c) => (weight * prior[c] + found[c]) / (weight + n));
  const whole = raw.reduce((sum, p) => sum + p, 0);
  // Shares of a bill may be absent or rounded: the chances add up to one all the same.
  const odds = Object.fromEntries(
    CONDITIONS.map((c, i) => [c, whole > 0 ? (raw[i] ?? 0) / whole : 0]),
  ) as Record<Condition, number>; // every condition is a key
  return { odds, n };
}
