import {
  acceptQuote,
  collectCore,
  confirmPickUp,
  getCoreView,
  giveCredit,
  gradeCore,
  listMyPickUps,
  previewQuote,
  receiveCore,
  requestQuote,
} from '@zaizao/modules/cores/contract';
import type { Round } from '../round.ts';

/** Quote → collect → receive → grade. */
export async function buy(r: Round) {
  const { shop, buyer, receiver } = r.people;
  const { plantOrgId: toOrgId } = r.w;
  const number = r.o.product.oeNumber;
  const partId = await r.w.partId(r.o.product.product);
  const preview = await shop.do(previewQuote, { query: { number, toOrgId } });
  const offer = preview.candidates.find((c) => c.part.id === partId) ?? preview.candidates[0];
  const photos = await r.w.photos(shop);
  const quoted = await shop.do(requestQuote, {
    body: {
      toOrgId,
      number,
      ...(offer ? { partId: offer.part.id } : {}),
      claimedGrade: 'B',
      photos: [photos.front, photos.nameplate],
      channel: 'repair-shop',
    },
  });
  const params = { coreId: quoted.id };
  await r.tell(
    'quote',
    `修理厂凭号码和照片询价 ${quoted.code}`,
    `a repair shop quotes ${quoted.code} by number and photo`,
  );
  if (r.stopsBy('quoted')) return buyer.do(getCoreView, { params });
  r.pass(30);
  await shop.do(acceptQuote, {
    params,
    body: { accept: true, pickUpAddress: doorOf(r.w.lane) },
  });
  if (r.stopsBy('accepted')) return buyer.do(getCoreView, { params });
  r.pass(60 * 6);
  await collect(r, quoted.id);
  r.pass(60 * 3);
  await receiver.do(receiveCore, { params, body: { massG: await coreMass(r) } });
  await r.tell('receive', '到厂收货', 'received at the plant', quoted.epc);
  if (r.stopsBy('received')) return buyer.do(getCoreView, { params });
  r.pass(4);
  const graded = await grade(r, quoted.id);
  await r.tell(
    'grade',
    `定级 ${graded.grade}，返款 ${Number(graded.creditFen) / 100} 元`,
    `graded ${graded.grade}, credit ${Number(graded.creditFen) / 100} yuan`,
    quoted.epc,
  );
  r.pass(10);
  await buyer.do(giveCredit, { params });
  return graded;
}

function doorOf(lane: number): string {
  return lane === 0 ? '沧州市（演示地址）' : `沧州市（演示地址 ${lane + 1}）`;
}

/** The collector that the plant works with fetches it; without one the plant's own people do. */
async function collect(r: Round, coreId: string): Promise<void> {
  const { collector, buyer } = r.people;
  const asked = await collector.do(listMyPickUps, { query: { state: 'asked', limit: 100 } });
  const task = asked.items.find((p) => p.cores.some((c) => c.coreId === coreId));
  if (!task) {
    await buyer.do(collectCore, { params: { coreId }, body: {} });
    await r.tell('collect', '上门取件', 'collected');
    return;
  }
  const { side } = await r.w.photos(collector);
  await collector.do(confirmPickUp, {
    params: { pickUpId: task.id },
    body: {
      taken: task.cores.map((c) => c.coreId),
      counted: task.cores.length,
      photos: [side],
    },
  });
  await r.tell(
    'collect',
    `回收商取件 ${task.code}：清点 ${task.cores.length} 件，拍照确认`,
    `collected on pick-up ${task.code}: ${task.cores.length} counted and photographed`,
  );
}

/** A core weighs what its parts weigh, some dirt more, and scales differ a little. Grams. */
export async function coreMass(r: Round): Promise<number> {
  const clean = await r.w.massOf(r.o.product.product);
  return Math.round(clean * r.rng.between(0.99, 1.0122));
}

export async function grade(r: Round, coreId: string) {
  const { receiver } = r.people;
  const core = await receiver.do(getCoreView, { params: { coreId } });
  const photos = await r.w.photos(receiver);
  const scrap = !r.o.smooth && r.rng.chance(8);
  const worn = r.o.smooth ? 1 : r.rng.chance(55) ? 1 : 0;
  // The last criteria of the list are the mild ones; which of them fails decides B or C.
  const failing = new Set(
    scrap
      ? core.criteria.slice(0, 1).map((c) => c.code)
      : core.criteria.slice(core.criteria.length - worn).map((c) => c.code),
  );
  const answers = core.criteria.map((c) => ({ criterion: c.code, met: !failing.has(c.code) }));
  return receiver.do(gradeCore, { params: { coreId }, body: { answers, photos } });
}
