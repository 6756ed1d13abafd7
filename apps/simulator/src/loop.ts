import {
  acceptQuote,
  collectCore,
  getCoreView,
  giveCredit,
  gradeCore,
  moveCoreTo,
  previewQuote,
  receiveCore,
  requestQuote,
} from '@zaizao/modules/cores/contract';
import { listDeposits, payOutDeposit } from '@zaizao/modules/deposits/contract';
import {
  finishCleaning,
  finishTeardown,
  listComponents,
  recordLine,
  scrapComponent,
  startCleaning,
  startTeardown,
} from '@zaizao/modules/dismantling/contract';
import {
  decideDisposition,
  recordMeasurements,
  recordVisual,
  startInspection,
} from '@zaizao/modules/inspection/contract';
import { thingHistory } from '@zaizao/modules/ledger/contract';
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
import {
  assembleUnit,
  fillSlot,
  finishOperation,
  getOrder,
  getUnitView,
  releaseAssembly,
  releaseRestore,
  releaseRework,
  releaseUnit,
  startOperation,
} from '@zaizao/modules/production/contract';
import {
  addCurve,
  certifyUnit,
  decideTest,
  getCertificate,
  recordRunIn,
  recordTestValues,
  startTest,
} from '@zaizao/modules/quality/contract';
import type { Person } from './client.ts';
import type { Random } from './random.ts';
import { reading } from './values.ts';
import type { World } from './world.ts';

/** One line of what happened, for whoever watches. */
export interface Told {
  readonly step: string;
  readonly zh: string;
  readonly en: string;
  readonly epc?: string;
  readonly eventId?: string;
}

export interface Round {
  readonly coreEpc: string;
  /** Absent when the core was not worth more than its metal. */
  readonly unit?: { readonly id: string; readonly epc: string; readonly serial: string };
}

/** Where a round stops: on the way through the plant, on the shelf, in the shop window, or back home. */
export const STAGES = [
  ...['quoted', 'received', 'graded', 'dismantled', 'cleaned', 'inspected', 'assembled'],
  ...['stock', 'listed', 'sold'],
] as const;
export type Stage = (typeof STAGES)[number];

export interface RoundOptions {
  readonly product: string;
  readonly oeNumber: string;
  readonly rng: Random;
  /** The simulated start; steps follow each other by minutes. The present when absent. */
  readonly start?: Date;
  /** How far to go: to the shelf, or sold and back. */
  readonly until: Stage;
  /** Everything goes well (the command and the tour); else as the plant’s figures have it. */
  readonly smooth?: boolean;
  readonly tell?: (line: Told) => void;
}

const MINUTE = 60_000;
const OPERATION_KWH = '0.35';
/** Steps that wait for the passed test. */
const AFTER_TEST = new Set(['coating', 'labelling', 'packing']);

/** Takes one core once round the loop, as its people would: every step a request to the public API. */
export async function takeAround(w: World, o: RoundOptions): Promise<Round> {
  const round = new LoopRound(w, o);
  return round.run();
}

class LoopRound {
  readonly #w: World;
  readonly #o: RoundOptions;
  readonly #rng: Random;
  #ms: number | undefined;

  constructor(w: World, o: RoundOptions) {
    this.#w = w;
    this.#o = o;
    this.#rng = o.rng;
    this.#ms = o.start?.getTime();
  }

  /** Minutes pass. */
  #pass(minutes: number): void {
    if (this.#ms === undefined) return;
    this.#ms = Math.min(this.#ms + minutes * MINUTE, Date.now() - 1000);
    this.#w.setTime(new Date(this.#ms));
  }

  async #tell(step: string, zh: string, en: string, epc?: string): Promise<void> {
    if (!this.#o.tell) return;
    const history = epc
      ? await this.#w.people.owner.do(thingHistory, { params: { epc }, query: { limit: 1 } })
      : undefined;
    const eventId = history?.items[0]?.eventId;
    this.#o.tell({ step, zh, en, ...(epc ? { epc } : {}), ...(eventId ? { eventId } : {}) });
  }

