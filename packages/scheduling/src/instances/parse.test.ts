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
      ['P0.0.0', []],
      ['P0.1.0', ['P0.0.0']],
      ['P0.1.1', ['P0.1.0']],
      ['P0.2.0', ['P0.0.0']],
      ['P0.3.0', ['P0.1.1', 'P0.2.0']],
    ]);
  });

  it('reads what others write: line ends, tabs, a byte order mark, comments, whole numbers with a point', () => {
    const text = '\uFEFF# a shop\r\n\r\n2 2\r\n0\t3.0 1 4  \r\n1 5 0 6\r\n';
    const parsed = parseJobShop(text);
    if (!parsed.ok) throw new Error(parsed.problem.message);
    expect(parsed.value.jobs.map((job) => job.operations.length)).toEqual([2, 2]);
  });

  it('lets a job have fewer operations, more, or none that takes time', () => {
    const parsed = parseJobShop('3 2\n0 3\n0 1 1 2 0 4\n0 0 1 0\n');
    if (!parsed.ok) throw new Error(parsed.problem.message);
    expect(parsed.value.jobs.map((job) => [job.id, job.operations.length])).toEqual([
      ['J0', 1],
      ['J1', 3],
    ]);
  });

  it('takes a machine named twice once, and leaves out what takes no time', () => {
    const parsed = parseFlexible('1 2\n2 3 0 5 1 7 0 3 2 0 0 1 4\n');
    if (!parsed.ok) throw new Error(parsed.problem.message);
    expect(parsed.value.jobs[0]?.operations.map((o) => o.modes)).toEqual([
      [
        { machine: 'M0', time: 3 },
        { machine: 'M1', time: 7 },
      ],
    ]);
  });

  it('lets parts begin at once where the disassembly takes no time', () => {
    const parsed = parseRemanufacturing('4 3 1 1 4\n1 1 1 0\n1 1 2 5\n1 1 2 7\n1 1 3 8\n');
    if (!parsed.ok) throw new Error(parsed.problem.message);
    expect(parsed.value.jobs[0]?.operations.map((o) => o.after)).toEqual([
      [],
      [],
      ['P0.1.0', 'P0.2.0'],
    ]);
  });

  it.each(['', '2 2\n0 1', '1 1\nx y', '3 3 1 1 2\n1 1 1 1'])('refuses %j', (text) => {
    expect(parseJobShop(text).ok && parseFlexible(text).ok && parseRemanufacturing(text).ok).toBe(
      false,
    );
  });

  it.each([
    [parseJobShop, '2 2\n0 3 1 4\n1 5 0 -6\n', 'line 3: “-6” is not a time'],
    [parseJobShop, '2 2\n0 3 1 4\n1 5 0\n', 'line 3: a machine without its time'],
    [parseJobShop, '2 2\n0 3 1 4\n', 'line 2: the file ends'],
    [parseJobShop, '2 2\n0 3 1 4\n1 5 2 6\n', 'line 3: “2” is not a machine'],
    [parseJobShop, '1 2\n0 3 1 4\n1 5 0 6\n', 'line 3: the file goes on'],
    [parseJobShop, '1 1\n0 0x10\n', 'line 2: “0x10” is not a time'],
    [parseFlexible, '# c\n1 2 1.5\n1 2 0 3\n', 'line 3: the file ends'],
    [parseFlexible, '2 2\n1 1 0\n1 1 1 4\n', 'line 3: the job before had fewer numbers'],
    [parseFlexible, '2 2\n1 1 0 3 1\n1 1 1 4\n', 'line 2: 1 more numbers'],
    [parseRemanufacturing, '3 3 1 1 2\n1 1 1 1', 'line 1: the products have 2 jobs, not 3'],
    [parseRemanufacturing, '2 1 1 1 2\n1 1 0 4\n1 1 1 4', 'line 2: “0” is not a machine'],
  ])('says in which line a file is wrong (%#)', (parse, text, sentence) => {
    const parsed = parse(text);
    expect(parsed.ok ? '' : parsed.problem.message).toContain(sentence);
  });
});
