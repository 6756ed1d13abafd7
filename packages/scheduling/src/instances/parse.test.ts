import { describe, expect, it } from 'vitest';
import { parseFlexible, parseJobShop, parseRemanufacturing } from './parse.ts';

describe('instance files', () => {
  it('reads a job shop, without comments and without steps that take no time', () => {
    const parsed = parseJobShop('# two jobs\n2 2\n0 3 1 4\n1 5 0 0\n');
    if (!parsed.ok) throw new Error(parsed.problem.message);
    expect(parsed.value.jobs.map((job) => job.operations.map((o) => o.modes))).toEqual([
      [[{ machine: 'M0', time: 3 }], [{ machine: 'M1', time: 4 }]],
      [[{ machine: 'M1', time: 5 }]],
    ]);
  });

  it('reads a flexible job shop with or without the third header number', () => {
    for (const header of ['1 2', '1 2 1.5']) {
      const parsed = parseFlexible(`${header}\n2 1 0 3 2 0 4 1 5\n`);
      if (!parsed.ok) throw new Error(parsed.problem.message);
      expect(parsed.value.jobs[0]?.operations.map((o) => o.modes.length)).toEqual([1, 2]);
    }
  });

  it('hangs disassembly, parts and reassembly together', () => {
    const text = '4 3 1 1 4\n1 1 1 10\n2 1 2 5 1 2 6\n1 1 2 7\n1 1 3 8\n';
    const parsed = parseRemanufacturing(text);
    if (!parsed.ok) throw new Error(parsed.problem.message);
    const waits = parsed.value.jobs[0]?.operations.map((o) => [o.id, o.after]);
    expect(waits).toEqual([
      ['P0.0.0', undefined],
      ['P0.1.0', ['P0.0.0']],
      ['P0.1.1', ['P0.1.0']],
      ['P0.2.0', ['P0.0.0']],
      ['P0.3.0', ['P0.1.1', 'P0.2.0']],
    ]);
  });

  it.each(['', '2 2\n0 1', '1 1\nx y', '3 3 1 1 2\n1 1 1 1'])('refuses %j', (text) => {
    expect(parseJobShop(text).ok && parseFlexible(text).ok && parseRemanufacturing(text).ok).toBe(
      false,
    );
  });
});
