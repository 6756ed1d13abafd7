/** What the catalogue's own tests share: an installation, plants imported over HTTP, bent workbooks. */
import { organisationKinds, partiesModule, roleTable } from '@zaizao/modules/parties';
import { type Actor, startTestApp, type TestApp } from '@zaizao/platform/testkit';
import ExcelJS from 'exceljs';
import * as c from './contract.ts';
import { catalogModule } from './index.ts';
import { DEMO_PLANTS, type DemoPlant, demoRows } from './workbook/demo-plants.ts';
import type { Rows } from './workbook/sheets.ts';
import { writeWorkbook } from './workbook/write-xlsx.ts';

export function catalogApp(options: { background?: boolean } = {}): Promise<TestApp> {
  return startTestApp({
    modules: [partiesModule, catalogModule],
    identity: { roles: roleTable, kinds: organisationKinds },
    ...options,
  });
}

export async function plantRows(plant: DemoPlant['plant']): Promise<Rows> {
  const found = DEMO_PLANTS.find((p) => p.plant === plant);
  if (!found) throw new Error(`no plant ${plant}`);
  return demoRows(found);
}

/** Uploads rows as a workbook and commits it; throws with the faults when it is refused. */
export async function importRows(who: Actor, rows: Rows) {
  const bytes = await writeWorkbook(rows, 'filled');
  const made = await who.ok(c.startImport, { file: { name: 'plant.xlsx', bytes } });
  if (made.state !== 'ready') throw new Error(JSON.stringify(made.report?.faults));
  return who.ok(c.commitImport, { params: { importId: made.id } });
}

/** The part with a number. */
export async function partByNumber(who: Actor, number: string) {
  const { items } = await who.ok(c.findCandidates, { query: { number } });
  const [first] = items;
  if (!first) throw new Error(`no part ${number}`);
  return first.part;
}

/** A workbook made of rows and then spoilt by hand, as a person with Excel would. */
export async function spoilt(
  rows: Rows,
  spoil: (book: ExcelJS.Workbook) => void,
): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  const bytes = await writeWorkbook(rows, 'filled');
  // ExcelJS’s types name the Buffer of another version of Node
  await book.xlsx.load(bytes as unknown as Parameters<typeof book.xlsx.load>[0]);
  spoil(book);
  return new Uint8Array(await book.xlsx.writeBuffer());
}
