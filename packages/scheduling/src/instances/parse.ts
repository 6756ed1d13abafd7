import type { Job, Machine, Mode, Operation, Problem } from '../model.ts';
import { bad, good, type Result } from '../result.ts';
import { NumberReader } from './reader.ts';

function machinesOf(count: number): Machine[] {
  return Array.from({ length: count }, (_, m) => ({ id: `M${m}` }));
}

/**
 * Reads a job shop in the standard format of JSPLIB: jobs and machines, then for each job its pairs
 * of machine (from 0) and time. Where every job has a line of its own, a job may have more or fewer
 * operations than there are machines, and may come back to one.
 *
 * @returns the problem, or `BAD_INSTANCE` with the line of the file that is wrong
 */
export function parseJobShop(text: string): Result<Problem> {
  const reader = new NumberReader(text);
  const jobCount = reader.count('a number of jobs', undefined, 1);
  const machineCount = reader.count('a number of machines', undefined, 1);
  const byLine = endOfHeader(reader) && reader.rows === jobCount + 1;
  const jobs: Job[] = [];
  for (let j = 0; j < jobCount && reader.fault === undefined; j++) {
    const operations: Operation[] = [];
    const more = (i: number) => (byLine ? reader.leftIn(j + 1) > 0 : i < machineCount);
    for (let i = 0; more(i) && reader.fault === undefined; i++) {
      const machine = `M${reader.count('a machine', machineCount - 1)}`;
      if (byLine && reader.leftIn(j + 1) === 0) reader.refuse('a machine without its time');
      const time = reader.time();
      // A step without duration (orb07 has one) binds nobody and is left out.
      if (time > 0) operations.push({ id: `J${j}.${i}`, modes: [{ machine, time }] });
    }
    jobs.push({ id: `J${j}`, operations });
  }
  return finish(reader, jobs, machineCount);
}

/**
 * Reads a flexible job shop in the common format: jobs and machines (the mean flexibility may follow
 * on the same line), then for each job the number of operations and for each operation the number of
 * machines with their pairs of machine and time, machines from `base`.
 *
 * @returns the problem, or `BAD_INSTANCE` with the line of the file that is wrong
 */
export function parseFlexible(text: string, base: 0 | 1 = 0): Result<Problem> {
  const reader = new NumberReader(text);
  const jobCount = reader.count('a number of jobs', undefined, 1);
  const machineCount = reader.count('a number of machines', undefined, 1);
  while (reader.fault === undefined && reader.leftIn(0) > 0) reader.skip();
  const byLine = reader.rows === jobCount + 1;
  const jobs: Job[] = [];
  for (let j = 0; j < jobCount && reader.fault === undefined; j++) {
    jobs.push({ id: `J${j}`, operations: readOperations(reader, `J${j}`, machineCount, base) });
    if (byLine) endOfRow(reader, j + 1);
  }
  return finish(reader, jobs, machineCount);
}

/**
 * Reads a remanufacturing shop: the flexible format with machines from 1, whose first line goes on
 * with the number of products and the number of jobs of each. The first job of a product is its
 * disassembly, the last its reassembly, those between its parts; parts wait for the disassembly, the
 * reassembly waits for all parts. One `Job` comes out per product.
 *
 * @returns the problem, or `BAD_INSTANCE` with the line of the file that is wrong
 */
export function parseRemanufacturing(text: string): Result<Problem> {
  const reader = new NumberReader(text);
  const jobCount = reader.count('a number of jobs', undefined, 1);
  const machineCount = reader.count('a number of machines', undefined, 1);
  reader.skip();
  const products = reader.count('a number of products', jobCount, 1);
  const sizes: number[] = [];
  for (let p = 0; p < products && reader.fault === undefined; p++) {
    sizes.push(reader.count('a number of jobs of a product', jobCount, 2));
  }
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total !== jobCount) reader.refuse(`the products have ${total} jobs, not ${jobCount}`);
  const byLine = endOfHeader(reader) && reader.rows === jobCount + 1;
  const jobs: Job[] = [];
  let row = 0;
  for (const [p, size] of sizes.entries()) {
    const parts: Operation[][] = [];
    for (let k = 0; k < size && reader.fault === undefined; k++) {
      parts.push(readOperations(reader, `P${p}.${k}`, machineCount, 1));
      if (byLine) endOfRow(reader, ++row);
    }
    jobs.push({ id: `P${p}`, operations: hangTogether(parts) });
  }
  return finish(reader, jobs, machineCount);
}

/** True when the first line ends where it should; says so when it does not. */
function endOfHeader(reader: NumberReader): boolean {
  if (reader.fault === undefined && reader.leftIn(0) > 0) {
    reader.refuse('the first line has more numbers than the format');
  }
  return reader.fault === undefined;
}

function endOfRow(reader: NumberReader, row: number): void {
  const left = reader.leftIn(row);
  if (left > 0) reader.refuse(`${left} more numbers than the job's operations need`);
  if (left < 0) reader.refuse('the job before had fewer numbers than its operations need');
}

function readOperations(
  reader: NumberReader,
  prefix: string,
  machineCount: number,
  base: 0 | 1,
): Operation[] {
  const operations: Operation[] = [];
  const count = reader.count('a number of operations');
  for (let i = 0; i < count && reader.fault === undefined; i++) {
    const choices = reader.count('a number of machines to choose from', undefined, 1);
    const modes = new Map<string, Mode>();
    for (let k = 0; k < choices && reader.fault === undefined; k++) {
      const machine = `M${reader.count('a machine', machineCount - 1 + base, base) - base}`;
      const time = reader.time();
      // The same machine twice is one machine with the shorter time.
      if (time < (modes.get(machine)?.time ?? Number.POSITIVE_INFINITY)) {
        modes.set(machine, { machine, time });
      }
    }
    const list = [...modes.values()];
    // Where no time is needed nobody is bound, as in a job shop.
    if (list.every(({ time }) => time > 0)) operations.push({ id: `${prefix}.${i}`, modes: list });
  }
  return operations;
}

/** Disassembly, parts, reassembly: the precedence of one product. */
function hangTogether(parts: readonly Operation[][]): Operation[] {
  const start = parts[0]?.at(-1)?.id;
  const middle = parts.slice(1, -1);
  const ends = middle.map((chain) => chain.at(-1)?.id).filter((id) => id !== undefined);
  const waits = (k: number): readonly string[] => {
    if (k === 0) return [];
    const before = k === parts.length - 1 && ends.length > 0 ? ends : [start];
    return before.filter((id) => id !== undefined);
  };
  return parts.flatMap((chain, k) => {
    let previous: string | undefined;
    return chain.map((operation) => {
      const after = previous === undefined ? waits(k) : [previous];
      previous = operation.id;
      return { ...operation, after };
    });
  });
}

/** Jobs without any work are left out: they are done as soon as they may begin. */
function finish(reader: NumberReader, jobs: readonly Job[], machineCount: number): Result<Problem> {
  if (reader.fault === undefined && reader.leftIn(reader.rows - 1) > 0) {
    reader.skip();
    reader.refuse('the file goes on after its last job');
  }
  if (reader.fault !== undefined) return bad('BAD_INSTANCE', reader.fault);
  return good({
    machines: machinesOf(machineCount),
    jobs: jobs.filter(({ operations }) => operations.length > 0),
    objective: { kind: 'makespan' },
  });
}
