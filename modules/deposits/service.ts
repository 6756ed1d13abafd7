import { getProgramme, programmeFor } from '@zaizao/modules/catalog';
import { creditByDeposit, getCore } from '@zaizao/modules/cores';
import { allocateCode, todayOf } from '@zaizao/modules/parties';
import type { Ctx, OrgRef } from '@zaizao/platform/http';
import { err, newId, ok, type Result, type Text, text } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import { type DepositView, depositErrors } from './contract.ts';
import { type DepositEvent, type DepositState, depositMachine } from './domain/machine.ts';
import { lastDay, type Split, splitDeposit } from './domain/settlement.ts';
import * as repo from './repo.ts';

type View = z.input<typeof DepositView>;

/** The accounts; a customer's receivable is one account per partner. */
const LIABILITY = 'core-deposit-liability';
const KEPT = 'core-deposit-forfeited';
const BANK = 'bank';
const receivable = (customerId: string) => `receivable:${customerId}`;

/** The partner whose receivable an account is. */
export function customerOfAccount(account: string): string | undefined {
  return account.startsWith('receivable:') ? account.slice('receivable:'.length) : undefined;
}

const STATES: Record<DepositState, Text> = {
  charged: text('已收取', 'charged'),
  due: text('待退旧件', 'due'),
  received: text('旧件已收', 'core received'),
  credited: text('已核定', 'credited'),
  settled: text('已退还', 'settled'),
  forfeited: text('已没收', 'forfeited'),
  cancelled: text('已取消', 'cancelled'),
};

async function move(
  ctx: Ctx,
  d: repo.DepositRow,
  event: DepositEvent,
  set: Parameters<typeof repo.updateDeposit>[3] = {},
): Promise<Result<repo.DepositRow>> {
  const refusal = () =>
    err(depositErrors.DEPOSIT_STATE({ code: d.code, state: STATES[d.state][ctx.lang] }));
  const to = depositMachine.next(d.state, event);
  if (!to) return refusal();
  const moved = await repo.updateDeposit(ctx, d.id, d.state, { ...set, state: to });
  return moved ? ok(moved) : refusal();
}

export interface Charge {
  readonly customer: {
    readonly id: string;
    readonly name: string;
    readonly org: OrgRef | undefined;
  };
  readonly order: { readonly id: string; readonly code: string };
  readonly unitEpc: string;
  readonly part: { readonly id: string; readonly number: string; readonly name: Text };
  readonly amountFen: bigint;
  readonly programmeId: string;
}

/** Charges a core deposit with a sale: the customer owes it, and it is a liability of ours. */
export async function charge(ctx: Ctx, c: Charge): Promise<Result<repo.DepositRow>> {
  const deposit = await repo.insertDeposit(ctx, {
    id: newId('dep', ctx.now.getTime()),
    code: await allocateCode(ctx, 'deposit'),
    customer_id: c.customer.id,
    customer_name: c.customer.name,
    customer_org: c.customer.org?.no ?? null,
    seller_name: ctx.org.name,
    order_id: c.order.id,
    order_code: c.order.code,
    unit_epc: c.unitEpc,
    part_id: c.part.id,
    part: c.part,
    amount_fen: c.amountFen,
    programme_id: c.programmeId,
  });
  await repo.post(ctx, {
    deposit_id: deposit.id,
    kind: 'charge',
    debit: receivable(c.customer.id),
    credit: LIABILITY,
    amount_fen: c.amountFen,
  });
  await ctx.publish('deposits.deposit-charged', deposit.id, { depositId: deposit.id });
  return ok(deposit);
}

/** The customer has paid an order: nothing of its deposits is owed any more. Told twice, it is posted once. */
export async function payInOfOrder(ctx: Ctx, orderId: string): Promise<Result<undefined>> {
  for (const d of await repo.depositsOfOrder(ctx, orderId)) {
    const before = await repo.postingsOf(ctx, d.id);
    if (d.state === 'cancelled' || before.some((p) => p.kind === 'pay-in')) continue;
    await repo.post(ctx, {
      deposit_id: d.id,
      kind: 'pay-in',
      debit: BANK,
      credit: receivable(d.customer_id),
      amount_fen: d.amount_fen,
    });
  }
  return ok(undefined);
}

