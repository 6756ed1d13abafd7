import { bizStep, disposition, transformationEvent } from '@zaizao/epcis';
import { bomOf, dismantleOf, getPart } from '@zaizao/modules/catalog';
import { type CoreRow, moveCore, requireCore } from '@zaizao/modules/cores';
import { record, registerThing } from '@zaizao/modules/ledger';
import { allocateCode, allocateCodes, defaultSite, gs1Prefix } from '@zaizao/modules/parties';
import { requireFile } from '@zaizao/platform/files';
import type { Ctx } from '@zaizao/platform/http';
import { err, newId, ok, type Result } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import {
  dismantlingErrors,
  type finishTeardown,
  type recordLine,
  type startTeardown,
  type TeardownView,
} from '../contract.ts';
import { massBalance } from '../domain/mass-balance.ts';
import { insertComponents, listComponentRows, type NewComponent } from '../repo/component.ts';
import { newestPlan } from '../repo/plan.ts';
import * as repo from '../repo/teardown.ts';
import { planForTeardown, replan } from './plan.ts';

type View = z.input<typeof TeardownView>;

/** Scales of a workshop and dirt on the core: what may stay unaccounted for, percent of its mass. */
const TOLERANCE_PCT = 5;

/** Opens a teardown: the bill of material says what to look for, what is found says the rest. */
export async function start(
  ctx: Ctx,
  input: z.output<(typeof startTeardown)['body']>,
): Promise<Result<View>> {
  const core = await requireCore(ctx, input.coreId, 'graded', 'stocked', 'allocated');
  if (!core.ok) return core;
  const { part_id: partId, part, code } = core.value;
  if (await repo.teardownOfCore(ctx, core.value.id)) {
    return err(dismantlingErrors.TEARDOWN_CORE_BUSY({ code }));
  }
  if (!partId || !part) throw new Error('a graded core has a part');
  const bom = await bomOf(ctx, partId);
  if (!bom.ok) return bom;
  // Consumables of the last assembly (grease, paint) do not come out as parts.
  const items = bom.value.items.filter((i) => i.policy !== 'consumable');
  const reckoned = items.reduce((sum, i) => sum + i.qty * (i.part.massG ?? 0), 0);
  const coreMassG = input.coreMassG ?? core.value.mass_g ?? Math.round(reckoned);
  const removal = await dismantleOf(ctx, partId);
  if (!removal.ok) return removal;
  const streams = new Map(removal.value.removal.map((r) => [r.item, r.stream]));
  const id = newId('tear', ctx.now.getTime());
  await repo.insertTeardown(
    ctx,
    {
      id,
      code: await allocateCode(ctx, 'teardown'),
      core_id: core.value.id,
      core_code: code,
      core_epc: core.value.epc,
      part,
      bom_version: bom.value.version,
      core_mass_g: Math.max(1, coreMassG),
      tolerance_pct: TOLERANCE_PCT,
    },
    items.map((i) => ({
      pos: i.pos,
      part: { id: i.part.id, number: i.part.number, name: i.part.name },
      expected_qty: i.qty,
      policy: i.policy,
      serialised: i.serialised,
      piece_g: i.part.massG ?? 0,
      extra: false,
      stream: streams.get(String(i.pos)) ?? 'parts',
    })),
  );
  await planForTeardown(ctx, core.value, part, id);
  return view(ctx, id);
}

/** A teardown that may still be recorded in; locked until the transaction ends. */
export async function openTeardown(ctx: Ctx, id: string): Promise<Result<repo.TeardownRow>> {
  const t = await repo.findTeardown(ctx, id, true);
  if (!t) return err(dismantlingErrors.TEARDOWN_NOT_FOUND());
  return t.state === 'open' ? ok(t) : err(dismantlingErrors.TEARDOWN_ENDED({ code: t.code }));
}

/** Records what was found at one position; recording it again corrects it. */
export async function recordPosition(
  ctx: Ctx,
  teardownId: string,
  input: z.output<(typeof recordLine)['body']>,
): Promise<Result<View>> {
  const t = await openTeardown(ctx, teardownId);
  if (!t.ok) return t;
  for (const d of input.damages) {
    const file = d.photo ? await requireFile(ctx, d.photo, { image: true }) : ok();
    if (!file.ok) return file;
  }
  const line = await lineFor(ctx, teardownId, input);
  if (!line.ok) return line;
  const { pos, expected_qty: expected, piece_g } = line.value;
  const gone = input.outcome === 'missing' || input.outcome === 'left';
  const foundQty = gone ? 0 : (input.foundQty ?? expected);
  if (foundQty > expected && !line.value.extra) {
    return err(dismantlingErrors.TEARDOWN_QUANTITY({ pos, qty: expected }));
  }
  if (!gone && foundQty === 0) {
    return err(dismantlingErrors.TEARDOWN_QUANTITY({ pos, qty: expected }));
  }
  await repo.saveLine(ctx, teardownId, pos, {
    outcome: input.outcome,
    found_qty: foundQty,
    mass_g: gone ? 0 : (input.massG ?? foundQty * Number(piece_g)),
    mass_measured: !gone && input.massG !== undefined,
    stream: input.stream ?? line.value.stream,
    damages: input.damages,
  });
  await replanAfter(ctx, t.value, line.value, input.outcome);
  return view(ctx, teardownId);
}

