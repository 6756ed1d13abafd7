import type { Job, Machine, Operation, Problem } from '../model.ts';
import { bad, good, type Result } from '../result.ts';
import { item } from '../typed.ts';

/** Reads the numbers of a benchmark file; lines that begin with # are comments. */
function numbersOf(text: string): number[] {
  const lines = text.split('\n').filter((line) => !line.trimStart().startsWith('#'));
  return lines.join(' ').split(/\s+/).filter(Boolean).map(Number);
}

/** Walks over numbers and remembers when it ran past the end or met something else. */
class Reader {
  readonly #numbers: readonly number[];
  #next = 0;
  failed = false;

  constructor(text: string) {
    this.#numbers = numbersOf(text);
  }

  take(): number {
    const value = this.#numbers[this.#next++];
    if (value === undefined || !Number.isFinite(value)) {
      this.failed = true;
      return 0;
    }
    return value;
  }

  /** A count small enough to loop over. */
  count(): number {
    const value = this.take();
    if (Number.isInteger(value) && value >= 0 && value <= 100_000) return value;
    this.failed = true;
    return 0;
  }
}

function machinesOf(count: number): Machine[] {
  return Array.from({ length: count }, (_, m) => ({ id: `M${m}` }));
}

/**
 * Reads a job shop in the standard format of JSPLIB: jobs and machines, then for each job its pairs
 * of machine (from 0) and time.
 */
export function parseJobShop(text: string): Result<Problem> {
  const reader = new Reader(text);
  const jobCount = reader.count();
  const machineCount = reader.count();
  const jobs: Job[] = [];
  for (let j = 0; j < jobCount && !reader.failed; j++) {
    const operations: Operation[] = [];
    for (let i = 0; i < machineCount; i++) {
      const machine = `M${reader.take()}`;
      const time = reader.take();
      // A step without duration (orb07 has one) binds nobody and is left out.
      if (time > 0) operations.push({ id: `J${j}.${i}`, modes: [{ machine, time }] });
    }
    jobs.push({ id: `J${j}`, operations });
  }
  return finish(reader, jobs, machineCount);
}

/**
 * Reads a flexible job shop in the common format: jobs and machines (a third number, the mean
 * flexibility, may follow on the same line), then for each job the number of operations and for each
 * operation the number of machines with their pairs of machine and time, machines from `base`.
 */
export function parseFlexible(text: string, base: 0 | 1 = 0): Result<Problem> {
  const [header = '', ...lines] = text.split('\n').filter((line) => line.trim() !== '');
  const reader = new Reader(
    `${header.trim().split(/\s+/).slice(0, 2).join(' ')}\n${lines.join('\n')}`,
  );
  const jobCount = reader.count();
  const machineCount = reader.count();
  const jobs: Job[] = [];
  for (let j = 0; j < jobCount && !reader.failed; j++) {
    jobs.push({ id: `J${j}`, operations: readOperations(reader, `J${j}`, base) });
  }
  return finish(reader, jobs, machineCount);
}

/**
 * Reads a remanufacturing shop: the flexible format with machines from 1, whose first line goes on
 * with the number of products and the number of jobs of each. The first job of a product is its
 * disassembly, the last its reassembly, those between its parts; parts wait for the disassembly, the
 * reassembly waits for all parts. One `Job` comes out per product.
 */
export function parseRemanufacturing(text: string): Result<Problem> {
  const [header = '', ...lines] = text.split('\n').filter((line) => line.trim() !== '');
  const head = new Reader(header);
  const jobCount = head.count();
  const machineCount = head.count();
  head.take();
  const sizes = Array.from({ length: head.count() }, () => head.count());
  const reader = new Reader(lines.join('\n'));
  const jobs: Job[] = sizes.map((size, p) => {
    const parts = Array.from({ length: size }, (_, k) => readOperations(reader, `P${p}.${k}`, 1));
    return { id: `P${p}`, operations: hangTogether(parts) };
  });
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (head.failed || total !== jobCount || sizes.some((size) => size < 2)) {
    return bad('BAD_INSTANCE', 'The first line does not describe products and their parts.');
  }
  return finish(reader, jobs, machineCount);
}

function readOperations(reader: Reader, prefix: string, base: 0 | 1): Operation[] {
  const operations: Operation[] = [];
  const count = reader.count();
  for (let i = 0; i < count && !reader.failed; i++) {
    const choices = reader.count();
    const modes = Array.from({ length: reader.failed ? 0 : choices }, () => ({
      machine: `M${reader.take() - base}`,
      time: reader.take(),
    }));
    operations.push({ id: `${prefix}.${i}`, modes });
  }
  return operations;
}

/** Disassembly, parts, reassembly: the precedence of one product. */
function hangTogether(parts: readonly Operation[][]): Operation[] {
  const start = parts[0]?.at(-1)?.id;
  const middle = parts.slice(1, -1);
  const ends = middle.map((chain) => chain.at(-1)?.id).filter((id) => id !== undefined);
  const waits = (k: number): readonly string[] | undefined => {
    if (k === 0 || start === undefined) return undefined;
    return k === parts.length - 1 && ends.length > 0 ? ends : [start];
  };
  return parts.flatMap((chain, k) =>
    chain.map((operation, i) => {
      const after = i === 0 ? waits(k) : [item(chain, i - 1).id];
      return after === undefined ? operation : { ...operation, after };
    }),
  );
}

function finish(reader: Reader, jobs: Job[], machineCount: number): Result<Problem> {
  if (reader.failed || jobs.length === 0) {
    return bad('BAD_INSTANCE', 'The file ends early or holds something that is not a number.');
  }
  return good({ machines: machinesOf(machineCount), jobs, objective: { kind: 'makespan' } });
}
