import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runConformance } from './conformance.ts';

const data = process.env.ZAIZAO_DATA ?? '../shared/data';

it.skipIf(!existsSync(join(data, 'epcis/tlog')))(
  'agrees with the vectors of transparency-dev (skipped when ZAIZAO_DATA is absent)',
  async () => {
    const { passed, failures } = await runConformance(data);
    expect(failures).toEqual([]);
    expect(passed).toBeGreaterThan(90);
  },
);

it('fails where there are no vectors, instead of passing none', async () => {
  expect(await runConformance('/nowhere')).toMatchObject({ passed: 0, failed: 1 });
});
