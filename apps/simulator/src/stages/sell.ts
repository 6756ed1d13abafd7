import { receiveCore } from '@zaizao/modules/cores/contract';
import { listDeposits, payOutDeposit } from '@zaizao/modules/deposits/contract';
import {
  confirmDelivery,
  confirmSale,
  listUnit,
  pickOrder,
  placePurchase,
  recordInstallation,
  recordPayment,
  returnCore,
  shipOrder,
} from '@zaizao/modules/market/contract';
import type { Round } from '../round.ts';
import { coreMass, grade } from './buy.ts';

type Unit = { readonly id: string; readonly epc: string; readonly serial: string };

/** Sell → deliver → install → the old core comes back and settles its deposit. */
export async function sell(r: Round, unit: Unit): Promise<void> {
  const { sales, warehouse, fleet } = r.people;
  r.pass(60);
  const priceFen = await r.w.retailPrice(r.o.product.product);
  const listing = await sales.do(listUnit, {
    body: { unitId: unit.id, priceFen, goodsClass: 'reman-new', warrantyMonths: 12 },
  });
  await r.tell(
    'list',
    `上架 ${Number(listing.priceFen) / 100} 元，旧件押金 ${Number(listing.depositFen) / 100} 元`,
    `listed at ${Number(listing.priceFen) / 100} yuan, core deposit ${Number(listing.depositFen) / 100}`,
  );
  if (r.stopsBy('listed')) return;
  r.pass(60 * 5);
  const order = await fleet.do(placePurchase, {
    body: { listingIds: [listing.id], deliverTo: '石家庄市（演示地址）' },
  });
  const params = { orderId: order.id };
  await sales.do(confirmSale, { params, body: { accept: true } });
  await sales.do(recordPayment, { params, body: { reference: `SIM-${order.code}` } });
  if (r.stopsBy('ordered')) return;
  r.pass(30);
  await warehouse.do(pickOrder, { params, body: { serials: [unit.serial] } });
  if (r.stopsBy('picked')) return;
  await warehouse.do(shipOrder, {
    params,
    body: { carrier: '演示物流', trackingNumber: `SIM${order.code}` },
  });
  await r.tell(
    'sell',
    `订单 ${order.code}：含押金 ${Number(order.depositFen) / 100} 元，已发货`,
    `order ${order.code} with deposit ${Number(order.depositFen) / 100} yuan, shipped`,
    unit.epc,
  );
  r.pass(60 * 20);
  await fleet.do(confirmDelivery, { params });
  r.pass(60 * 2);
  await fleet.do(recordInstallation, {
    params,
    body: { unitId: unit.id, mileageKm: Math.round(r.rng.between(80_000, 400_000)) },
  });
  await r.tell('install', '送达并装机，开始服役', 'delivered, installed, in service');
  if (r.stopsBy('delivered')) return; // the old core is still to come back
  await bringBack(r, order.id, unit);
}

async function bringBack(r: Round, orderId: string, unit: Unit): Promise<void> {
  const { fleet, receiver } = r.people;
  const photos = await r.w.photos(fleet);
  const after = await fleet.do(returnCore, {
    params: { orderId },
    body: { unitId: unit.id, numberSeen: r.o.product.oeNumber, photos: [photos.front] },
  });
  const back = after.coreReturns.at(-1);
  if (!back) throw new Error('the core return was just announced');
  r.pass(60 * 24);
  await receiver.do(receiveCore, {
    params: { coreId: back.coreId },
    body: { massG: await coreMass(r) },
  });
  await grade(r, back.coreId);
  await settle(r, back.coreId);
}

/** The outbox credits the deposit by the core's grade a moment later; then it is paid out. */
async function settle(r: Round, coreId: string): Promise<void> {
  const { sales } = r.people;
  const deadline = Date.now() + 20_000;
  for (;;) {
    const credited = await sales.do(listDeposits, { query: { state: 'credited', limit: 200 } });
    const mine = credited.items.find((d) => d.coreId === coreId);
    if (mine) {
      await sales.do(payOutDeposit, { params: { depositId: mine.id } });
      await r.tell(
        'settle',
        `旧件 ${mine.coreCode} 定级 ${mine.grade}，押金退还 ${Number(mine.creditedFen) / 100} 元`,
        `core ${mine.coreCode} graded ${mine.grade}: ${Number(mine.creditedFen) / 100} yuan of the deposit paid back`,
      );
      return;
    }
    if (Date.now() > deadline) throw new Error('the deposit was not credited within 20 s');
    await new Promise((done) => setTimeout(done, 100));
  }
}
