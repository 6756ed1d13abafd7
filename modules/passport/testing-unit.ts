/** Certified units for the tests of this module: two cores, a reused ring, a restored cover. */
import { depositsModule } from '../deposits/index.ts';
import { inspectionModule } from '../inspection/index.ts';
import { flushLog } from '../ledger/index.ts';
import { marketModule } from '../market/index.ts';
import * as production from '../production/contract.ts';
import { productionModule } from '../production/index.ts';
import { born, decided, torn, work } from '../production/testing-floor.ts';
import * as quality from '../quality/contract.ts';
import { qualityModule } from '../quality/index.ts';
import { bench, certified, finished, measured } from '../quality/testing-unit.ts';
import { cleanedAt, type Plant, startPlant } from '../testing-plant.ts';
import { passportModule } from './index.ts';

/** A starter plant with everything that a passport is made of. */
export function startPassportPlant(): Promise<Plant> {
  return startPlant([
    ...[inspectionModule, productionModule, qualityModule, depositsModule, marketModule],
    passportModule,
  ]);
}

/** A starter of two cores with one reused and one restored component, put together, not tested yet. */
export async function assembled(p: Plant) {
  const [one, two] = [
    await torn(p, { donor: { mileageKm: 183_000, modelYear: 2019 } }),
    await torn(p),
  ];
  const [ring] = await cleanedAt(p, one.id, 50);
  await decided(p, ring?.id ?? '');
  const [cover] = await cleanedAt(p, two.id, 160);
  await decided(p, cover?.id ?? '', false);
  await work(
    p,
    await p.owner.ok(production.releaseRestore, { body: { componentId: cover?.id ?? '' } }),
  );
  await decided(p, cover?.id ?? '');
  const made = await born(
    p,
    new Map([
      [50, ring?.id ?? ''],
      [160, cover?.id ?? ''],
    ]),
  );
  await p.app.drain();
  return made;
}

/** Tests, finishes and certifies what was put together; its passport is signed and logged. */
export async function certifiedOf<U extends { readonly id: string; readonly orderId: string }>(
  p: Plant,
  made: U,
): Promise<U> {
  const tested = await measured(p, await bench(p), made.id, { 'S-T01': '7.8' });
  await p.owner.ok(quality.decideTest, { params: { testId: tested.id } });
  await finished(p, made.orderId);
  await certified(p, made.id);
  await settle(p);
  return made;
}

/** Delivers what is on its way and moves it into the log. */
export async function settle(p: Plant): Promise<void> {
  await p.app.drain();
  await flushLog(p.app.app);
}