type Outcome = repo.LineRow['outcome'];

/** Which outcomes say something that no plan expects. */
const SURPRISING: ReadonlySet<Outcome> = new Set(['missing', 'broken', 'left']);

/** A finding that changes what is known has the plan worked out anew; what was expected does not. */
async function replanAfter(
  ctx: Ctx,
  t: repo.TeardownRow,
  line: repo.LineRow,
  outcome: Outcome,
): Promise<void> {
  if (line.extra || line.outcome === outcome) return;
  if (!SURPRISING.has(outcome) && !SURPRISING.has(line.outcome)) return;
  const at = String(line.pos);
  if (outcome === 'left') {
    const plan = await newestPlan(ctx, { teardownId: t.id });
    // Leaving what the plan leaves too is no news.
    if (plan?.result.fates.find((f) => f.part === at)?.fate === 'leave') return;
  }
  const kind =
    outcome === 'missing' || outcome === 'broken' || outcome === 'left' ? outcome : 'found';
  await replan(ctx, t, { kind, at });
}

async function lineFor(
  ctx: Ctx,
  teardownId: string,
  input: z.output<(typeof recordLine)['body']>,
): Promise<Result<repo.LineRow>> {
  const lines = await repo.linesOf(ctx, teardownId);
  const known = lines.find((l) => l.pos === input.pos);
  if (known) return ok(known);
  if (!input.partId) return err(dismantlingErrors.TEARDOWN_LINE_UNKNOWN({ pos: input.pos }));
  const part = await getPart(ctx, input.partId);
  if (!part.ok) return part;
  const pos = Math.max(9000, ...lines.map((l) => l.pos)) + 1;
  await repo.insertLines(ctx, teardownId, [
    {
      pos,
      part: { id: part.value.id, number: part.value.number, name: part.value.name },
      expected_qty: input.foundQty ?? 1,
      policy: 'extra',
      serialised: false,
      piece_g: part.value.massG ?? 0,
      extra: true,
      stream: 'parts',
    },
  ]);
  const made = (await repo.linesOf(ctx, teardownId)).find((l) => l.pos === pos);
  if (!made) throw new Error('the line was just written');
  return ok(made);
}

/**
 * Ends a teardown: every position answered, the mass closed or explained. The core ceases to be,
 * its components begin; one TransformationEvent says so and its inputs and outputs are the genealogy.
 */
export async function finish(
  ctx: Ctx,
  teardownId: string,
  input: Finishing,
): Promise<Result<View>> {
  const t = await openTeardown(ctx, teardownId);
  if (!t.ok) return t;
  const lines = await repo.linesOf(ctx, teardownId);
  const balanced = mayFinish(ctx, t.value, lines, input);
  if (!balanced.ok) return balanced;
  const core = await moveCore(ctx, t.value.core_id, 'tear-down', { ended_at: ctx.now });
  if (!core.ok) return core;
  const made = await bearComponents(ctx, t.value, core.value, lines);
  if (!made.ok) return made;
  const recorded = await recordEnd(ctx, t.value, lines, made.value, balanced.value, input);
  if (!recorded.ok) return recorded;
  const eventId = recorded.value[0]?.eventId ?? '';
  await repo.endTeardown(ctx, teardownId, {
    residueG: input.residueG,
    explanation: input.explanation ?? null,
    eventId,
  });
  await ctx.publish('dismantling.core-torn-down', t.value.core_id, {
    coreId: t.value.core_id,
    teardownId,
  });
  return view(ctx, teardownId);
}

type Finishing = z.output<(typeof finishTeardown)['body']>;

/** The mass balance of a teardown that may end: nothing pending, closed or explained. */
function mayFinish(
  ctx: Ctx,
  t: repo.TeardownRow,
  lines: readonly repo.LineRow[],
  input: Finishing,
): Result<ReturnType<typeof balanceOf>> {
  const pending = lines.filter((l) => l.outcome === 'pending');
  if (pending.length > 0) {
    const positions = pending.map((l) => `${l.pos} ${l.part.name[ctx.lang]}`).join(', ');
    return err(dismantlingErrors.TEARDOWN_LINES_OPEN({ positions }));
  }
  const b = balanceOf(t, lines, input.residueG);
  if (!b.closes && !input.explanation) {
    return err(
      dismantlingErrors.TEARDOWN_MASS_OPEN({
        core: b.coreG,
        accounted: Math.round(b.accountedG + b.residueG),
        pct: b.differencePct.toFixed(1),
        tolerance: b.tolerancePct,
      }),
    );
  }
  return ok(b);
}

