import { readFile } from 'node:fs/promises';
import { httpErrors } from '@zaizao/platform/contract';
import { cutPage, decodeCursor, literally } from '@zaizao/platform/db';
import { publicRoute, type Route, route } from '@zaizao/platform/http';
import { DEFAULT_ZONE, dayIn, err, ok, type Result, text } from '@zaizao/platform/kernel';
import * as c from './contract.ts';
import { isDecimal } from './domain/decimal.ts';
import { gaugeLimits, totalFlowArea } from './domain/drill-bit.ts';
import { mileageGrade } from './domain/grade.ts';
import { judge } from './domain/judge.ts';
import { normaliseNumber } from './domain/number.ts';
import * as vocabulary from './domain/vocabulary.ts';
import { factsAfter, importsBefore, sourcesAfter } from './repo/import.ts';
import { partsAfter } from './repo/part.ts';
import { findProgramme, noticesOn } from './repo/programme.ts';
import { dismantleOf, setJoinsOf, setRemovalOf } from './service/dismantle.ts';
import * as parts from './service/edit-part.ts';
import * as rules from './service/edit-rules.ts';
import { exportWorkbook, startExportJob } from './service/export.ts';
import * as imports from './service/import.ts';
import * as read from './service/read.ts';
import * as views from './service/views.ts';
import { DEMO_PLANTS, demoWorkbookPath } from './workbook/demo-plants.ts';
import { noRows } from './workbook/sheets.ts';
import { writeWorkbook } from './workbook/write-xlsx.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The sort key in a cursor: texts, or undefined on the first page. */
function textKey(cursor: string | undefined, n: number): Result<string[] | undefined> {
  if (cursor === undefined) return ok(undefined);
  const texts = decodeCursor(cursor)?.filter((k) => typeof k === 'string');
  return texts?.length === n ? ok(texts) : err(httpErrors.CURSOR_INVALID());
}

const partRoutes: readonly Route[] = [
  route(c.listParts, async (ctx, { query }) => {
    const key = textKey(query.cursor, 2);
    if (!key.ok) return key;
    const after = key.value ? ([key.value[0] ?? '', key.value[1] ?? ''] as const) : undefined;
    const norm = literally(normaliseNumber(query.q ?? ''));
    const rows = await partsAfter(ctx, query, norm, after, query.limit);
    const cut = cutPage(rows, query.limit, (r) => [r.number, r.id]);
    return ok({ ...cut, items: cut.items.map((r) => views.partView(read.partType(r))) });
  }),
  route(c.addPart, async (ctx, { body }) => {
    const made = await parts.addPartOf(ctx, body);
    return made.ok ? onePart(ctx, made.value) : made;
  }),
  route(c.readPart, (ctx, { params }) => onePart(ctx, params.partId)),
  route(c.editPart, async (ctx, { params, version, body }) => {
    const done = await parts.editPartOf(ctx, params.partId, version, body);
    return done.ok ? onePart(ctx, done.value) : done;
  }),
  route(c.getInterchange, (ctx, { params }) => views.interchangeView(ctx, params.partId)),
  route(c.setNumbers, async (ctx, { params, version, body }) => {
    const done = await parts.setNumbersOf(ctx, params.partId, version, body);
    return done.ok ? onePart(ctx, done.value) : done;
  }),
  route(c.putLink, async (ctx, { body }) => {
    const done = await parts.putLinkOf(ctx, body);
    return done.ok ? ok(body) : done;
  }),
  route(c.removeLink, (ctx, { body }) => parts.removeLinkOf(ctx, body)),
  route(c.findCandidates, async (ctx, { query }) => {
    const found = await read.candidatesFor(ctx, query.number);
    return ok({ items: found.map((x) => ({ ...x, part: views.partView(x.part) })) });
  }),
  route(c.getVocabulary, async () =>
    ok({
      families: [...vocabulary.productFamilies()],
      methods: vocabulary
        .methodMaster()
        .map((m) => ({ ...m, parameters: m.parameters.map((p) => ({ ...p })) })),
      damageModes: [...vocabulary.defectCodes()],
      goodsClasses: vocabulary.GOODS_CLASSES,
      partSources: vocabulary.PART_SOURCES,
      fourR: vocabulary.FOUR_R,
    }),
  ),
  route(c.listFacts, async (ctx, { query }) => {
    const key = textKey(query.cursor, 1);
    if (!key.ok) return key;
    const cut = cutPage(await factsAfter(ctx, key.value?.[0], query.limit), query.limit, (r) => [
      r.key,
    ]);
    const items = cut.items.map(({ key, name_zh, name_en, value, unit, basis }) => ({
      ...{ key, name: text(name_zh, name_en), value, unit, basis },
    }));
    return ok({ ...cut, items });
  }),
  route(c.listSources, async (ctx, { query }) => {
    const key = textKey(query.cursor, 1);
    if (!key.ok) return key;
    const rows = await sourcesAfter(ctx, key.value?.[0], query.limit);
    const cut = cutPage(rows, query.limit, (r) => [r.key]);
    return ok({ ...cut, items: cut.items.map(({ key, reference }) => ({ key, reference })) });
  }),
  route(c.gradeByMileage, async (_ctx, { query }) =>
    ok({
      grade: mileageGrade(query.miles, query.years),
      rule: text(
        'A：不超过 6 万英里，或每年不超过 1.5 万英里；C：超过 20 万英里；其余 B。',
        'A: up to 60,000 miles, or up to 15,000 a year; C: above 200,000; B between.',
      ),
    }),
  ),
  route(c.getDrillBitGauge, async (_ctx, { query }) => {
    const nozzles = query.nozzles?.split(',').map(Number);
    return ok({
      ...gaugeLimits(query.size),
      unit: 'in' as const,
      source: 'API Spec 7-2, fixed-cutter bits',
      ...(nozzles ? { flowAreaIn2: totalFlowArea(nozzles) } : {}),
    });
  }),
];

