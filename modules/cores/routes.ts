import {
  criterionSamples,
  getParts,
  getProgramme,
  type Programme,
  productFamilies,
} from '@zaizao/modules/catalog';
import { organisationOf, partnerNames } from '@zaizao/modules/parties';
import { cutPage } from '@zaizao/platform/db';
import { type Ctx, type Route, route } from '@zaizao/platform/http';
import { dayIn, ok, type Result, weeksTo } from '@zaizao/platform/kernel';
import * as c from './contract.ts';
import {
  type CoreRow,
  figuresRow,
  findValuation,
  listCoreRows,
  listOfferRows,
  stockRows,
  supplierRows,
} from './repo.ts';
import { receivedByWeek } from './repo-figures.ts';
import { listPickUpRows } from './repo-pick-up.ts';
import { getCore } from './service/door.ts';
import { giveCreditOnce, gradeByCriteria } from './service/grading.ts';
import { answerQuote, dispute, handOverOffer } from './service/offers.ts';
import * as pickUps from './service/pick-ups.ts';
import {
  previewElsewhere,
  previewOffers,
  quoteForSupplier,
  requestQuoteFrom,
} from './service/quotes.ts';
import { collect, confirmPart, receiveQuoted, receiveUnannounced } from './service/receiving.ts';
import { recognise, recognitionOf } from './service/recognition.ts';
import { moveStock } from './service/stock.ts';
import { coreView, coreViews, gradingViews } from './service/views.ts';

async function shown(ctx: Ctx, row: Result<CoreRow>) {
  return row.ok ? ok(await coreView(ctx, row.value)) : row;
}

/** The questions of a programme, each with its sample pictures. */
async function questionsOf(ctx: Ctx, programme: Programme) {
  const all = await criterionSamples(ctx, programme.partId, programme.code);
  const samples = Map.groupBy(all, (s) => s.criterion);
  return programme.criteria.map(({ code, text }) => ({
    ...{ code, text },
    samples: (samples.get(code) ?? []).map(({ shows, sha256 }) => ({ shows, sha256 })),
  }));
}