/** Tells the ledger that a core ceased to be, and what came out of it. */
async function recordEnd(
  ctx: Ctx,
  t: repo.TeardownRow,
  lines: readonly repo.LineRow[],
  made: readonly NewComponent[],
  b: ReturnType<typeof balanceOf>,
  input: Finishing,
) {
  const site = await defaultSite(ctx);
  const numbers = (outcome: repo.LineRow['outcome']) =>
    lines.filter((l) => l.outcome === outcome).map((l) => l.part.number);
  return record(ctx, [
    transformationEvent({
      eventTime: ctx.now,
      transformationID: `urn:zaizao:teardown:${t.code}`,
      inputEPCList: [t.core_epc],
      outputEPCList: made.map((c) => c.epc),
      bizStep: bizStep.disassembling,
      disposition: disposition.inProgress,
      readPoint: site.epc,
      bizLocation: site.epc,
      zz: {
        coreMassGram: b.coreG,
        accountedMassGram: b.accountedG,
        residueMassGram: b.residueG,
        missing: numbers('missing').join(' ') || undefined,
        broken: numbers('broken').join(' ') || undefined,
        explanation: input.explanation,
      },
    }),
  ]);
}

async function bearComponents(
  ctx: Ctx,
  t: repo.TeardownRow,
  core: CoreRow,
  lines: readonly repo.LineRow[],
): Promise<Result<NewComponent[]>> {
  const there = lines.filter((l) => l.found_qty > 0);
  const singles = there.flatMap((l) =>
    l.serialised ? Array.from({ length: l.found_qty }, () => ({ l, qty: 1 })) : [],
  );
  const lots = there.filter((l) => !l.serialised).map((l) => ({ l, qty: l.found_qty }));
  const prefix = await gs1Prefix(ctx);
  const codes = [
    ...(await allocateCodes(ctx, 'component', singles.length)),
    ...(await allocateCodes(ctx, 'lot', lots.length)),
  ];
  const made = [...singles, ...lots].map(({ l, qty }, i): NewComponent => {
    const code = codes[i] ?? '';
    return {
      id: newId('comp', ctx.now.getTime()),
      code,
      epc: `https://id.gs1.org/8004/${prefix}${code}`,
      part_id: l.part.id,
      part: l.part,
      pos: l.extra ? null : l.pos,
      teardown_id: t.id,
      core_id: core.id,
      core_code: core.code,
      donor: core.donor,
      qty,
      serialised: l.serialised,
      mass_g: (Number(l.mass_g) * qty) / l.found_qty,
      lives: core.life,
      damages: l.damages,
      stream: l.stream,
      split_from: null,
    };
  });
  await insertComponents(ctx, made);
  for (const c of made) {
    const kind = c.serialised ? 'component' : 'lot';
    const { id: ref, epc, code } = c;
    const named = await registerThing(ctx, { kind, ref, epc, code, name: c.part.name });
    if (!named.ok) return named;
  }
  return ok(made);
}

function balanceOf(t: repo.TeardownRow, lines: readonly repo.LineRow[], residueG: number) {
  const weighed = lines.map((l) => ({ outcome: l.outcome, massG: Number(l.mass_g) }));
  return massBalance(t.core_mass_g, weighed, residueG, Number(t.tolerance_pct));
}

export async function view(ctx: Ctx, teardownId: string): Promise<Result<View>> {
  const t = await repo.findTeardown(ctx, teardownId);
  if (!t) return err(dismantlingErrors.TEARDOWN_NOT_FOUND());
  const lines = await repo.linesOf(ctx, teardownId);
  const components =
    t.state === 'finished' ? await listComponentRows(ctx, { coreId: t.core_id, limit: 500 }) : [];
  const streams = new Map<View['streams'][number]['stream'], number>();
  for (const l of lines) {
    if (l.found_qty > 0) streams.set(l.stream, (streams.get(l.stream) ?? 0) + Number(l.mass_g));
  }
  return ok({
    id: t.id,
    code: t.code,
    state: t.state,
    core: { id: t.core_id, code: t.core_code, epc: t.core_epc, part: t.part },
    lines: lines.map((l) => ({
      pos: l.pos,
      part: l.part,
      expectedQty: l.expected_qty,
      policy: l.policy,
      serialised: l.serialised,
      outcome: l.outcome,
      foundQty: l.found_qty,
      massG: Number(l.mass_g),
      massMeasured: l.mass_measured,
      pieceG: Number(l.piece_g),
      extra: l.extra,
      stream: l.stream,
      damages: l.damages,
      components: components
        .filter((c) => c.part_id === l.part.id && (c.pos ?? l.pos) === l.pos)
        .map((c) => ({ id: c.id, code: c.code, qty: c.qty })),
    })),
    balance: balanceOf(t, lines, Number(t.residue_g)),
    streams: [...streams].map(([stream, massG]) => ({ stream, massG })),
    ...(t.event_id ? { eventId: t.event_id } : {}),
    ...(t.explanation ? { explanation: t.explanation } : {}),
    startedAt: t.started_at.toISOString(),
    ...(t.finished_at ? { finishedAt: t.finished_at.toISOString() } : {}),
    version: t.version,
  });
}
