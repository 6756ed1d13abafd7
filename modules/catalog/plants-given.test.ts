import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { plantRows } from './testing.ts';
import type { Row } from './workbook/sheets.ts';

/** The outline plants hold everything that is given of them, and nothing that is not. */

const FILE = `${process.env.ZAIZAO_DATA ?? '../shared/data'}/industry/plants.json`;
const here = existsSync(FILE);
if (!here) console.log(`skipped: ${FILE} is not there`);

interface Given {
  readonly id: string;
  readonly bom: readonly string[];
  readonly route: readonly string[];
  readonly deposit_cny?: number;
  readonly rules?: readonly string[];
  readonly figures?: readonly { v: number }[];
  readonly parameters_checked?: readonly string[];
  readonly mass_balance_example?: Readonly<Record<string, number | string>>;
}

const given = (id: string): Given => {
  const all = JSON.parse(readFileSync(FILE, 'utf8')) as { records: Given[] }; // the published file
  const found = all.records.find((r) => r.id === id);
  if (!found) throw new Error(`no plant ${id}`);
  return found;
};

/** “SSD×2” is two of “SSD”; what stands in brackets explains. */
const nameOf = (given: string) => given.replace(/×\d+$/, '').replace(/[(（].*$/, '');
const qtyOf = (given: string) => Number(/×(\d+)$/.exec(given)?.[1] ?? 1);
const texts = (rows: readonly Row[], key: string) => rows.map((r) => String(r[key]));

describe.runIf(here).each([
  ['C', 'PLANT-HJ-SRV'],
  ['D', 'PLANT-TBM'],
  ['E', 'PLANT-ELV'],
] as const)('plant %s', (letter, id) => {
  test('every position, with its number of pieces where it is given', async () => {
    const rows = await plantRows(letter);
    const { bom } = given(id);
    const names = new Map(rows.parts.map((p) => [p.number, String(p.name_zh)]));
    expect(rows.bom).toHaveLength(bom.length);
    for (const [i, text] of bom.entries()) {
      const row = rows.bom[i];
      expect(nameOf(names.get(row?.component ?? '') ?? '')).toBe(nameOf(text));
      if (/×\d+$/.test(text)) expect(row?.qty).toBe(qtyOf(text));
    }
  });

  test('every operation in its order, every figure, every rule', async () => {
    const rows = await plantRows(letter);
    const plant = given(id);
    expect(texts(rows.route, 'name_zh')).toEqual(plant.route);
    const facts = texts(rows.facts, 'value');
    const figures = [
      ...(plant.figures ?? []).map((f) => f.v),
      ...(plant.deposit_cny === undefined ? [] : [plant.deposit_cny]),
      ...Object.values(plant.mass_balance_example ?? {}).filter((v) => typeof v === 'number'),
    ];
    for (const v of figures) expect(facts).toContain(String(v));
    for (const rule of plant.rules ?? []) expect(facts.some((f) => f.startsWith(rule))).toBe(true);
    for (const name of plant.parameters_checked ?? []) {
      expect(texts(rows.tests, 'name_zh')).toContain(name);
    }
  });
});