/** The goods arrived: the window of every deposit of the order begins. */
export async function startWindow(
  ctx: Ctx,
  orderId: string,
  startDay: string,
): Promise<Result<undefined>> {
  for (const d of await repo.depositsOfOrder(ctx, orderId)) {
    if (d.state !== 'charged') continue;
    const programme = await getProgramme(ctx, d.programme_id);
    if (!programme.ok) return programme;
    const { windowDays, startEvent } = programme.value;
    const due_day = lastDay(startDay, windowDays, startEvent === 'month-end');
    const moved = await move(ctx, d, 'deliver', { due_day });
    if (!moved.ok) return moved;
  }
  return ok(undefined);
}

/** An order is undone before delivery: its deposits are given back in full. */
export async function cancelOfOrder(ctx: Ctx, orderId: string): Promise<Result<undefined>> {
  for (const d of await repo.depositsOfOrder(ctx, orderId)) {
    const moved = await move(ctx, d, 'cancel');
    if (!moved.ok) return moved;
    await repo.post(ctx, {
      deposit_id: d.id,
      kind: 'cancel',
      debit: LIABILITY,
      credit: receivable(d.customer_id),
      amount_fen: d.amount_fen,
    });
  }
  return ok(undefined);
}

/**
 * Matches a core that a customer sends back to the oldest open deposit for that part (first in,
 * first out). A core matches one deposit, a deposit one core; the database holds both to it.
 */
export async function matchReturn(
  ctx: Ctx,
  r: { coreId: string; customerId: string; partId: string },
): Promise<Result<repo.DepositRow>> {
  if (await repo.depositOfCore(ctx, r.coreId)) return err(depositErrors.DEPOSIT_ALREADY_SETTLED());
  const open = await repo.oldestOpen(ctx, r.customerId, r.partId, await todayOf(ctx));
  if (!open) return err(depositErrors.DEPOSIT_NONE_OPEN());
  // what the deposit gives back is not paid for the core as well
  const core = await creditByDeposit(ctx, r.coreId);
  if (!core.ok) return core;
  const matched = await move(ctx, open, 'receive', {
    core_id: r.coreId,
    core_code: core.value.code,
  });
  if (!matched.ok || !core.value.grade) return matched;
  const credited = await creditByGrade(ctx, r.coreId); // graded before it was matched
  if (!credited.ok) return credited;
  return ok((await repo.findDeposit(ctx, open.id)) ?? matched.value);
}

/**
 * The matched core is graded: its grade's percentage of the deposit is the customer's again. Graded
 * anew after a dispute, the difference is posted as a correction; hearing of a grade twice changes nothing.
 * It is credited as of the grading, however much later it is heard of.
 */
export async function creditByGrade(
  heard: Ctx,
  coreId: string,
  gradedAt = heard.now,
): Promise<Result<undefined>> {
  const ctx = { ...heard, now: gradedAt };
  const d = await repo.depositOfCore(ctx, coreId);
  if (!d || !CREDITABLE.has(d.state)) return ok(undefined); // no deposit waits for this core
  const core = await getCore(ctx, coreId);
  if (!core.ok) return core;
  const { grade } = core.value;
  if (!grade || core.value.state === 'disputed') return ok(undefined);
  const programme = await getProgramme(ctx, d.programme_id);
  if (!programme.ok) return programme;
  const split = splitDeposit(d.amount_fen, programme.value.grades[grade].pct);
  return d.state === 'received' ? credit(ctx, d, grade, split) : regrade(ctx, d, grade, split);
}

const CREDITABLE: ReadonlySet<DepositState> = new Set(['received', 'credited', 'settled']);

async function credit(
  ctx: Ctx,
  d: repo.DepositRow,
  grade: string,
  split: Split,
): Promise<Result<undefined>> {
  const moved = await move(ctx, d, 'credit', {
    grade,
    credited_fen: split.creditFen,
    forfeited_fen: split.forfeitFen,
  });
  if (!moved.ok) return moved;
  const base = { deposit_id: d.id, debit: LIABILITY };
  await repo.post(ctx, {
    ...base,
    kind: 'credit',
    credit: receivable(d.customer_id),
    amount_fen: split.creditFen,
  });
  await repo.post(ctx, { ...base, kind: 'forfeit', credit: KEPT, amount_fen: split.forfeitFen });
  await ctx.publish('deposits.deposit-credited', d.id, { depositId: d.id, grade });
  return ok(undefined);
}