async function onePart(ctx: Parameters<typeof read.getPart>[0], partId: string) {
  const part = await read.getPart(ctx, partId);
  return part.ok ? ok(views.partView(part.value)) : part;
}

type Ctx = Parameters<typeof read.getPart>[0];

async function oneBom(ctx: Ctx, partId: string, version?: number) {
  const bom = await read.bomOf(ctx, partId, version);
  return bom.ok ? ok(await views.bomView(ctx, bom.value)) : bom;
}

async function oneRoute(ctx: Ctx, partId: string, version?: number) {
  const found = await read.routeOf(ctx, partId, version);
  return found.ok ? ok(await views.routeView(ctx, found.value)) : found;
}

async function oneProgramme(ctx: Ctx, programmeId: string) {
  const row = await findProgramme(ctx, programmeId);
  const all = row ? await views.programmeViews(ctx, row.part_id) : [];
  const found = all.find((p) => p.id === programmeId);
  return found ? ok(found) : err(c.catalogErrors.PART_NOT_FOUND());
}

const planRoutes: readonly Route[] = [
  route(c.getBom, (ctx, { params, query }) => oneBom(ctx, params.partId, query.version)),
  route(c.setBom, async (ctx, { params, version, body }) => {
    const done = await parts.setBomOf(ctx, params.partId, version, body);
    return done.ok ? oneBom(ctx, params.partId) : done;
  }),
  route(c.getRoute, (ctx, { params, query }) => oneRoute(ctx, params.partId, query.version)),
  route(c.setRoute, async (ctx, { params, version, body }) => {
    const done = await parts.setRouteOf(ctx, params.partId, version, body);
    return done.ok ? oneRoute(ctx, params.partId) : done;
  }),
  route(c.getDismantle, (ctx, { params }) => dismantleOf(ctx, params.partId)),
  route(c.setJoins, async (ctx, { params, version, body }) => {
    const done = await setJoinsOf(ctx, params.partId, version, body);
    return done.ok ? dismantleOf(ctx, params.partId) : done;
  }),
  route(c.setRemoval, async (ctx, { params, version, body }) => {
    const done = await setRemovalOf(ctx, params.partId, version, body);
    return done.ok ? dismantleOf(ctx, params.partId) : done;
  }),
  route(c.listCharacteristics, async (ctx, { params, query }) => {
    const items = await views.characteristicViews(ctx, params.partId, query.day);
    return items.ok ? ok({ items: items.value }) : items;
  }),
  route(c.addCharacteristic, async (ctx, { params, body }) => {
    const made = await rules.addCharacteristicOf(ctx, params.partId, body);
    return made.ok ? views.oneCharacteristic(ctx, made.value) : made;
  }),
  route(c.editCharacteristic, async (ctx, { params, version, body }) => {
    const done = await rules.editCharacteristicOf(ctx, params.characteristicId, version, body);
    return done.ok ? views.oneCharacteristic(ctx, done.value) : done;
  }),
  route(c.addLimit, async (ctx, { params, body }) => {
    const done = await rules.addLimitOf(ctx, params.characteristicId, body);
    return done.ok ? views.oneCharacteristic(ctx, done.value) : done;
  }),
  route(c.judgeValue, async (ctx, { params, query }) => {
    const { value, customer } = query;
    if (!isDecimal(value)) return err(c.catalogErrors.VALUE_NOT_DECIMAL({ value }));
    const found = await read.getCharacteristic(ctx, params.characteristicId, query.day);
    if (!found.ok) return found;
    const { levels, ...rest } = judge(value, found.value.limits, customer ? { customer } : {});
    return ok({ ...rest, levels: [...levels] });
  }),
  route(c.listProgrammes, async (ctx, { params }) => {
    const part = await read.getPart(ctx, params.partId);
    return part.ok ? ok({ items: await views.programmeViews(ctx, params.partId) }) : part;
  }),
  route(c.publishProgramme, async (ctx, { params, body }) => {
    const made = await rules.publishProgrammeOf(ctx, params.partId, body);
    return made.ok ? oneProgramme(ctx, made.value) : made;
  }),
  publicRoute(c.listNotices, async (ctx, { query }) => {
    const key = textKey(query.cursor, 1);
    if (!key.ok) return key;
    const filter = {
      day: dayIn(DEFAULT_ZONE, ctx.now),
      norm: query.number === undefined ? undefined : normaliseNumber(query.number),
      family: query.family,
    };
    const rows = await noticesOn(ctx, filter, key.value?.[0], query.limit);
    const cut = cutPage(rows, query.limit, (r) => [r.programme_id]);
    return ok({ ...cut, items: cut.items.map(views.noticeView) });
  }),
  route(c.listDefects, async (ctx, { params }) => {
    const part = await read.getPart(ctx, params.partId);
    return part.ok ? ok({ items: await read.defectsOf(ctx, params.partId) }) : part;
  }),
  route(c.putDefect, (ctx, { params, body }) => rules.putDefectOf(ctx, params.partId, body)),
  route(c.listPrices, async (ctx, { params }) => {
    const part = await read.getPart(ctx, params.partId);
    if (!part.ok) return part;
    const prices = await read.priceHistory(ctx, params.partId);
    return ok({ items: prices.map((p) => ({ ...p, fen: String(p.fen) })) });
  }),
  route(c.setPrice, (ctx, { params, body }) => rules.setPriceOf(ctx, params.partId, body)),
];

