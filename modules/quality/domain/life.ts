/** How long one unit ran, and whether it failed then or was still good (or left for another reason). */
export interface Run {
  /** In service, in days; above zero. */
  readonly days: number;
  readonly failed: boolean;
}

export interface Interval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

export interface LifeFit {
  /** Below 1 early faults prevail, above 1 wear. */
  readonly shape: Interval;
  /** Days at which 63.2 % have failed. */
  readonly scale: Interval;
  /** Days at which 10 % have failed. */
  readonly b10: Interval;
  readonly median: Interval;
  /** The share still good after a time. */
  readonly survivalAt: (days: number) => Interval;
}

/** Below this number of failures a two-parameter fit says more about chance than about the product. */
export const LEAST_FAILURES = 5;

const Z90 = 1.6448536269514722; // two-sided 90 %

/**
 * Fits a Weibull distribution to runs, some of which have not failed (right-censored), by maximum
 * likelihood; intervals are two-sided 90 %, from the observed information of log scale and log shape.
 * Undefined below {@link LEAST_FAILURES} failures, or when all failures fall on one day.
 * @see W. Nelson, Applied Life Data Analysis (1982), ch. 8; J. F. Lawless, Statistical Models and Methods
 *   for Lifetime Data (2nd ed. 2003), sec. 5.2
 */
export function fitLife(runs: readonly Run[]): LifeFit | undefined {
  const failures = runs.filter((r) => r.failed);
  const first = failures[0]?.days;
  if (failures.length < LEAST_FAILURES || failures.every((f) => f.days === first)) return undefined;
  const longest = Math.max(...runs.map((r) => r.days));
  const logs = runs.map((r) => Math.log(r.days / longest)); // scaled: no power overflows
  const meanLog = failures.reduce((n, f) => n + Math.log(f.days / longest), 0) / failures.length;
  const score = (k: number) => {
    let [sum, weighted] = [0, 0];
    for (const x of logs) {
      const w = Math.exp(k * x);
      sum += w;
      weighted += w * x;
    }
    return weighted / sum - 1 / k - meanLog; // rises with k
  };
  let [low, high] = [1e-3, 1];
  while (score(high) < 0 && high < 1e4) high *= 2;
  for (let i = 0; i < 200 && high - low > 1e-12 * high; i++) {
    const middle = (low + high) / 2;
    if (score(middle) < 0) low = middle;
    else high = middle;
  }
  const k = (low + high) / 2;
  const total = logs.reduce((n, x) => n + Math.exp(k * x), 0);
  const scale = longest * (total / failures.length) ** (1 / k);
  return fitted(runs, k, scale);
}

/** Intervals by the delta method on the logarithm, and for survival on its double logarithm. */
function fitted(runs: readonly Run[], k: number, scale: number): LifeFit {
  // Observed information in (u = ln scale, v = ln shape); z is the standardised log time.
  let [uu, uv, vv] = [0, 0, 0];
  for (const r of runs) {
    const z = k * Math.log(r.days / scale);
    const e = Math.exp(z);
    uu += k * k * e;
    uv += k * ((r.failed ? 1 : 0) - e - z * e);
    vv += z * e + z * z * e - (r.failed ? z : 0);
  }
  const det = uu * vv - uv * uv;
  const [varU, varV, cov] = [vv / det, uu / det, -uv / det];
  const around = (estimate: number, variance: number): Interval => {
    const factor = Math.exp(Z90 * Math.sqrt(Math.max(0, variance)));
    return { estimate, low: estimate / factor, high: estimate * factor };
  };
  const quantile = (p: number): Interval => {
    const c = Math.log(-Math.log(1 - p)) / k; // ln t = u + c; dc/dv = -c
    return around(scale * Math.exp(c), varU + c * c * varV - 2 * c * cov);
  };
  const survivalAt = (days: number): Interval => {
    const z = k * Math.log(days / scale); // ln(-ln S); dz/du = -k, dz/dv = z
    const spread = Z90 * Math.sqrt(Math.max(0, k * k * varU + z * z * varV - 2 * k * z * cov));
    const at = (x: number) => Math.exp(-Math.exp(x));
    return { estimate: at(z), low: at(z + spread), high: at(z - spread) };
  };
  return {
    shape: around(k, varV),
    scale: around(scale, varU),
    b10: quantile(0.1),
    median: quantile(0.5),
    survivalAt,
  };
}

/**
 * The mean life that is exceeded with 90 % confidence when failures are few or none, supposing that they
 * come at a constant rate: twice the time in service over the chi-square quantile for 2r + 2 degrees of
 * freedom. Undefined without any time in service.
 * @see Nelson (1982), sec. 8.2 (time-censored exponential data)
 */
export function leastMeanLife(runs: readonly Run[]): number | undefined {
  const days = runs.reduce((n, r) => n + r.days, 0);
  if (days <= 0) return undefined;
  const failures = runs.filter((r) => r.failed).length;
  return days / poissonMean(failures, 0.1);
}

/** The mean at which `count` or fewer events have probability `tail`; half a chi-square quantile. */
function poissonMean(count: number, tail: number): number {
  const most = (mean: number) => {
    let [term, sum] = [Math.exp(-mean), Math.exp(-mean)];
    for (let i = 1; i <= count; i++) {
      term *= mean / i;
      sum += term;
    }
    return sum;
  };
  let [low, high] = [0, 10 + 4 * (count + 1)];
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (most(middle) > tail) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
