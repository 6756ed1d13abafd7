/** Above this many jobs the greedy order does not look ahead. */
const MOST_FOR_LOOK_AHEAD = 300;

/** One job of a sequence: what it needs in hand. */
export interface Job {
  readonly tool?: string;
  readonly direction?: string;
  /** Rows of jobs that come before. */
  readonly before: readonly number[];
  /** Among equals, the greater comes first. */
  readonly urgency: number;
}

export interface Sequence {
  readonly order: readonly number[];
  /** Money for changes of tool and direction, the first of each included. */
  readonly setups: number;
  /** No sequence has fewer; else the search gave up and `setups` is that of a greedy order. */
  readonly proven: boolean;
}

interface State {
  readonly done: Uint8Array;
  readonly tool: string | undefined;
  readonly direction: string | undefined;
  readonly cost: number;
  readonly bound: number;
  readonly order: readonly number[];
}

/**
 * Orders jobs by precedence with the fewest set-up costs. Jobs that need no change are done at once
 * (that never hurts, as costs depend on changes only), so the search branches only over which
 * change to make next: best-first, bounded by the tools and directions still to be taken up.
 * After `most` openings it gives way to the greedy order.
 */
export function orderJobs(
  jobs: readonly Job[],
  prices: { readonly tool: number; readonly direction: number },
  most = 4000,
): Sequence {
  const change = (job: Job, tool: string | undefined, direction: string | undefined): number =>
    (job.tool !== undefined && job.tool !== tool ? prices.tool : 0) +
    (job.direction !== undefined && job.direction !== direction ? prices.direction : 0);

  const ready = (done: Uint8Array): number[] =>
    jobs.flatMap((job, at) =>
      done[at] === 0 && job.before.every((b) => done[b] === 1) ? [at] : [],
    );

  /** Does `first`, then everything that then needs no change. */
  const advance = (from: State, first: number | undefined): State => {
    const done = from.done.slice();
    const order = from.order.slice();
    let { tool, direction, cost } = from;
    const take = (at: number): void => {
      const job = jobs[at];
      if (!job) return;
      cost += change(job, tool, direction);
      tool = job.tool ?? tool;
      direction = job.direction ?? direction;
      done[at] = 1;
      order.push(at);
    };
    if (first !== undefined) take(first);
    for (;;) {
      const free = ready(done).filter((at) => {
        const job = jobs[at];
        return job !== undefined && change(job, tool, direction) === 0;
      });
      if (free.length === 0) break;
      free.sort((a, b) => (jobs[b]?.urgency ?? 0) - (jobs[a]?.urgency ?? 0) || a - b);
      for (const next of free) take(next);
    }
    const tools = new Set<string>();
    const directions = new Set<string>();
    for (const [at, job] of jobs.entries()) {
      if (done[at] === 1) continue;
      if (job.tool !== undefined && job.tool !== tool) tools.add(job.tool);
      if (job.direction !== undefined && job.direction !== direction) directions.add(job.direction);
    }
    const bound = cost + tools.size * prices.tool + directions.size * prices.direction;
    return { done, tool, direction, cost, bound, order };
  };

  const blank: State = {
    done: new Uint8Array(jobs.length),
    tool: undefined,
    direction: undefined,
    cost: 0,
    bound: 0,
    order: [],
  };
  const start = advance(blank, undefined);
  const branches = (state: State): State[] => {
    const seen = new Set<string>();
    return ready(state.done)
      .sort((a, b) => (jobs[b]?.urgency ?? 0) - (jobs[a]?.urgency ?? 0) || a - b)
      .flatMap((at) => {
        const job = jobs[at];
        const kind = `${job?.tool ?? ''}\u0000${job?.direction ?? ''}`;
        if (seen.has(kind)) return [];
        seen.add(kind);
        return [advance(state, at)];
      });
  };
  /** The cheapest change that then has most jobs ready; no look-ahead. */
  const nearest = (state: State): State => {
    const open = ready(state.done);
    const kinds = new Map<string, { first: number; cost: number; count: number }>();
    for (const at of open) {
      const job = jobs[at];
      if (!job) continue;
      const kind = `${job.tool ?? ''}\u0000${job.direction ?? ''}`;
      const known = kinds.get(kind);
      if (known) known.count++;
      else kinds.set(kind, { first: at, cost: change(job, state.tool, state.direction), count: 1 });
    }
    const best = [...kinds.values()].sort((a, b) => a.cost - b.cost || b.count - a.count)[0];
    return advance(state, best?.first);
  };
  const greedy = (from: State): State => {
    let state = from;
    while (state.order.length < jobs.length) {
      if (jobs.length > MOST_FOR_LOOK_AHEAD) {
        state = nearest(state);
        continue;
      }
      const next = branches(state).sort(
        (a, b) => a.bound - b.bound || b.order.length - a.order.length,
      )[0];
      if (!next) break;
      state = next;
    }
    return state;
  };

  const fallback = greedy(start);
  const frontier: State[] = [start];
  const cheapest = new Map<string, number>();
  for (let opened = 0; opened < most; opened++) {
    const state = pull(frontier);
    if (!state || state.bound >= fallback.cost) {
      return { order: fallback.order, setups: fallback.cost, proven: true };
    }
    if (state.order.length === jobs.length)
      return { order: state.order, setups: state.cost, proven: true };
    for (const next of branches(state)) {
      const key = `${next.done.join('')}|${next.tool ?? ''}|${next.direction ?? ''}`;
      const known = cheapest.get(key);
      if (known !== undefined && known <= next.cost) continue;
      cheapest.set(key, next.cost);
      place(frontier, next);
    }
  }
  return { order: fallback.order, setups: fallback.cost, proven: false };
}

/** The frontier is a binary heap by bound, then by most jobs done. */
function before(a: State, b: State): boolean {
  return a.bound < b.bound || (a.bound === b.bound && a.order.length > b.order.length);
}

function place(heap: State[], state: State): void {
  let k = heap.push(state) - 1;
  while (k > 0) {
    const parent = (k - 1) >>> 1;
    const other = heap[parent];
    if (!other || !before(state, other)) break;
    heap[k] = other;
    k = parent;
  }
  heap[k] = state;
}

function pull(heap: State[]): State | undefined {
  const top = heap[0];
  const last = heap.pop();
  if (!last || heap.length === 0) return top;
  let k = 0;
  for (;;) {
    let child = 2 * k + 1;
    let other = heap[child];
    const right = heap[child + 1];
    if (other && right && before(right, other)) {
      other = right;
      child++;
    }
    if (!other || !before(other, last)) break;
    heap[k] = other;
    k = child;
  }
  heap[k] = last;
  return top;
}
