import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { bench } from './bench.ts';

describe('bench', () => {
  let home = '';
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(home, path)), { recursive: true });
    writeFileSync(join(home, path), text);
  };
  const said: string[] = [];

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'bench-'));
    vi.stubEnv('ZAIZAO_DATA', home);
    said.length = 0;
    for (const way of ['log', 'error'] as const) {
      vi.spyOn(console, way).mockImplementation((text) => said.push(String(text)));
    }
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    rmSync(home, { recursive: true, force: true });
  });

  const run = (set: string, ...more: string[]) =>
    bench(['--set', set, '--seconds', '0.2', '--seeds', '1', '--workers', '1', ...more]);

  it('measures instances with a reference and without, tells broken files, goes on', async () => {
    put('jsp/instances/known', '2 2\n0 3 1 4\n1 5 0 6\n');
    put('jsp/instances/broken', '2 2\n0 3 1\n1 5 0 6\n');
    put('jsp/instances/new.txt', '1 2\n0 3 1 4\n');
    put('jsp/bks_2027.json', '{"known":{"lb":11,"ub":10},"open":{"lb":3},"elsewhere":{"ub":4}}');
    put('jsp/instances/open', '1 1\n0 5\n');
    const summary = await run('jsp');
    expect(summary).toMatchObject({ n: 3, meanGap: 10, worstGap: 10, atBest: 0 });
    expect(summary).toMatchObject({ withoutReference: 2, failed: 1 });
    const text = said.join('\n');
    expect(text).toMatch(/✘ broken: .*instances\/broken: line 2: a machine without its time/);
    expect(text).toContain('Without a file, left out: elsewhere');
    expect(text).toContain('it is not of this file');
    expect(text).not.toContain('undefined');
  });

  it('has no gap to tell where nothing is published', async () => {
    put('reman/ironmou_rmfjsp/X.fjs', '2 1 1 1 2\n1 1 1 4\n1 1 1 4\n');
    put('fjsp/schedlab/a/b.fjs', '1 1\n1 1 0 4\n');
    const nothing = { n: 1, meanGap: null, worstGap: null, atBest: 0, withoutReference: 1 };
    expect(await run('reman')).toMatchObject(nothing);
    expect(await run('fjsp', '--instances', 'b')).toMatchObject(nothing);
  });

  it.each([
    [['--set', 'none'], 'no set none'],
    [['--seconds', 'x'], '--seconds'],
    [['--seeds', '0'], '--seeds'],
    [['--set', 'jsp'], 'ZAIZAO_DATA'],
  ])('says what is wrong with %j', async (args, sentence) => {
    await expect(bench(args)).rejects.toThrow(sentence);
  });
});