export const routes: readonly Route[] = [
  route(c.previewQuote, (ctx, { query }) =>
    query.toOrgId
      ? previewElsewhere(ctx, query.number, query.toOrgId)
      : previewOffers(ctx, query.number),
  ),
  route(c.recognisePhoto, (ctx, { body }) => recognise(ctx, body.photo)),
  route(c.getRecognition, (ctx, { params }) => recognitionOf(ctx, params.photo)),
  route(c.requestQuote, (ctx, { body }) => requestQuoteFrom(ctx, body)),
  route(c.quoteCore, async (ctx, { body }) => shown(ctx, await quoteForSupplier(ctx, body))),
  route(c.listOffers, async (ctx, { query }) => {
    const rows = await listOfferRows(ctx, query);
    const cut = cutPage(rows, query.limit, (r) => [r.id]);
    const views = await coreViews(ctx, cut.items);
    const items = [];
    for (const [i, view] of views.entries()) {
      const buyer = await ctx.app.organisation(cut.items[i]?.org_id ?? 0);
      items.push({ ...view, buyer: buyer?.name ?? '' });
    }
    return ok({ ...cut, items });
  }),
  route(c.acceptQuote, (ctx, { params, body }) => answerQuote(ctx, params.coreId, body)),
  route(c.disputeGrade, (ctx, { params, body }) => dispute(ctx, params.coreId, body.reason)),
  route(c.listCores, async (ctx, { query }) => {
    const { zone } = await organisationOf(ctx);
    const cut = cutPage(await listCoreRows(ctx, query, zone), query.limit, (r) => [r.id]);
    return ok({ ...cut, items: await coreViews(ctx, cut.items) });
  }),
  route(c.coreStock, async (ctx) => {
    const rows = await stockRows(ctx);
    const parts = await getParts(
      ctx,
      rows.map((r) => r.part.id),
    );
    return ok({
      rows: rows.map((r) => ({
        part: r.part,
        family: familyOf(parts.get(r.part.id)?.family),
        grade: r.grade,
        count: r.count,
        creditFen: String(r.credit_fen),
        over30Days: r.over30,
        oldestDays: r.oldest_days,
      })),
    });
  }),
  route(c.supplierQuality, async (ctx) => {
    const rows = await supplierRows(ctx);
    const names = await partnerNames(
      ctx,
      rows.map((r) => r.supplier_id),
    );
    return ok({
      rows: rows.map((r) => ({
        supplier: { id: r.supplier_id, name: names.get(r.supplier_id) ?? r.supplier_id },
        A: r.a,
        B: r.b,
        C: r.c,
        R: r.r,
        disputed: r.disputed,
        creditFen: String(r.credit_fen),
      })),
    });
  }),
  route(c.getCoreView, async (ctx, { params }) => {
    const core = await getCore(ctx, params.coreId);
    if (!core.ok) return core;
    const row = core.value;
    const valuation = await findValuation(ctx, row.id);
    const programme = row.programme_id ? await getProgramme(ctx, row.programme_id) : undefined;
    return ok({
      ...(await coreView(ctx, row)),
      ...(valuation ? { valuation: asValuation(valuation) } : {}),
      criteria: programme?.ok ? await questionsOf(ctx, programme.value) : [],
      gradings: await gradingViews(ctx, row.id),
      ...(row.programme_id ? { programmeId: row.programme_id } : {}),
      ...(row.dispute_reason && row.disputed_at
        ? { dispute: { reason: row.dispute_reason, at: row.disputed_at.toISOString() } }
        : {}),
    });
  }),
  route(c.collectCore, async (ctx, { params, body }) => {
    return shown(ctx, await collect(ctx, params.coreId, body.photos));
  }),
  route(c.askPickUp, (ctx, { body }) => pickUps.ask(ctx, body)),
  route(c.listPickUps, async (ctx, { query }) => {
    const cut = cutPage(await listPickUpRows(ctx, 'asked by us', query), query.limit, (r) => [
      r.id,
    ]);
    return ok({ ...cut, items: cut.items.map(pickUps.pickUpView) });
  }),
  route(c.cancelPickUp, (ctx, { params }) => pickUps.callOff(ctx, params.pickUpId)),
  route(c.listMyPickUps, async (ctx, { query }) => {
    const cut = cutPage(await listPickUpRows(ctx, 'asked of us', query), query.limit, (r) => [
      r.id,
    ]);
    return ok({ ...cut, items: cut.items.map(pickUps.pickUpView) });
  }),
  route(c.confirmPickUp, (ctx, { params, body }) => pickUps.confirm(ctx, params.pickUpId, body)),
  route(c.handOver, (ctx, { params, body }) => handOverOffer(ctx, params.coreId, body.photos)),
  route(c.coresByWeek, async (ctx, { query }) => {
    const { zone } = await organisationOf(ctx);
    const today = dayIn(zone, ctx.now);
    const weeks = weeksTo(today, query.weeks);
    const rows = await receivedByWeek(ctx, { from: weeks[0]?.from, to: today, zone });
    return ok({
      weeks: weeks.map((w) => {
        const mine = rows.filter((r) => r.week === w.from);
        return {
          ...w,
          received: mine.reduce((n, r) => n + r.count, 0),
          grades: mine.flatMap(({ grade, count }) => (grade ? [{ grade, count }] : [])),
        };
      }),
    });
  }),
  route(c.coreFigures, async (ctx) => {
    const { zone } = await organisationOf(ctx);
    const today = dayIn(zone, ctx.now);
    const f = await figuresRow(ctx, today, zone);
    return ok({
      today,
      states: f.states,
      receivedToday: f.received,
      gradedToday: f.graded,
      unpaid: { count: f.unpaid, creditFen: String(f.unpaid_fen) },
    });
  }),
  route(c.receiveCore, async (ctx, { params, body }) =>
    shown(ctx, await receiveQuoted(ctx, params.coreId, body)),
  ),
  route(c.receiveWalkIn, async (ctx, { body }) => shown(ctx, await receiveUnannounced(ctx, body))),
  route(c.identifyCore, async (ctx, { params, body }) =>
    shown(ctx, await confirmPart(ctx, params.coreId, body)),
  ),
  route(c.gradeCore, async (ctx, { params, body }) =>
    shown(ctx, await gradeByCriteria(ctx, params.coreId, body)),
  ),
  route(c.giveCredit, async (ctx, { params }) =>
    shown(ctx, await giveCreditOnce(ctx, params.coreId)),
  ),
  route(c.moveCoreTo, async (ctx, { params, body }) =>
    shown(ctx, await moveStock(ctx, params.coreId, body)),
  ),
];

function familyOf(code: string | undefined) {
  const known = productFamilies().find((f) => f.code === code);
  return { code: code ?? '', name: known?.name ?? { zh: code ?? '', en: code ?? '' } };
}

function asValuation(f: Record<string, string>) {
  const of = (key: string) => f[key] ?? '0';
  return {
    expectedSalesFen: of('expectedSalesFen'),
    expectedMaterialFen: of('expectedMaterialFen'),
    expectedConversionFen: of('expectedConversionFen'),
    expectedScrapFen: of('expectedScrapFen'),
    creditFen: of('creditFen'),
    marginFen: of('marginFen'),
  };
}