  async run(): Promise<Round> {
    this.#pass(0);
    const core = await this.#buy();
    if (this.#stopsBy('graded')) return { coreEpc: core.epc };
    if (core.grade === 'R') {
      await this.#w.people.warehouse.do(moveCoreTo, {
        params: { coreId: core.id },
        body: { to: 'scrap', reason: '定级 R：不可再制造', massKg: '4.1' },
      });
      return { coreEpc: core.epc };
    }
    await this.#tearDown(core.id);
    if (this.#stopsBy('dismantled')) return { coreEpc: core.epc };
    await this.#clean(core.id);
    if (this.#stopsBy('cleaned')) return { coreEpc: core.epc };
    await this.#inspectAll(core.id);
    if (this.#stopsBy('inspected')) return { coreEpc: core.epc };
    const unit = await this.#assemble(core.id);
    if (this.#stopsBy('assembled')) return { coreEpc: core.epc, unit };
    if (!(await this.#test(unit.id))) return { coreEpc: core.epc };
    await this.#finish(unit);
    if (this.#o.until !== 'stock') await this.#sell(unit);
    return { coreEpc: core.epc, unit };
  }

  #stopsBy(stage: Stage): boolean {
    return STAGES.indexOf(this.#o.until) <= STAGES.indexOf(stage);
  }

  // ── quote → collect → receive → grade ──────────────────────────────────

  async #buy() {
    const { shop, buyer, receiver } = this.#w.people;
    const { plantOrgId: toOrgId } = this.#w;
    const partId = await this.#w.partId(this.#o.product);
    const preview = await shop.do(previewQuote, { query: { number: this.#o.oeNumber, toOrgId } });
    const offer = preview.candidates.find((c) => c.part.id === partId) ?? preview.candidates[0];
    const photos = await this.#w.photos(shop);
    const quoted = await shop.do(requestQuote, {
      body: {
        toOrgId,
        number: this.#o.oeNumber,
        ...(offer ? { partId: offer.part.id } : {}),
        claimedGrade: 'B',
        photos: [photos.front, photos.nameplate],
        channel: 'repair-shop',
      },
    });
    await this.#tell(
      'quote',
      `修理厂凭号码和照片询价 ${quoted.code}`,
      `a repair shop quotes ${quoted.code} by number and photo`,
    );
    if (this.#stopsBy('quoted')) return buyer.do(getCoreView, { params: { coreId: quoted.id } });
    this.#pass(30);
    await shop.do(acceptQuote, {
      params: { coreId: quoted.id },
      body: { accept: true, pickUpAddress: '沧州市（演示地址）' },
    });
    this.#pass(60 * 6);
    await buyer.do(collectCore, { params: { coreId: quoted.id }, body: {} });
    await this.#tell('collect', '上门取件', 'collected');
    this.#pass(60 * 3);
    await receiver.do(receiveCore, {
      params: { coreId: quoted.id },
      body: { massG: this.#coreMass() },
    });
    await this.#tell('receive', '到厂收货', 'received at the plant', quoted.epc);
    if (this.#stopsBy('received')) return buyer.do(getCoreView, { params: { coreId: quoted.id } });
    this.#pass(4);
    const graded = await this.#grade(quoted.id);
    await this.#tell(
      'grade',
      `定级 ${graded.grade}，返款 ${Number(graded.creditFen) / 100} 元`,
      `graded ${graded.grade}, credit ${Number(graded.creditFen) / 100} yuan`,
      quoted.epc,
    );
    this.#pass(10);
    await buyer.do(giveCredit, { params: { coreId: quoted.id } });
    return graded;
  }

  /** A starter weighs what its parts weigh, some dirt more, and scales differ a little. */
  #coreMass(): number {
    return Math.round(4100 + this.#rng.between(-40, 60));
  }

  async #grade(coreId: string) {
    const { receiver } = this.#w.people;
    const core = await receiver.do(getCoreView, { params: { coreId } });
    const mine = await this.#w.photos(receiver);
    const scrap = !this.#o.smooth && this.#rng.chance(8);
    const worn = this.#o.smooth ? 1 : this.#rng.chance(55) ? 1 : 0;
    // The last criteria of the list are the mild ones; which of them fails decides B or C.
    const failing = new Set(
      scrap
        ? core.criteria.slice(0, 1).map((c) => c.code)
        : core.criteria.slice(core.criteria.length - worn).map((c) => c.code),
    );
    const answers = core.criteria.map((c) => ({ criterion: c.code, met: !failing.has(c.code) }));
    return receiver.do(gradeCore, { params: { coreId }, body: { answers, photos: mine } });
  }

  // ── dismantle → clean → inspect → restore ──────────────────────────────

  async #tearDown(coreId: string): Promise<void> {
    const { dismantler } = this.#w.people;
    this.#pass(15);
    const t = await dismantler.do(startTeardown, { body: { coreId } });
    const params = { teardownId: t.id };
    // One part is missing on some cores; in the tour always the same small one.
    const spare = t.lines.filter((l) => l.policy === 'replace' && l.expectedQty === 1);
    const missing = this.#o.smooth || this.#rng.chance(5) ? spare.at(-1)?.pos : undefined;
    for (const l of t.lines) {
      await dismantler.do(recordLine, {
        params,
        body:
          l.pos === missing
            ? { pos: l.pos, outcome: 'missing' }
            : {
                pos: l.pos,
                outcome: 'found',
                ...(l.policy === 'replace' ? { damages: [{ mode: 'wear' }] } : {}),
              },
      });
    }
    this.#pass(2);
    const done = await dismantler.do(finishTeardown, {
      params,
      body: { residueG: 25, explanation: '铭牌质量与实测之差' },
    });
    await this.#tell(
      'dismantle',
      `拆解完成：${done.lines.length} 个位置${missing ? '，缺 1 件' : ''}，质量差 ${done.balance.differencePct.toFixed(1)} %`,
      `torn down: ${done.lines.length} positions${missing ? ', one missing' : ''}, mass difference ${done.balance.differencePct.toFixed(1)} %`,
      done.core.epc,
    );
    const policy = new Map(done.lines.map((l) => [l.part.id, l.policy]));
    for (const c of await this.#components(coreId, 'found')) {
      if (policy.get(c.part.id) !== 'replace') continue;
      await dismantler.do(scrapComponent, {
        params: { componentId: c.id },
        body: { reason: '必换件' },
      });
    }
  }

  async #components(coreId: string, state: 'found' | 'cleaned' | 'restore' | 'reuse') {
    const page = await this.#w.people.dismantler.do(listComponents, {
      query: { coreId, state, limit: 200 },
    });
    return page.items;
  }

  async #clean(coreId: string): Promise<void> {
    const { dismantler } = this.#w.people;
    const components = await this.#components(coreId, 'found');
    this.#pass(5);
    const batch = await dismantler.do(startCleaning, {
      body: {
        method: 'CLN-US',
        machine: 'CL-04',
        componentIds: components.map((c) => c.id),
        parameters: { frequency: '28', temperature: '62', time: '8' },
      },
    });
    this.#pass(8);
    await dismantler.do(finishCleaning, {
      params: { batchId: batch.id },
      body: { result: 'good', consumption: { waterL: '1.8', energyKwh: '0.6' } },
    });
    await this.#tell(
      'clean',
      `清洗 ${components.length} 批件合格`,
      `${components.length} parts and lots cleaned`,
      components[0]?.epc,
    );
  }

  async #inspectAll(coreId: string): Promise<void> {
    const components = await this.#components(coreId, 'cleaned');
    for (const c of components) {
      this.#pass(1);
      await this.#inspect(c.id, this.#fate(c.pos));
    }
    const restore = await this.#components(coreId, 'restore');
    await this.#tell(
      'inspect',
      `检测判定：${restore.length} 件待修复`,
      `inspected and decided: ${restore.length} to be restored`,
      restore[0]?.epc ?? components[0]?.epc,
    );
    for (const c of restore) {
      this.#pass(2);
      if (await this.#restore(c.id)) await this.#inspect(c.id, 'good');
    }
    if (restore[0])
      await this.#tell(
        'restore',
        '修复完成并复检合格',
        'restored and inspected again',
        restore[0].epc,
      );
  }

  /** When all goes well, the commutator and the clutch are worn and both can be restored. */
  #fate(pos: number | undefined): 'good' | 'worn' {
    if (this.#o.smooth) return pos === 30 || pos === 70 ? 'worn' : 'good';
    return this.#rng.chance(38) ? 'worn' : 'good';
  }

  /** Measures what the grid asks for; a worn part has one characteristic out of limits. */
  async #inspect(componentId: string, fate: 'good' | 'worn'): Promise<void> {
    const { inspector } = this.#w.people;
    const i = await inspector.do(startInspection, { body: { componentId } });
    const params = { inspectionId: i.id };
    const bad = fate === 'worn' ? i.rows[0]?.id : undefined;
    const values = [];
    for (const r of i.rows) {
      values.push({
        characteristicId: r.id,
        value: reading(r.unit, r.limits, r.id !== bad, this.#rng),
        unit: r.unit,
        ...(r.instrumentKind ? { instrumentId: await this.#w.instrument(r.instrumentKind) } : {}),
      });
    }
    let now =
      values.length > 0 ? await inspector.do(recordMeasurements, { params, body: { values } }) : i;
    if (values.length === 0 && fate === 'worn') {
      now = await inspector.do(recordVisual, { params, body: { good: false, note: '磨损' } });
    }
    await inspector.do(decideDisposition, {
      params,
      body: { disposition: now.proposal.disposition },
    });
  }

  /** Works off a restore order; false when the part ended as scrap. */
  async #restore(componentId: string): Promise<boolean> {
    const { planner, machinist } = this.#w.people;
    const order = await planner.do(releaseRestore, { body: { componentId } });
    for (const op of order.operations) {
      await this.#operate(machinist, op.id, op.stdSeconds);
    }
    const after = await planner.do(getOrder, { params: { orderId: order.id } });
    return after.state === 'done';
  }

  async #operate(who: Person, operationId: string, stdSeconds = 60): Promise<void> {
    const params = { operationId };
    await who.do(startOperation, { params, body: {} });
    this.#pass(Math.max(1, (stdSeconds * this.#rng.between(0.9, 1.3)) / 60));
    await who.do(finishOperation, { params, body: { energyKwh: OPERATION_KWH } });
  }

  // ── reassemble → test → certify ────────────────────────────────────────

  async #assemble(coreId: string) {
    const { planner, assembler } = this.#w.people;
    const order = await planner.do(releaseAssembly, {
      body: { partId: await this.#w.partId(this.#o.product) },
    });
    const own = await this.#components(coreId, 'reuse');
    const params = { orderId: order.id };
    for (const s of order.slots) {
      let missing = s.qty;
      for (const c of own.filter((x) => x.part.id === s.part.id)) {
        if (missing === 0) break;
        await assembler.do(fillSlot, { params, body: { pos: s.pos, componentId: c.id } });
        missing -= Math.min(missing, c.qty);
      }
      if (missing > 0) {
        const newLot = `N-${s.pos}-${this.#o.start ? this.#o.start.toISOString().slice(0, 7) : 'NEW'}`;
        await assembler.do(fillSlot, { params, body: { pos: s.pos, newLot, qty: missing } });
      }
    }
    for (const op of order.operations.filter((x) => !AFTER_TEST.has(x.stationKind))) {
      if (op.stationKind !== 'assembly') {
        await this.#operate(this.#w.people.machinist, op.id, op.stdSeconds);
        continue;
      }
      const operation = { operationId: op.id };
      await assembler.do(startOperation, { params: operation, body: {} });
      this.#pass(2);
      const torque = reading('N·m', [{ min: '9', max: '11' }], true, this.#rng);
      await assembler.do(finishOperation, {
        params: operation,
        body: {
          values: [
            {
              name: '贯穿螺栓力矩',
              value: torque,
              unit: 'N·m',
              instrumentId: await this.#w.instrument('torque-wrench'),
            },
            { name: '润滑脂', value: '20', unit: 'g' },
          ],
          consumption: [{ name: '润滑脂', quantity: '20', unit: 'GRM' }],
          energyKwh: '0.05',
        },
      });
    }
    const unit = await assembler.do(assembleUnit, { params, body: {} });
    await this.#tell(
      'assemble',
      `总装完成，新身份 ${unit.serial}，第 ${unit.life} 次生命；复用 ${unit.counts.reused} 修复 ${unit.counts.restored} 新件 ${unit.counts.new}`,
      `assembled: new identity ${unit.serial}, life ${unit.life}; reused ${unit.counts.reused}, restored ${unit.counts.restored}, new ${unit.counts.new}`,
      unit.epc,
    );
    return unit;
  }

  async #test(unitId: string): Promise<boolean> {
    const fails = !this.#o.smooth && this.#rng.chance(3.5);
    if (await this.#testOnce(unitId, fails)) return true;
    const { planner, assembler } = this.#w.people;
    this.#pass(20);
    const rework = await planner.do(releaseRework, {
      body: { unitId, instruction: '更换超差件并复装' },
    });
    for (const op of rework.operations) await this.#operate(assembler, op.id, 900);
    return this.#testOnce(unitId, false);
  }

  async #testOnce(unitId: string, fails: boolean): Promise<boolean> {
    const { tester } = this.#w.people;
    this.#pass(3);
    const t = await tester.do(startTest, { body: { unitId } });
    const params = { testId: t.id };
    const bad = fails ? t.rows[0]?.id : undefined;
    const values = [];
    for (const r of t.rows) {
      values.push({
        characteristicId: r.id,
        value: reading(r.unit, r.limits, r.id !== bad, this.#rng),
        unit: r.unit,
        ...(r.instrumentKind ? { instrumentId: await this.#w.instrument(r.instrumentKind) } : {}),
      });
    }
    await tester.do(recordTestValues, { params, body: { values } });
    if (t.needsRunIn)
      await tester.do(recordRunIn, { params, body: { minutes: '1.5', good: true } });
    await tester.do(addCurve, {
      params,
      body: { name: '空载电流', unit: 'A', points: this.#noLoadCurrent() },
    });
    this.#pass(3);
    const decided = await tester.do(decideTest, { params });
    await this.#tell(
      'test',
      `试验${decided.state === 'passed' ? '合格' : '不合格'}（${t.rows.length} 项）`,
      `test ${decided.state} (${t.rows.length} items)`,
      decided.unit.epc,
    );
    return decided.state === 'passed';
  }

  /** Inrush and settling of a starter's no-load current, one reading each 5 ms. */
  #noLoadCurrent(): [number, number][] {
    return Array.from({ length: 400 }, (_, i) => {
      const t = i * 0.005;
      const amps =
        70 + 320 * Math.exp(-t / 0.06) + 3 * Math.sin(t * 300) + this.#rng.between(-1, 1);
      return [Number(t.toFixed(3)), Number(amps.toFixed(1))];
    });
  }

  async #finish(unit: { id: string; epc: string }): Promise<void> {
    const { assembler, planner, quality, warehouse } = this.#w.people;
    const made = await planner.do(getUnitView, { params: { unitId: unit.id } });
    const order = await planner.do(getOrder, { params: { orderId: made.orderId } });
    for (const op of order.operations) {
      if (op.state === 'waiting') await this.#operate(assembler, op.id, op.stdSeconds);
    }
    this.#pass(5);
    const certificate = await quality.do(certifyUnit, { body: { unitId: unit.id } });
    const deadline = Date.now() + 60_000;
    for (;;) {
      const now = await quality.do(getCertificate, { params: { certificateId: certificate.id } });
      if (now.issuedAt) break;
      if (Date.now() > deadline)
        throw new Error(`certificate ${now.code} is not issued after a minute`);
      await new Promise((r) => setTimeout(r, 100));
    }
    await this.#tell(
      'certify',
      `合格证 ${certificate.code}，标签已生成`,
      `certificate ${certificate.code} and label`,
      unit.epc,
    );
    await warehouse.do(releaseUnit, { params: { unitId: unit.id }, body: { place: 'A-01' } });
  }

  // ── sell → deliver → install → core back ───────────────────────────────

  async #sell(unit: { id: string; epc: string; serial: string }): Promise<void> {
    const { sales, warehouse, fleet, receiver } = this.#w.people;
    this.#pass(60);
    const listing = await sales.do(listUnit, {
      body: { unitId: unit.id, priceFen: '26500', goodsClass: 'reman-new', warrantyMonths: 12 },
    });
    await this.#tell(
      'list',
      `上架 ${Number(listing.priceFen) / 100} 元，旧件押金 ${Number(listing.depositFen) / 100} 元`,
      `listed at ${Number(listing.priceFen) / 100} yuan, core deposit ${Number(listing.depositFen) / 100}`,
    );
    if (this.#o.until === 'listed') return;
    this.#pass(60 * 5);
    const order = await fleet.do(placePurchase, {
      body: { listingIds: [listing.id], deliverTo: '石家庄市（演示地址）' },
    });
    const params = { orderId: order.id };
    await sales.do(confirmSale, { params, body: { accept: true } });
    await sales.do(recordPayment, { params, body: { reference: `SIM-${order.code}` } });
    this.#pass(30);
    await warehouse.do(pickOrder, { params, body: { serials: [unit.serial] } });
    await warehouse.do(shipOrder, {
      params,
      body: { carrier: '演示物流', trackingNumber: `SIM${order.code}` },
    });
    await this.#tell(
      'sell',
      `订单 ${order.code}：含押金 ${Number(order.depositFen) / 100} 元，已发货`,
      `order ${order.code} with deposit ${Number(order.depositFen) / 100} yuan, shipped`,
      unit.epc,
    );
    this.#pass(60 * 20);
    await fleet.do(confirmDelivery, { params });
    this.#pass(60 * 2);
    await fleet.do(recordInstallation, {
      params,
      body: { unitId: unit.id, mileageKm: Math.round(this.#rng.between(80_000, 400_000)) },
    });
    await this.#tell('install', '送达并装机，开始服役', 'delivered, installed, in service');
    const photos = await this.#w.photos(fleet);
    const after = await fleet.do(returnCore, {
      params,
      body: { unitId: unit.id, numberSeen: this.#o.oeNumber, photos: [photos.front] },
    });
    const back = after.coreReturns.at(-1);
    if (!back) throw new Error('the core return was just announced');
    this.#pass(60 * 24);
    await receiver.do(receiveCore, {
      params: { coreId: back.coreId },
      body: { massG: this.#coreMass() },
    });
    await this.#grade(back.coreId);
    await this.#settle(back.coreId);
  }

  /** The outbox credits the deposit by the core's grade a moment later; then it is paid out. */
  async #settle(coreId: string): Promise<void> {
    const { sales } = this.#w.people;
    const deadline = Date.now() + 20_000;
    for (;;) {
      const credited = await sales.do(listDeposits, { query: { state: 'credited', limit: 200 } });
      const mine = credited.items.find((d) => d.coreId === coreId);
      if (mine) {
        await sales.do(payOutDeposit, { params: { depositId: mine.id } });
        await this.#tell(
          'settle',
          `旧件 ${mine.coreCode} 定级 ${mine.grade}，押金退还 ${Number(mine.creditedFen) / 100} 元`,
          `core ${mine.coreCode} graded ${mine.grade}: ${Number(mine.creditedFen) / 100} yuan of the deposit paid back`,
        );
        return;
      }
      if (Date.now() > deadline) throw new Error('the deposit was not credited within 20 s');
      await new Promise((r) => setTimeout(r, 100));
    }
  }
}
