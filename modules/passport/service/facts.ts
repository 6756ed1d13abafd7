import { getPart, programmeFor } from '@zaizao/modules/catalog';
import { getComponent } from '@zaizao/modules/dismantling';
import { disclosuresOf } from '@zaizao/modules/ledger';
import { todayOf } from '@zaizao/modules/parties';
import { asBuiltOf, type Unit } from '@zaizao/modules/production';
import { certificateOf, testsOf } from '@zaizao/modules/quality';
import type { Ctx } from '@zaizao/platform/http';
import { ok, type Result } from '@zaizao/platform/kernel';
import type { PassportFacts, PassportStatus } from '../contract.ts';
import { stepName } from '../domain/audience.ts';
import { savingsOf } from '../domain/savings.ts';
import { livesOf } from './lives.ts';
import { warrantyOf } from './warranty.ts';

/** Everything that is signed of a unit, read through the doors of the modules that own it. */
export async function factsOf(ctx: Ctx, unit: Unit): Promise<Result<PassportFacts>> {
  const part = await getPart(ctx, unit.part_id);
  if (!part.ok) return part;
  const made = await madeOf(ctx, unit);
  const test = await testOf(ctx, unit.id);
  const certificate = await certificateFacts(ctx, unit.id);
  const warranty = await warrantyOf(ctx, unit.id);
  return ok({
    epc: unit.epc,
    serial: unit.serial,
    product: {
      number: part.value.number,
      name: part.value.name,
      family: part.value.family,
      ...(part.value.gtin ? { gtin: part.value.gtin } : {}),
    },
    maker: { id: ctx.org.id, name: ctx.org.name },
    life: unit.life,
    bornAt: unit.assembled_at.toISOString(),
    lives: await livesOf(ctx, unit),
    made: made.facts,
    work: await workOf(ctx, made.restored),
    ...(test ? { test } : {}),
    ...(certificate ? { certificate } : {}),
    ...(warranty ? { warranty } : {}),
    savings: savingsOf(part.value.family, made.facts.keptG),
    simulated: ctx.org.simulated,
  });
}

type AsBuilt = Awaited<ReturnType<typeof asBuiltOf>>;

async function madeOf(ctx: Ctx, unit: Unit) {
  const pieces = await asBuiltOf(ctx, unit);
  const count = (origin: string) =>
    pieces.reduce((n, p) => n + (p.origin === origin ? p.qty : 0), 0);
  const keptG = pieces.reduce((n, p) => n + (p.origin === 'new' ? 0 : p.massG), 0);
  const facts: PassportFacts['made'] = {
    massG: Number(unit.mass_g),
    keptG,
    counts: { reused: count('reused'), restored: count('restored'), new: count('new') },
    parts: pieces.map(({ pos, part, origin, qty, massG }) => ({
      pos,
      number: part.number,
      name: part.name,
      origin,
      qty,
      massG,
    })),
  };
  return { facts, restored: pieces.filter(({ origin }) => origin === 'restored') };
}

/** What was done to each restored component, by its own events. */
async function workOf(ctx: Ctx, restored: AsBuilt): Promise<PassportFacts['work']> {
  const work: PassportFacts['work'] = [];
  for (const piece of restored) {
    if (!piece.componentId) continue;
    const component = await getComponent(ctx, piece.componentId);
    if (!component.ok) continue;
    for (const { event } of await disclosuresOf(ctx, component.value.epc)) {
      // Cleaning is a repairing step of the CBV too: the process tells them apart.
      if (stepName(event.bizStep) !== 'repairing' || event['zz:process'] !== 'restoring') continue;
      work.push({
        name: piece.part.name,
        code: component.value.code,
        at: event.eventTime,
        operations: operationsIn(event['zz:operations']),
      });
    }
  }
  return work;
}

/** Codes of the finished operations out of `30 TURN R-05 done`. */
function operationsIn(operations: unknown): string[] {
  const all = Array.isArray(operations) ? operations : [operations];
  return all
    .filter((o): o is string => typeof o === 'string' && o.endsWith(' done'))
    .map((o) => o.replace(/^\d+ /, '').replace(/ done$/, ''));
}

/** The newest decided test; the customer behind a customer's limit is not named. */
async function testOf(ctx: Ctx, unitId: string): Promise<PassportFacts['test']> {
  const decided = (await testsOf(ctx, unitId)).find(
    ({ state }) => state === 'passed' || state === 'failed',
  );
  if (!decided) return undefined;
  return {
    code: decided.code,
    passed: decided.state === 'passed',
    concession: decided.concession !== undefined,
    ...(decided.decidedAt ? { decidedAt: decided.decidedAt } : {}),
    results: decided.rows.flatMap((row) =>
      row.value === undefined || row.verdict === undefined
        ? []
        : {
            code: row.code,
            name: row.name,
            unit: row.unit,
            value: row.value,
            verdict: row.verdict,
            limits: row.limits.map(({ level, min, max, version, source, pass }) => ({
              level,
              ...(min === undefined ? {} : { min }),
              ...(max === undefined ? {} : { max }),
              version,
              source,
              pass: pass ?? false,
            })),
          },
    ),
  };
}

async function certificateFacts(ctx: Ctx, unitId: string): Promise<PassportFacts['certificate']> {
  const certificate = await certificateOf(ctx, unitId);
  if (!certificate?.issuedAt || !certificate.sha256 || !certificate.url) return undefined;
  const { code, issuedAt, sha256, url } = certificate;
  return { code, issuedAt, sha256, url: new URL(url, ctx.app.config.publicUrl).href };
}

/** How the product comes home when it is worn, by the programme of today. */
export async function giveBackOf(ctx: Ctx, partId: string): Promise<PassportStatus['giveBack']> {
  const programme = await programmeFor(ctx, partId, await todayOf(ctx));
  if (!programme.ok) return undefined;
  const { depositFen, windowDays, startEvent, grades } = programme.value;
  return {
    depositFen: String(depositFen),
    windowDays,
    startEvent,
    grades: (['A', 'B', 'C', 'R'] as const).map((grade) => ({
      grade,
      text: grades[grade].text,
      pct: grades[grade].pct,
    })),
  };
}
