import { readFileSync } from 'node:fs';
import type { Actor, TestApp } from '@zaizao/platform/testkit';
import type ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as c from './contract.ts';
import { catalogApp, importRows, partByNumber, plantRows, spoilt } from './testing.ts';
import { compare } from './workbook/compare.ts';
import { DEMO_PLANTS, demoRows, demoWorkbookPath } from './workbook/demo-plants.ts';
import { Faults } from './workbook/faults.ts';
import { readWorkbook, workbookOf } from './workbook/read.ts';
import { noRows, type Row, type Rows, SHEETS, type SheetKey } from './workbook/sheets.ts';
import { writeWorkbook } from './workbook/write-xlsx.ts';

let t: TestApp;
beforeAll(async () => {
  t = await catalogApp();
});
afterAll(() => t.stop());

async function freshOwner(): Promise<Actor> {
  return (await t.org()).as('owner');
}

const upload = (who: Actor, bytes: Uint8Array) =>
  who.ok(c.startImport, { file: { name: 'plant.xlsx', bytes } });

/** The rows as the reader of a workbook gives them: empty cells and their defaults left out. */
function rowsOf(book: { rows: ReadonlyMap<SheetKey, readonly { values: Row }[]> }): Rows {
  const out = noRows();
  for (const [key, list] of book.rows) out[key] = list.map((r) => r.values);
  return out;
}

describe('the reference plants', () => {
  test.each(DEMO_PLANTS)(
    '$plant: the committed workbook says what the data file says',
    async (p) => {
      const faults = new Faults();
      const book = await readWorkbook(readFileSync(demoWorkbookPath(p)), faults);
      if (!book.ok) throw new Error(book.error.code);
      expect(faults.kept).toEqual([]);
      const data = await demoRows(p);
      const empty = { rows: data, contains: [], gtins: new Map<string, string>() };
      const plan = compare(workbookOf(new Map(entries(rowsOf(book.value)))), empty, faults);
      for (const [, change] of plan.summary) expect(change.unchanged).toBe(change.rows);
      for (const { key } of SHEETS) expect(rowsOf(book.value)[key]).toHaveLength(data[key].length);
    },
  );

  test.each(DEMO_PLANTS)('$plant: every figure says where it comes from', async (p) => {
    const rows = await demoRows(p);
    for (const sheet of SHEETS) {
      const column = sheet.key === 'limits' ? 'source' : 'basis';
      if (!sheet.columns.some((x) => x.key === column)) continue;
      for (const row of rows[sheet.key]) {
        expect(row[column], `${sheet.key} ${JSON.stringify(row)}`).toBeTruthy();
      }
    }
    const known = new Set(rows.sources.map((s) => String(s.key)));
    const cited = JSON.stringify(rows).matchAll(/(?:source:|document )([A-Z0-9][A-Z0-9-]+)/g);
    for (const [, key] of cited) expect(known).toContain(key);
  });

  test('all of them enter an empty catalogue, and export again without a change', async () => {
    const owner = await freshOwner();
    for (const p of DEMO_PLANTS) {
      const done = await importRows(owner, await demoRows(p));
      expect(done.state).toBe('committed');
    }
    const { bytes } = await owner.call(c.exportCatalogue);
    const again = await upload(owner, bytes);
    expect(again.state).toBe('ready');
    for (const s of again.report?.sheets ?? []) {
      expect({ sheet: s.sheet, changed: s.changed, added: s.added }).toEqual({
        sheet: s.sheet,
        changed: 0,
        added: 0,
      });
    }
    await owner.ok(c.commitImport, { params: { importId: again.id } });
    const starter = await partByNumber(owner, 'RS-12-14-9T');
    expect(starter.version).toBe(1);
    const bom = await owner.ok(c.getBom, { params: { partId: starter.id } });
    expect(bom.version).toBe(1);
  });

  test('the export of one organisation enters another as it is', async () => {
    const [one, two] = [await freshOwner(), await freshOwner()];
    await importRows(one, await plantRows('B'));
    const first = await one.call(c.exportCatalogue);
    const made = await upload(two, first.bytes);
    await two.ok(c.commitImport, { params: { importId: made.id } });
    const second = await two.call(c.exportCatalogue);
    const read = async (bytes: Uint8Array) => {
      const book = await readWorkbook(bytes, new Faults());
      return book.ok ? rowsOf(book.value) : undefined;
    };
    expect(await read(second.bytes)).toEqual(await read(first.bytes));
  });

  test('their workbooks can be downloaded and taken straight to the importer', async () => {
    const owner = await freshOwner();
    const { items } = await owner.ok(c.listDemoPlants);
    expect(items.map((p) => p.plant)).toEqual(['A', 'B', 'C', 'D', 'E', 'F']);
    const { bytes, headers } = await owner.call(c.getDemoWorkbook, { params: { plant: 'C' } });
    expect(headers['content-type']).toContain('spreadsheetml');
    expect((await upload(owner, bytes)).state).toBe('ready');
  });
});

