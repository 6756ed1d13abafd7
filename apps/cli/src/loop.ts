import { parseArgs } from 'node:util';
import { listParts } from '@zaizao/modules/catalog/contract';
import { type Told, takeAround } from '@zaizao/simulator/loop';
import { PLANTS, type PlantLetter, plantOf } from '@zaizao/simulator/products';
import { Random } from '@zaizao/simulator/random';
import { openWorld, setUpPlant } from '@zaizao/simulator/world';
import { answers, withEmbedded } from './embedded.ts';
import { verifyAt } from './passport.ts';

/** Takes one new core round the whole loop and prints each step with its event. */
export async function loopCommand(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      plant: { type: 'string', default: 'A' },
      url: { type: 'string', default: `http://127.0.0.1:${process.env.PORT ?? 8080}` },
      json: { type: 'boolean', default: false },
    },
  });
  const plant = plantOf(values.plant);
  if (!plant) {
    throw new Error(
      '只有 A、B 厂有完整的流程数据 / only plants A and B have data for the whole loop',
    );
  }
  const { json } = values;
  if (await answers(values.url)) return loop(values.url, plant, json);
  if (!json)
    console.log(
      `没有运行中的服务器（${values.url}），启动一个临时的 / no server there: starting one`,
    );
  return withEmbedded((url) => loop(url, plant, json));
}

async function loop(url: string, plant: PlantLetter, json: boolean): Promise<number> {
  const [product] = PLANTS[plant].products;
  const w = await openWorld(url);
  const known = await w.people.owner.do(listParts, { query: { q: product.product, limit: 1 } });
  if (known.items.length === 0) await setUpPlant(w, plant);
  const steps: Told[] = [];
  const round = await takeAround(w, {
    product,
    rng: new Random(Date.now()),
    until: 'sold',
    smooth: true,
    tell: (line) => {
      steps.push(line);
      if (json) return;
      console.log(
        `${String(steps.length).padStart(2)} ${line.step.padEnd(10)} ${line.zh}\n   ${' '.repeat(10)} ${line.en}`,
      );
      if (line.eventId) console.log(`   ${' '.repeat(10)} ${line.eventId}`);
    },
  });
  if (!round.unit) throw new Error('the core ended before it was a unit');
  const verified = await verifyAt(url, round.unit.epc);
  const passport = new URL(new URL(round.unit.epc).pathname, url).href;
  if (json) {
    console.log(
      JSON.stringify({
        steps,
        unit: round.unit,
        passport,
        verified: verified.ok,
        checks: verified.checks,
      }),
    );
  } else {
    console.log(`\n护照 / passport: ${passport}`);
    for (const c of verified.checks)
      console.log(
        `  ${c.ok ? '✔' : '✘'} ${c.titleZh} / ${c.titleEn}${c.skipped ? ' (未比对 / not compared)' : ''}`,
      );
    console.log(verified.ok ? '验证通过 / verified' : '验证失败 / NOT verified');
  }
  return verified.ok ? 0 : 1;
}
