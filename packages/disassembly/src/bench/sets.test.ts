import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { bench } from '../bench.ts';
import { lineCasesIn } from './line-file.ts';

const OPERATION = { location: 0, occupancy: 1, mass: 0, requirements: [], precedences: [] };
const AIRCRAFT = {
  maxTime: 40,
  balanceAF: 1,
  balanceLR: 1,
  resources: [
    { id: 0, categories: [], unavailable: [[0, 4], '6:8', { start: 9, end: 10 }], cost: 1 },
  ],
  locations: [{ id: 0, name: 'x', zone: '', capacity: 1 }],
  operations: [{ ...OPERATION, id: 0, duration: 3 }],
};

describe('bench', () => {
  let home = '';
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'bench-'));
    mkdirSync(join(home, 'dlbp/aircraft_disassembly/instances'), { recursive: true });
    vi.stubEnv('ZAIZAO_DATA', home);
    for (const way of ['log', 'error'] as const) vi.spyOn(console, way).mockReturnValue();
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    rmSync(home, { recursive: true, force: true });
  });

  it('schedules other aircraft without published results; broken files are told', async () => {
    const folder = join(home, 'dlbp/aircraft_disassembly/instances');
    writeFileSync(join(folder, 'other-1.json'), JSON.stringify(AIRCRAFT));
    writeFileSync(join(folder, 'broken.json'), '{"resources":');
    writeFileSync(join(folder, 'crowd.json'), JSON.stringify({ ...AIRCRAFT, maxTime: 5 }));
    const summary = await bench(['--set', 'aircraft', '--seconds', '1']);
    expect(summary).toMatchObject({ n: 1, meanGap: null, atBest: 0, withoutReference: 1 });
    expect(summary.failed).toBe(2);
    expect(console.log).toHaveBeenCalledWith(expect.stringContaining('value 13'));
    expect(console.error).toHaveBeenCalledWith(expect.stringContaining('crowd.json: '));
    await expect(bench(['--set', 'aircraft', '--instances', 'none'])).rejects.toThrow('none');
  });

  it('balances other lines: cycle times, orders, lines without a known best', async () => {
    const folder = join(home, 'dlbp');
    const lines = [
      { times: [3, 3, 5], cycle_time: 6, optimum: { N: 2, F: 1 } },
      { times: [3, 3, 5], cycle_time: 11, optimum: { N: 2, F: 1 } },
      { times: [3, 9], cycle_time: 6 },
    ];
    writeFileSync(join(folder, 'some.json'), JSON.stringify(lines));
    const one = { times: [5, 5, 5], cycle_time: 10, precedence: [[3, 1]], hazardous_part: 1 };
    writeFileSync(join(folder, 'pc9.json'), JSON.stringify(one));
    const summary = await bench(['--set', 'dlbp']);
    expect(summary).toMatchObject({ n: 3, meanGap: -25, worstGap: 0, atBest: 2, failed: 1 });
    expect(console.log).toHaveBeenCalledWith(expect.stringMatching(/pc-9 +value 2\/25\/2\/0/));
  });

  it('reads an order as pairs, as lists by task or as a table', () => {
    const line = { times: [1, 1, 1], cycle_time: 2 };
    const after = (precedence: unknown) =>
      lineCasesIn({ ...line, precedence }, 'x', new Set())[0]?.problem.tasks.map((t) => t.after);
    const expected = [[], ['1'], ['1', '2']];
    expect(
      after([
        [1, 2],
        [1, 3],
        [2, 3],
      ]),
    ).toEqual(expected);
    expect(after([[], [1], [1, 2]])).toEqual(expected);
    expect(after({ 2: [1], 3: [1, 2] })).toEqual(expected);
    expect(() => after([[1, 7]])).toThrow('names a task');
  });
});