function entries(rows: Rows): [SheetKey, Row[]][] {
  return SHEETS.map((s) => [s.key, rows[s.key]]);
}

describe('a bad workbook', () => {
  const tab = (book: ExcelJS.Workbook, key: SheetKey): ExcelJS.Worksheet => {
    const found = book.worksheets.find((w) => w.name.endsWith(` ${key}`));
    if (!found) throw new Error(`no sheet ${key}`);
    return found;
  };
  /** The address of a column in a row of a sheet. */
  const at = (key: SheetKey, column: string, row: number) => {
    const i = SHEETS.find((s) => s.key === key)?.columns.findIndex((x) => x.key === column) ?? -1;
    return `${String.fromCharCode(65 + i)}${row}`;
  };
  const cases: [string, (b: ExcelJS.Workbook) => void, code: string, cell: string][] = [
    ['merged cells', (b) => tab(b, 'parts').mergeCells('B3:B5'), 'MERGED', 'B3'],
    [
      'a formula',
      (b) => {
        tab(b, 'bom').getCell('D4').value = { formula: '1+1', result: 2 };
      },
      'FORMULA',
      'D4',
    ],
    [
      'text for a number',
      (b) => {
        tab(b, 'bom').getCell('D4').value = '两个';
      },
      'NOT_INTEGER',
      'D4',
    ],
    [
      'a number for a number that must be text',
      (b) => {
        tab(b, 'numbers').getCell('C2').value = 3_708_010;
      },
      'NOT_TEXT',
      'C2',
    ],
    [
      'a missing value',
      (b) => {
        tab(b, 'parts').getCell(at('parts', 'name_zh', 3)).value = null;
      },
      'REQUIRED',
      at('parts', 'name_zh', 3),
    ],
    [
      'a word that is no choice',
      (b) => {
        tab(b, 'bom').getCell(at('bom', 'policy', 2)).value = '看情况';
      },
      'NOT_CHOICE',
      at('bom', 'policy', 2),
    ],
    [
      'a duplicate key',
      (b) => {
        tab(b, 'parts').getCell('A4').value = 'rs 12 14 9t';
      },
      'DUPLICATE',
      'A4',
    ],
    [
      'an unknown part',
      (b) => {
        tab(b, 'bom').getCell('C3').value = 'NO-SUCH-PART';
      },
      'PART_UNKNOWN',
      'C3',
    ],
    [
      'shares that do not add up',
      (b) => {
        tab(b, 'bom').getCell(at('bom', 'reuse_pct', 2)).value = 50;
      },
      'SHARES_WRONG',
      at('bom', 'reuse_pct', 2),
    ],
    [
      'a limit upside down',
      (b) => {
        tab(b, 'limits').getCell(at('limits', 'min', 2)).value = 99;
      },
      'LIMIT_EMPTY',
      at('limits', 'min', 2),
    ],
    [
      'a condition nobody understands',
      (b) => {
        tab(b, 'route').getCell(at('route', 'when', 11)).value = 'if worn';
      },
      'CONDITION_WRONG',
      at('route', 'when', 11),
    ],
    [
      'a return to a later operation',
      (b) => {
        tab(b, 'route').getCell(at('route', 'on_fail', 18)).value = 120;
      },
      'RETURN_WRONG',
      at('route', 'on_fail', 18),
    ],
    [
      'a position that is not in the bill of material',
      (b) => {
        tab(b, 'characteristics').getCell(at('characteristics', 'component_pos', 2)).value = 999;
      },
      'POSITION_UNKNOWN',
      at('characteristics', 'component_pos', 2),
    ],
    [
      'a grade left out',
      (b) => tab(b, 'grades').spliceRows(2, 1),
      'GRADES_INCOMPLETE',
      at('programmes', 'code', 2),
    ],
    [
      'a header nobody knows',
      (b) => {
        tab(b, 'parts').getCell('A1').value = '编号';
      },
      'COLUMN_UNKNOWN',
      'A1',
    ],
    [
      'a sheet nobody knows',
      (b) => {
        b.addWorksheet('物料2').addRow(['x']);
      },
      'SHEET_UNKNOWN',
      '',
    ],
    [
      'an Excel error',
      (b) => {
        tab(b, 'bom').getCell('D4').value = { error: '#REF!' } as ExcelJS.CellErrorValue;
      },
      'ERROR_VALUE',
      'D4',
    ],
    [
      'a wrong check digit',
      (b) => {
        tab(b, 'parts').getCell(at('parts', 'gtin', 2)).value = '9529999010019';
      },
      'GTIN_WRONG',
      at('parts', 'gtin', 2),
    ],
    [
      'a date that is none',
      (b) => {
        tab(b, 'prices').getCell(at('prices', 'valid_from', 2)).value = '2026-02-30';
      },
      'NOT_DAY',
      at('prices', 'valid_from', 2),
    ],
    [
      'a product that contains itself',
      (b) => {
        tab(b, 'bom').getCell('C2').value = 'RS-12-14-9T';
      },
      'CIRCULAR',
      'A2',
    ],
  ];

  test.each(cases)('%s', async (_, spoil, code, cell) => {
    const owner = await freshOwner();
    const made = await upload(owner, await spoilt(await plantRows('A'), spoil));
    expect(made.state).toBe('refused');
    const found = made.report?.faults.find((f) => f.code === code);
    expect(found, JSON.stringify(made.report?.faults.slice(0, 5))).toBeDefined();
    expect(found?.cell).toBe(cell);
    expect(found?.message.zh).not.toMatch(/\{\w+\}/);
    expect(found?.message.en).not.toMatch(/\{\w+\}/);
    expect(await owner.refused(c.commitImport, { params: { importId: made.id } })).toBe(
      'IMPORT_NOT_READY',
    );
    expect((await owner.ok(c.listParts)).items).toEqual([]);
  });

  test('all faults are listed at once', async () => {
    const owner = await freshOwner();
    const bytes = await spoilt(await plantRows('A'), (b) => {
      tab(b, 'bom').getCell('D4').value = 'x';
      tab(b, 'parts').getCell('A5').value = 5;
      tab(b, 'route').getCell('H3').value = -1;
    });
    const made = await upload(owner, bytes);
    const codes = made.report?.faults.map((f) => f.code);
    expect(codes).toEqual(expect.arrayContaining(['NOT_INTEGER', 'NOT_TEXT', 'TOO_SMALL']));
    expect(made.report?.faultCount).toBe(made.report?.faults.length);
  });

  test('is refused outright when it is no workbook', async () => {
    const owner = await freshOwner();
    const csv = new TextEncoder().encode('a,b\n1,2\n');
    const file = (bytes: Uint8Array) => ({ file: { name: 'x.xlsx', bytes } });
    expect(await owner.refused(c.startImport, file(csv))).toBe('IMPORT_FILE_REQUIRED');
    const good = await writeWorkbook(await plantRows('C'), 'filled');
    expect(await owner.refused(c.startImport, file(good.subarray(0, 9000)))).toBe(
      'WORKBOOK_UNREADABLE',
    );
    const flipped = good.slice();
    const sheet = Buffer.from(good).indexOf('xl/worksheets/sheet4.xml');
    flipped.fill(0, sheet + 100, sheet + 110);
    expect(await owner.refused(c.startImport, file(flipped))).toBe('WORKBOOK_UNREADABLE');
    const viewer = await (await t.org()).as('viewer');
    expect(await viewer.refused(c.startImport, file(good))).toBe('PERMISSION_DENIED');
  });
});

