import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Text } from '@zaizao/platform/kernel';
import { noRows, type Row, type Rows, SHEETS, type SheetKey } from './sheets.ts';
import { writeWorkbook } from './write-xlsx.ts';

/** A reference plant: its catalogue as data of the product, every figure with its basis. */
export interface DemoPlant {
  readonly plant: 'A' | 'B' | 'C' | 'D' | 'E' | 'F';
  readonly name: Text;
  /** The file names, without ending, of its data and of its workbook. */
  readonly file: string;
}

export const DEMO_PLANTS: readonly DemoPlant[] = [
  {
    plant: 'A',
    name: {
      zh: '河间起动机发电机再制造厂（演示）',
      en: 'Hejian starter & alternator plant (demo)',
    },
    file: 'a-starter-alternator',
  },
  {
    plant: 'B',
    name: { zh: '河间 PDC 钻头再制造厂（演示）', en: 'Hejian PDC drill-bit plant (demo)' },
    file: 'b-drill-bit',
  },
  {
    plant: 'C',
    name: { zh: '服务器再制造厂（演示）', en: 'Server remanufacturer (demo)' },
    file: 'c-server',
  },
  {
    plant: 'D',
    name: { zh: '盾构机关键件再制造厂（演示）', en: 'TBM key-part plant (demo)' },
    file: 'd-tunnel-boring',
  },
  {
    plant: 'E',
    name: { zh: '报废车回收拆解厂（演示）', en: 'Vehicle dismantler (demo)' },
    file: 'e-vehicle-dismantler',
  },
  {
    plant: 'F',
    name: {
      zh: '数控机床拆解（产品族模板）',
      en: 'CNC machine-tool dismantling (family template)',
    },
    file: 'f-machine-tool',
  },
];

const DATA = new URL('../plants/', import.meta.url);

/** Where the workbook of a plant lies. */
export function demoWorkbookPath(plant: DemoPlant): string {
  return fileURLToPath(new URL(`${plant.file}.xlsx`, DATA));
}

/** The rows of a plant’s data file. */
export async function demoRows(plant: DemoPlant): Promise<Rows> {
  const data = JSON.parse(await readFile(new URL(`${plant.file}.json`, DATA), 'utf8')) as {
    rows: Partial<Record<SheetKey, Row[]>>; // our own file; the importer checks every cell of it
  };
  const rows = noRows();
  for (const { key } of SHEETS) rows[key] = data.rows[key] ?? [];
  return rows;
}

/** Writes the workbooks of the reference plants from their data files; returns their paths. */
export async function buildDemoWorkbooks(): Promise<string[]> {
  const paths: string[] = [];
  for (const plant of DEMO_PLANTS) {
    const path = demoWorkbookPath(plant);
    await writeFile(path, await writeWorkbook(await demoRows(plant), 'filled'));
    paths.push(path);
  }
  return paths;
}
