import type { LineProblem, LineTask } from '../line/problem.ts';

export interface LineCase {
  readonly name: string;
  readonly problem: LineProblem;
  /** Known optimum or best published: stations, smoothness, hazard, demand; shorter when less is known. */
  readonly reference: readonly number[];
  /** Precedence is not in the data: hazard and demand cannot be compared. */
  readonly withoutPrecedence: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads the lines of a data file: a record, or a list of them, of `times` and `cycle_time` with what is known of
 * hazard (`hazardous_part`, `hazardous_index_…`), demand (`demand`, `demanded_index_…`), directions (`directions`),
 * order (`precedence`: pairs [before, after], or for each task the list of those before it) and the best values
 * (`optimum` or `published_best` with N, F, H, D). Tasks are numbered from 1.
 *
 * @param names names given so far, so that two lines never share one
 * @throws Error with a sentence that names the record and the field that is wrong
 */
export function lineCasesIn(json: unknown, stem: string, names: Set<string>): LineCase[] {
  const isSet = Array.isArray(json);
  const records: readonly unknown[] = isSet ? json : [json];
  return records.map((record, index) => {
    if (!isFields(record)) throw new Error(`record ${index + 1} is no object`);
    try {
      const line = lineIn(record, isSet);
      const name = nameOf(record, stem, isSet, names);
      names.add(name);
      return { name, ...line };
    } catch (error) {
      throw new Error(
        `record ${index + 1}: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  });
}

/** `apriori-8` of a list, `pc-8` of a file; with the cycle time, then a number, where that is taken. */
function nameOf(record: Fields, stem: string, isSet: boolean, names: ReadonlySet<string>): string {
  const short = stem.replace(/_.*$/, '');
  const tasks = Array.isArray(record.times) ? record.times.length : 0;
  const base = isSet ? `${short}-${tasks}` : stem.replace(/^([a-z]+)(\d+)$/, '$1-$2');
  const choices = [base, `${base}-c${String(record.cycle_time)}`];
  const free = choices.find((name) => !names.has(name));
  if (free !== undefined) return free;
  for (let k = 2; ; k++) if (!names.has(`${choices[1]}-${k}`)) return `${choices[1]}-${k}`;
}

function lineIn(record: Fields, isSet: boolean): Omit<LineCase, 'name'> {
  const times = numbersOf(record, 'times');
  const demand = record.demand === undefined ? [] : numbersOf(record, 'demand');
  const directions = Array.isArray(record.directions) ? record.directions.map(String) : [];
  const hazardous = taskNumbers(record, 'hazardous', times.length);
  const demanded = taskNumbers(record, 'demanded', times.length);
  const order = precedenceOf(record, times.length);
  // The one published file without an order says so; its cover comes off first.
  const coverFirst = order === undefined && !isSet && /^PC-?8\b/.test(String(record.name));
  const tasks = times.map((time, index): LineTask => {
    const number = index + 1;
    const after = order?.[index] ?? (coverFirst && index > 0 ? [1] : []);
    const direction = directions[index];
    return {
      id: `${number}`,
      time,
      hazardous: hazardous.includes(number),
      demand: demand[index] ?? (demanded.includes(number) ? 1 : 0),
      after: after.map(String),
      ...(direction === undefined ? {} : { direction }),
    };
  });
  return {
    problem: { cycleTime: numberOf(record, 'cycle_time'), tasks },
    reference: referenceOf(record),
    withoutPrecedence: order === undefined && !isSet,
  };
}

function referenceOf({ optimum, published_best: published }: Fields): number[] {
  const best = optimum ?? published;
  if (!isFields(best)) return [];
  const values: number[] = [];
  for (const measure of ['N', 'F', 'H', 'D']) {
    const value = best[measure];
    if (typeof value !== 'number' || !Number.isFinite(value)) break;
    values.push(value);
  }
  return values;
}

/** For each task those before it; undefined when the record says nothing of order. */
function precedenceOf(record: Fields, size: number): number[][] | undefined {
  const given = record.precedence ?? record.precedences;
  if (given === undefined || given === null) return undefined;
  const before: number[][] = Array.from({ length: size }, () => []);
  const add = (first: unknown, then: unknown) => {
    const [from, to] = [Number(first), Number(then)];
    const list = before[to - 1];
    if (list === undefined || before[from - 1] === undefined) {
      throw new Error(`precedence names a task ${String(first)} or ${String(then)} of ${size}`);
    }
    list.push(from);
  };
  if (isFields(given)) {
    for (const [task, list] of Object.entries(given)) for (const b of listOf(list)) add(b, task);
    return before;
  }
  const rows = listOf(given);
  const isPairs = rows.length !== size || rows.every((row) => listOf(row).length === 2);
  for (const [index, row] of rows.entries()) {
    const members = listOf(row);
    if (isPairs && members.length !== 2) throw new Error('precedence is no list of pairs');
    if (isPairs) add(members[0], members[1]);
    else for (const b of members) add(b, index + 1);
  }
  return before;
}

function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new Error('precedence is no list of lists');
}

/** Task numbers of a field whose name begins with `start`: one, or a list. */
function taskNumbers(record: Fields, start: string, size: number): number[] {
  const name = Object.keys(record).find((key) => key.startsWith(start));
  const value = name === undefined ? undefined : record[name];
  if (value === undefined || value === null) return [];
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.map((entry) => {
    const number = Number(entry);
    if (Number.isInteger(number) && number >= 1 && number <= size) return number;
    throw new Error(`${name} is ${JSON.stringify(entry)}, no task from 1 to ${size}`);
  });
}

function numbersOf(record: Fields, name: string): number[] {
  const value = record[name];
  if (!Array.isArray(value)) throw new Error(`${name} is no list`);
  return value.map((entry: unknown) => {
    if (typeof entry === 'number' && Number.isFinite(entry)) return entry;
    throw new Error(`${name} holds ${JSON.stringify(entry)}, which is no number`);
  });
}

function numberOf(record: Fields, name: string): number {
  const value = record[name];
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new Error(`${name} is ${JSON.stringify(value) ?? 'missing'}, which is no number`);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
