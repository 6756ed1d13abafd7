/** Writes the workbooks of the reference plants from their data files: `node build-demo.ts`. */
import { writeFile } from 'node:fs/promises';
import { DEMO_PLANTS, demoRows, demoWorkbookPath } from './demo-plants.ts';
import { writeWorkbook } from './write-xlsx.ts';

for (const plant of DEMO_PLANTS) {
  const bytes = await writeWorkbook(await demoRows(plant), 'filled');
  await writeFile(demoWorkbookPath(plant), bytes);
  console.log(`${plant.file}.xlsx ${bytes.length} bytes`);
}