async function regrade(
  ctx: Ctx,
  d: repo.DepositRow,
  grade: string,
  split: Split,
): Promise<Result<undefined>> {
  if (d.grade === grade) return ok(undefined);
  const more = split.creditFen - d.credited_fen;
  const moved = await move(ctx, d, 'regrade', {
    grade,
    credited_fen: split.creditFen,
    forfeited_fen: split.forfeitFen,
  });
  if (!moved.ok) return moved;
  const mine = receivable(d.customer_id);
  const kind = more > 0n ? 'regrade-up' : 'regrade-down';
  const before = await repo.postingsOf(ctx, d.id);
  await repo.post(ctx, {
    deposit_id: d.id,
    kind,
    ...(more > 0n ? { debit: KEPT, credit: mine } : { debit: mine, credit: KEPT }),
    amount_fen: more > 0n ? more : -more,
    round: nextRound(before, kind),
  });
  await ctx.publish('deposits.deposit-credited', d.id, { depositId: d.id, grade });
  return ok(undefined);
}

function nextRound(postings: readonly repo.PostingRow[], kind: repo.PostingKind): number {
  return 1 + postings.filter((p) => p.kind === kind).length;
}

/** What was paid for a deposit so far, less what was paid back. */
export function paidOf(postings: readonly repo.PostingRow[]): bigint {
  const sum = (kind: repo.PostingKind) =>
    postings.reduce((n, p) => n + (p.kind === kind ? p.amount_fen : 0n), 0n);
  return sum('pay-out') - sum('pay-back');
}

/**
 * Pays what is credited and not paid yet; after a worse grade the customer pays the surplus back.
 * Refused while the grade is disputed.
 */
export async function payOut(ctx: Ctx, depositId: string): Promise<Result<repo.DepositRow>> {
  const d = await repo.findDeposit(ctx, depositId, true);
  if (!d) return err(depositErrors.DEPOSIT_NOT_FOUND());
  const core = d.core_id ? await getCore(ctx, d.core_id) : undefined;
  if (core?.ok && core.value.state === 'disputed') {
    return err(depositErrors.DEPOSIT_DISPUTED({ core: core.value.code }));
  }
  const moved = await move(ctx, d, 'settle');
  if (!moved.ok) return moved;
  const before = await repo.postingsOf(ctx, d.id);
  const open = d.credited_fen - paidOf(before);
  const kind = open >= 0n ? 'pay-out' : 'pay-back';
  const mine = receivable(d.customer_id);
  await repo.post(ctx, {
    deposit_id: d.id,
    kind,
    ...(open >= 0n ? { debit: mine, credit: BANK } : { debit: BANK, credit: mine }),
    amount_fen: open >= 0n ? open : -open,
    round: nextRound(before, kind),
  });
  await ctx.publish('deposits.deposit-settled', d.id, { depositId: d.id });
  return moved;
}

/** Deposits whose window is over are kept. */
export async function expire(ctx: Ctx): Promise<Result<{ forfeited: number; amountFen: string }>> {
  let amount = 0n;
  const over = await repo.expired(ctx, await todayOf(ctx));
  for (const d of over) {
    const moved = await move(ctx, d, 'expire', { forfeited_fen: d.amount_fen });
    if (!moved.ok) return moved;
    await repo.post(ctx, {
      deposit_id: d.id,
      kind: 'forfeit',
      debit: LIABILITY,
      credit: KEPT,
      amount_fen: d.amount_fen,
    });
    await ctx.publish('deposits.deposit-forfeited', d.id, { depositId: d.id });
    amount += d.amount_fen;
  }
  return ok({ forfeited: over.length, amountFen: String(amount) });
}

/** The programme that sets a part's deposit today, when it has one. */
export async function depositFor(
  ctx: Ctx,
  partId: string,
): Promise<{ programmeId: string; amountFen: bigint } | undefined> {
  const programme = await programmeFor(ctx, partId, await todayOf(ctx));
  if (!programme.ok || programme.value.depositFen <= 0n) return undefined;
  return { programmeId: programme.value.id, amountFen: programme.value.depositFen };
}

export function depositView(d: repo.DepositRow): View {
  return {
    id: d.id,
    code: d.code,
    state: d.state,
    seller: d.seller_name,
    customer: d.customer_name,
    orderId: d.order_id,
    orderCode: d.order_code,
    customerId: d.customer_id,
    unitEpc: d.unit_epc,
    part: d.part,
    amountFen: String(d.amount_fen),
    creditedFen: String(d.credited_fen),
    forfeitedFen: String(d.forfeited_fen),
    ...(d.core_id ? { coreId: d.core_id } : {}),
    ...(d.core_code ? { coreCode: d.core_code } : {}),
    ...(d.grade ? { grade: d.grade } : {}),
    ...(d.due_day ? { dueDay: d.due_day } : {}),
    chargedAt: d.charged_at.toISOString(),
    version: d.version,
  };
}
