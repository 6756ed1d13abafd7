/** One row of a state machine: what may happen in a state, and where it leads. */
export interface Transition<S extends string, E extends string> {
  readonly from: S;
  readonly event: E;
  readonly to: S;
}

/** A state machine as a table; module READMEs draw the same table and a test compares the two. */
export interface StateMachine<S extends string, E extends string> {
  readonly name: string;
  readonly initial: S;
  readonly transitions: readonly Transition<S, E>[];
  /** The state after `event`, or undefined when the event is not allowed there. */
  next(from: S, event: E): S | undefined;
  /** The events allowed in a state. */
  events(from: S): E[];
}

export function stateMachine<S extends string, E extends string>(
  name: string,
  initial: S,
  rows: readonly (readonly [from: S, event: E, to: S])[],
): StateMachine<S, E> {
  const transitions = rows.map(([from, event, to]) => ({ from, event, to }));
  const table = new Map<string, S>();
  for (const t of transitions) {
    const key = `${t.from} ${t.event}`;
    if (table.has(key)) throw new Error(`${name}: two rows for ${key}`);
    table.set(key, t.to);
  }
  return {
    name,
    initial,
    transitions,
    next: (from, event) => table.get(`${from} ${event}`),
    events: (from) => transitions.filter((t) => t.from === from).map((t) => t.event),
  };
}

/** The table as Markdown, for the module README. */
export function drawMachine<S extends string, E extends string>(m: StateMachine<S, E>): string {
  const rows = m.transitions.map((t) => `| ${t.from} | ${t.event} | ${t.to} |`);
  return ['| from | event | to |', '|---|---|---|', ...rows].join('\n');
}