describe('versions', () => {
  test('a limit or a programme that stands is not changed by an import; a new version is added', async () => {
    const owner = await freshOwner();
    const rows = await plantRows('A');
    await importRows(owner, rows);
    const changed = structuredClone(rows);
    const [, second] = changed.limits.filter((l) => l.code === 'S-T01');
    const at = changed.limits.findIndex((l) => l.code === 'S-T01' && l.level === 'enterprise');
    const old = changed.limits[at];
    if (!old || !second) throw new Error('plant A has both limits');
    changed.limits[at] = { ...old, max: '7.9' };
    const refused = await upload(owner, await writeWorkbook(changed, 'filled'));
    expect(refused.report?.faults.map((f) => f.code)).toEqual(['VERSION_FIXED']);
    changed.limits[at] = old;
    changed.limits.push({ ...old, version: 3, max: '7.9', valid_from: '2026-03-01' });
    const gap = await upload(owner, await writeWorkbook(changed, 'filled'));
    expect(gap.report?.faults.map((f) => f.code)).toEqual(['VERSION_GAP']);
    changed.limits[changed.limits.length - 1] = {
      ...{ ...old, version: 2, max: '7.9', valid_from: '2026-03-01' },
    };
    const done = await importRows(owner, changed);
    const sheet = done.report?.sheets.find((s) => s.sheet === 'limits');
    expect(sheet).toMatchObject({ added: 1, changed: 0 });
    const starter = await partByNumber(owner, 'RS-12-14-9T');
    const params = { partId: starter.id };
    const judged = async (day: string) => {
      const { items } = await owner.ok(c.listCharacteristics, { params, query: { day } });
      const one = items.find((x) => x.code === 'S-T01');
      return one?.inForce.find((l) => l.level === 'enterprise')?.version;
    };
    expect(await judged('2026-02-28')).toBe(1);
    expect(await judged('2026-03-01')).toBe(2);
  });

  test('a bill of material is replaced whole, and the old version stays readable', async () => {
    const owner = await freshOwner();
    const rows = await plantRows('A');
    await importRows(owner, rows);
    const shorter = noRows();
    shorter.bom = rows.bom.filter((b) => b.product === 'RS-12-14-9T' && b.pos !== 220);
    await importRows(owner, shorter);
    const params = { partId: (await partByNumber(owner, 'RS-12-14-9T')).id };
    const now = await owner.ok(c.getBom, { params });
    expect([now.version, now.items.length]).toEqual([2, 21]);
    const before = await owner.ok(c.getBom, { params, query: { version: 1 } });
    expect(before.items).toHaveLength(22);
    expect(now.revisions.map((r) => [r.version, r.note])).toEqual([
      [2, '导入 2 | import 2'],
      [1, '导入 1 | import 1'],
    ]);
  });

  test('what is committed was compared again: a catalogue that moved is not overwritten blindly', async () => {
    const owner = await freshOwner();
    const rows = await plantRows('C');
    const bytes = await writeWorkbook(rows, 'filled');
    const [one, two] = [await upload(owner, bytes), await upload(owner, bytes)];
    await owner.ok(c.commitImport, { params: { importId: one.id } });
    const again = await owner.ok(c.commitImport, { params: { importId: two.id } });
    expect(again.report?.sheets.every((s) => s.added === 0 && s.changed === 0)).toBe(true);
    const discarded = await upload(owner, bytes);
    const params = { importId: discarded.id };
    expect((await owner.ok(c.discardImport, { params })).state).toBe('discarded');
    expect(await owner.refused(c.commitImport, { params })).toBe('IMPORT_NOT_READY');
    expect((await owner.ok(c.listImports, { query: { limit: 2 } })).items.map((i) => i.no)).toEqual(
      [...[3, 2]],
    );
  });
});

test('the template has every sheet, and is refused as empty', async () => {
  const owner = await freshOwner();
  const { bytes } = await owner.call(c.getTemplate);
  const faults = new Faults();
  const book = await readWorkbook(bytes, faults);
  expect(faults.kept).toEqual([]);
  expect(book.ok && [...book.value.rows.keys()]).toEqual(SHEETS.map((s) => s.key));
  const made = await upload(owner, bytes);
  expect(made.report?.faults.map((f) => f.code)).toEqual(['NOTHING_TO_IMPORT']);
});