const importRoutes: readonly Route[] = [
  route(c.startImport, (ctx, { file }) => imports.startImportOf(ctx, file)),
  route(c.listImports, async (ctx, { query }) => {
    const before = query.cursor === undefined ? undefined : decodeCursor(query.cursor)?.[0];
    if (query.cursor !== undefined && typeof before !== 'number') {
      return err(httpErrors.CURSOR_INVALID());
    }
    const rows = await importsBefore(
      ctx,
      before === undefined ? before : Number(before),
      query.limit,
    );
    const cut = cutPage(rows, query.limit, (r) => [r.no]);
    return ok({ ...cut, items: cut.items.map(imports.importView) });
  }),
  route(c.getImport, (ctx, { params }) => imports.readImport(ctx, params.importId)),
  route(c.commitImport, (ctx, { params }) => imports.commitImportOf(ctx, params.importId)),
  route(c.discardImport, (ctx, { params }) => imports.discardImportOf(ctx, params.importId)),
  route(c.getTemplate, async () => {
    const body = await writeWorkbook(noRows(), 'all');
    return ok({ mediaType: XLSX, body, fileName: 'zaizao-catalogue-template.xlsx' });
  }),
  route(c.exportCatalogue, async (ctx, { query }) => {
    const bytes = await exportWorkbook(ctx, query.partId);
    if (!bytes.ok) return bytes;
    return ok({ mediaType: XLSX, body: bytes.value, fileName: 'zaizao-catalogue.xlsx' });
  }),
  route(c.startExport, async (ctx) => ok({ jobId: await startExportJob(ctx) })),
  route(c.listDemoPlants, async () =>
    ok({ items: DEMO_PLANTS.map(({ plant, name }) => ({ plant, name })) }),
  ),
  route(c.getDemoWorkbook, async (_ctx, { params }) => {
    const plant = DEMO_PLANTS.find((p) => p.plant === params.plant);
    if (!plant) return err(c.catalogErrors.DEMO_PLANT_NOT_FOUND());
    const body = new Uint8Array(await readFile(demoWorkbookPath(plant)));
    return ok({ mediaType: XLSX, body, fileName: `${plant.file}.xlsx` });
  }),
];

export const routes: readonly Route[] = [...partRoutes, ...planRoutes, ...importRoutes];
