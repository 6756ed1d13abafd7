import { parseArgs } from 'node:util';
import { listParts } from '@zaizao/modules/catalog/contract';
import { claims, enterNewPlan, enterPackage } from './after-sales.ts';
import { countStock } from './counting.ts';
import { type Stage, takeAround } from './loop.ts';
import { planAhead, setUpPlanning } from './planning.ts';
import { PLANTS, type Product, plantOf } from './products.ts';
import { Random } from './random.ts';
import { leaveFault } from './stages/fault.ts';
import { dismantleVehicles } from './vehicle.ts';
import { openWorld, setUpPlant, type World } from './world.ts';

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:8080' },
    plant: { type: 'string', default: 'A' },
    units: { type: 'string', default: '40' },
    seed: { type: 'string', default: '1' },
    weeks: { type: 'string', default: '6' },
    parallel: { type: 'string', default: '1' },
  },
});

/**
 * What is still on its way through the plant today, one of each stage: something to do for
 * everybody. The accepted one last: whoever collects takes along all that waits at the same door.
 */
const UNDERWAY: readonly Stage[] = [
  ...(['quoted', 'received', 'graded', 'dismantled', 'cleaned', 'inspected'] as const),
  ...(['assembled', 'finished', 'certified', 'ordered', 'picked', 'accepted'] as const),
];

async function leaveWork(w: World, product: Product, rng: Random): Promise<void> {
  for (const until of UNDERWAY) {
    const start = atWork(new Date(Date.now() - 20 * 3_600_000));
    // Smooth, so that none of them ends early by chance.
    await takeAround(w, { product, rng, start, until, smooth: true });
  }
  await leaveFault(w);
  console.log(`${UNDERWAY.length} 个旧件在制 / cores on their way through the plant`);
}

/** Most old cores are back; some are still with the customer, and the latest all are. */
function soldTo(n: number, units: number): Stage {
  return n % 6 === 3 || n >= units * 0.6 ? 'delivered' : 'sold';
}

const [HOUR, DAY] = [3_600_000, 86_400_000];
/** Of the plant, in every season. */
const ZONE = 8 * HOUR;

/** A moment of a day, moved into the twelve hours from six in the morning; what was earlier stays earlier. */
function atWork(at: Date): Date {
  const local = at.getTime() + ZONE;
  const sinceMidnight = local % DAY;
  const moved = local - sinceMidnight + 6 * HOUR + sinceMidnight / 2 - ZONE;
  return new Date(Math.min(moved, Date.now() - 1000));
}

/** One after the other in a lane; lanes go on at once. */
interface Lane {
  readonly w: World;
  readonly rng: Random;
}

async function openLane(n: number): Promise<Lane> {
  return { w: await openWorld(values.url, n), rng: new Random(Number(values.seed) + 1000 * n) };
}

/** Rounds of the loop, spread over the weeks; each lane takes the next one when its own is done. */
async function tellRounds(
  lanes: readonly Lane[],
  products: readonly Product[],
  units: number,
): Promise<void> {
  const [first, second] = products;
  if (!first) return;
  const span = Number(values.weeks) * 7 * 86_400_000;
  const began = performance.now();
  let next = 0;
  let told = 0;
  let made = 0;
  const go = async ({ w, rng }: Lane) => {
    for (let n = next++; n < units; n = next++) {
      // Rounds start evenly over the weeks; the last ones are still on their way through the plant.
      const start = atWork(new Date(Date.now() - span * (1 - n / units)));
      const until = n >= units * 0.7 ? 'listed' : n % 5 === 4 ? 'stock' : soldTo(n, units);
      // one in four is of another product, where the plant has one
      const product = (n % 4 === 2 ? second : undefined) ?? first;
      const round = await takeAround(w, { product, rng, start, until });
      if (round.unit) made++;
      if (++told % 5 === 0 || told === units) {
        const perMinute = (told / (performance.now() - began)) * 60_000;
        console.log(
          `${told}/${units} 旧件 / cores, ${made} 产品 / units, ${perMinute.toFixed(0)}/min`,
        );
      }
    }
  };
  await Promise.all(lanes.map(go));
}

async function main(): Promise<void> {
  const letter = plantOf(values.plant);
  if (!letter) {
    // C to E enter as catalogues (the importer’s page or `zaizao import`): they have no programme, so nothing is quoted.
    throw new Error(
      `只有 A、B 厂的目录齐全，可以模拟生产 / only plants A and B are complete enough to be simulated: ${values.plant}`,
    );
  }
  const units = Number(values.units);
  if (!Number.isInteger(units) || units < 0) throw new Error('--units');
  const parallel = Number(values.parallel);
  if (!Number.isInteger(parallel) || parallel < 1 || parallel > 16)
    throw new Error('--parallel 1–16');
  const lane = await openLane(0);
  const { w, rng } = lane;
  const lanes = [lane];
  const { products } = PLANTS[letter];
  const [first] = products;
  const known = await w.people.owner.do(listParts, { query: { q: first.product, limit: 1 } });
  if (known.items.length === 0) {
    console.log(`导入 ${letter} 厂目录 / entering the catalogue of plant ${letter} …`);
    await setUpPlant(w, letter);
    for (const p of products) await enterNewPlan(w, p.product);
    // what is packed by a specification is not the product of the tour
    if (products[1]) await enterPackage(w, products[1].product);
  }
  if (letter === 'A') await setUpPlanning(w);
  for (let n = 1; n < parallel; n++) lanes.push(await openLane(n));
  await tellRounds(lanes, products, units);
  await leaveWork(w, first, rng);
  w.setTime(undefined);
  await claims(w);
  await countStock(w);
  if (letter !== 'A') return;
  await planAhead(w, first.product);
  console.log('已发布计划 / a plan is in force');
  await dismantleVehicles(values.url);
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
