import { programmeFor } from '@zaizao/modules/catalog';
import { disputeGrade, giveCredit, gradeCore, receiveWalkIn } from '@zaizao/modules/cores/contract';
import { transact } from '@zaizao/platform/db';
import { type Ctx, makeCtx, type OrgRef } from '@zaizao/platform/http';
import { newId, type Result, unwrap } from '@zaizao/platform/kernel';
import type { Actor } from '@zaizao/platform/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listDirectory } from '../parties/contract.ts';
import { partnerOfOrg } from '../parties/index.ts';
import { answers, gradingPhotos, type Plant, STARTER, startPlant } from '../testing-plant.ts';
import { draws } from '../testing-readme.ts';
import * as c from './contract.ts';
import { depositMachine } from './domain/machine.ts';
import * as door from './index.ts';

let p: Plant;
let sales: Actor;
let shop: Actor;
let customer: { id: string; name: string; org: OrgRef };
let part: { id: string; number: string; name: { zh: string; en: string } };
let programmeId: string;

beforeAll(async () => {
  p = await startPlant([door.depositsModule]);
  sales = await p.org.as('sales');
  const org = await p.app.org('沧州顺达汽修', 'repair-shop');
  shop = await org.as('shop');
  await shop.ok(listDirectory, { query: {} });
  part = { id: p.starterId, number: STARTER, name: { zh: '起动机', en: 'Starter' } };
  const made = await inPlant(async (ctx) => {
    const programme = await programmeFor(ctx, p.starterId, '2026-03-02');
    programmeId = unwrap(programme).id;
    return partnerOfOrg(ctx, org.ref);
  });
  customer = { id: made.id, name: made.name, org: org.ref };
});
afterAll(() => p.app.stop());

/** What `market` does inside its own transaction. */
async function inPlant<T>(work: (ctx: Ctx) => Promise<Result<T>>): Promise<T> {
  const { app } = p.app;
  const org = p.org.ref;
  const principal = { kind: 'system', id: 'test', name: 'test' } as const;
  const scope = { kind: 'org', org: org.no, actor: 'system:test' } as const;
  return transact(app.db, scope, async (tx) => {
    const now = app.clock.now();
    const ctx = makeCtx({
      ...{ app, tx, org, principal, lang: 'en', requestId: newId('req'), now },
      afterCommit: () => {},
    });
    return unwrap(await work(ctx));
  });
}

let sold = 0;

async function charged() {
  const order = { id: newId('ord'), code: `S${++sold}` };
  const unitEpc = `https://id.gs1.org/01/09529999010018/21/U${sold}`;
  const d = await inPlant((ctx) =>
    door.charge(ctx, { customer, order, unitEpc, part, amountFen: 6000n, programmeId }),
  );
  return { id: d.id, order, params: { depositId: d.id } };
}

async function returned() {
  const receiver = await p.org.as('receiver');
  const core = await receiver.ok(receiveWalkIn, {
    body: { number: STARTER, supplierId: customer.id, channel: 'customer-return' },
  });
  const grade = async (...notMet: string[]) => {
    const body = { answers: answers(...notMet), photos: await gradingPhotos(receiver) };
    const done = await receiver.ok(gradeCore, { params: { coreId: core.id }, body });
    await p.app.drain();
    return done;
  };
  const match = () =>
    inPlant((ctx) =>
      door.matchReturn(ctx, { coreId: core.id, customerId: customer.id, partId: part.id }),
    );
  return { core, receiver, grade, match };
}

async function sumOfAccounts() {
  const { accounts } = await sales.ok(c.depositBalance, {});
  return accounts.reduce((sum, a) => sum + BigInt(a.balanceFen), 0n);
}

describe('a deposit', () => {
  test('is charged, due, matched with the core, credited by its grade, paid once', async () => {
    const d = await charged();
    await inPlant((ctx) => door.payInOfOrder(ctx, d.order.id));
    await inPlant((ctx) => door.payInOfOrder(ctx, d.order.id)); // told twice, posted once
    await inPlant((ctx) => door.startWindow(ctx, d.order.id, '2026-03-02'));
    const mine = await shop.ok(c.listMyDeposits, { query: {} });
    expect(mine.items[0]).toMatchObject({ id: d.id, state: 'due', dueDay: '2026-05-31' });
    expect(mine.items[0]?.seller).toBe(p.org.ref.name);

    const back = await returned();
    await back.match();
    await expect(back.match()).rejects.toThrow();
    expect(await back.grade('SURFACE')).toMatchObject({
      grade: 'B',
      creditFen: '0',
      byDeposit: true,
    });
    const params = { coreId: back.core.id };
    expect(await back.receiver.refused(giveCredit, { params })).toBe('CORE_CREDIT_BY_DEPOSIT');

    const credited = await sales.ok(c.getDeposit, { params: d.params });
    expect(credited).toMatchObject({
      state: 'credited',
      creditedFen: '4200',
      forfeitedFen: '1800',
    });
    const tries = await Promise.all(
      [1, 2].map(() => sales.call(c.payOutDeposit, { params: d.params })),
    );
    expect(tries.map((r) => r.status).sort()).toEqual([200, 409]);
    const paid = await sales.ok(c.getDeposit, { params: d.params });
    expect(paid.postings.map((x) => x.kind)).toEqual([
      ...['charge', 'pay-in', 'credit', 'forfeit', 'pay-out'],
    ]);
    expect(await sumOfAccounts()).toBe(0n);
    // paid in full, paid back by its grade: what was kept is in the bank, and nothing is owed
    const { accounts } = await sales.ok(c.depositBalance, {});
    const open = accounts.filter((a) => BigInt(a.balanceFen) !== 0n);
    expect(open.map((a) => [a.account, a.balanceFen]).sort()).toEqual([
      ['bank', '1800'],
      ['core-deposit-forfeited', '-1800'],
    ]);
  });

  test('graded anew after a dispute, is settled anew by a correcting entry, paid or not', async () => {
    const d = await charged();
    const back = await returned();
    await back.match();
    await back.grade('SURFACE');
    const params = { coreId: back.core.id };
    const shown = () => sales.ok(c.getDeposit, { params: d.params });
    await shop.ok(disputeGrade, { params, body: { reason: '表面只有浮锈' } });
    expect(await sales.refused(c.payOutDeposit, { params: d.params })).toBe('DEPOSIT_DISPUTED');
    await back.grade();
    expect(await shown()).toMatchObject({ state: 'credited', creditedFen: '6000', grade: 'A' });
    await sales.ok(c.payOutDeposit, { params: d.params });

    await shop.ok(disputeGrade, { params, body: { reason: '再看一次' } });
    await back.grade('SURFACE');
    await p.app.drain();
    expect(await shown()).toMatchObject({
      state: 'credited',
      creditedFen: '4200',
      paidFen: '6000',
    });
    await sales.ok(c.payOutDeposit, { params: d.params });
    await shop.ok(disputeGrade, { params, body: { reason: '第三次' } });
    await back.grade();
    await sales.ok(c.payOutDeposit, { params: d.params });
    const end = await shown();
    expect(end).toMatchObject({ state: 'settled', creditedFen: '6000', paidFen: '6000' });
    expect(end.postings.map((x) => [x.kind, x.amountFen])).toEqual([
      ...[
        ['charge', '6000'],
        ['credit', '4200'],
        ['forfeit', '1800'],
      ],
      ...[
        ['regrade-up', '1800'],
        ['pay-out', '6000'],
      ],
      ...[
        ['regrade-down', '1800'],
        ['pay-back', '1800'],
      ],
      ...[
        ['regrade-up', '1800'],
        ['pay-out', '1800'],
      ],
    ]);
    expect(await sumOfAccounts()).toBe(0n);
  });

  test('a core graded before it is matched is credited at once', async () => {
    const d = await charged();
    const back = await returned();
    await back.grade();
    await back.match();
    const shown = await sales.ok(c.getDeposit, { params: d.params });
    expect(shown).toMatchObject({ state: 'credited', creditedFen: '6000', grade: 'A' });
  });

  test('no core that was paid for settles one; without an open deposit there is nothing to match', async () => {
    const paid = await returned();
    await paid.grade();
    await paid.receiver.ok(giveCredit, { params: { coreId: paid.core.id } });
    await charged();
    await expect(paid.match()).rejects.toThrow(/CORE_CREDIT_GIVEN/);
    await (await returned()).match();
    const none = await returned();
    await expect(none.match()).rejects.toThrow(/DEPOSIT_NONE_OPEN/);
  });

  test('is kept when its time is over, and given back when the order is undone', async () => {
    const late = await charged();
    await inPlant((ctx) => door.startWindow(ctx, late.order.id, '2026-03-02'));
    const undone = await charged();
    await inPlant((ctx) => door.cancelOfOrder(ctx, undone.order.id));
    const before = await sales.ok(c.depositBalance, {});
    expect(before.ages.find((a) => a.age === 'later')).toMatchObject({
      count: 1,
      amountFen: '6000',
    });
    p.app.clock.advance(91 * 86_400_000);
    const over = await sales.ok(c.listDeposits, { query: { age: 'over' } });
    expect(over.items.map((x) => x.id)).toEqual([late.id]);
    expect(await sales.ok(c.expireDeposits, {})).toEqual({ forfeited: 1, amountFen: '6000' });
    expect(await sales.ok(c.expireDeposits, {})).toEqual({ forfeited: 0, amountFen: '0' });
    const kept = await sales.ok(c.getDeposit, { params: late.params });
    expect(kept.state).toBe('forfeited');
    const cancelled = await sales.ok(c.getDeposit, { params: undone.params });
    expect(cancelled.postings.map((x) => x.kind)).toEqual(['charge', 'cancel']);
    expect(await sumOfAccounts()).toBe(0n);
    const after = await sales.ok(c.depositBalance, {});
    expect(after.accounts.find((a) => a.customer)?.customer?.name).toBe('沧州顺达汽修');
  });

  test('is found by what is typed among those of a state, page by page', async () => {
    const open = await charged();
    const q = open.order.code.slice(0, 1); // every order's code begins so
    const settled = await sales.ok(c.listDeposits, { query: { q, state: 'settled' } });
    expect(settled.items.map((d) => d.id)).not.toContain(open.id);
    const first = await sales.ok(c.listDeposits, { query: { q, limit: 1 } });
    expect(first.items.map((d) => d.id)).toEqual([open.id]);
    const { next = '' } = first;
    const second = await sales.ok(c.listDeposits, { query: { q, limit: 1, cursor: next } });
    expect(second.items.map((d) => d.id)).not.toContain(open.id);
    const none = await sales.ok(c.listDeposits, { query: { q: '%' } });
    expect(none.items).toEqual([]);
  });
});

test('another organisation’s deposit is not there; a customer sees only its own', async () => {
  const d = await charged();
  const org = await p.app.org('别家厂');
  const stranger = await org.as('owner');
  expect(await stranger.refused(c.getDeposit, { params: d.params })).toBe('DEPOSIT_NOT_FOUND');
  expect(await stranger.refused(c.payOutDeposit, { params: d.params })).toBe('DEPOSIT_NOT_FOUND');
  expect((await stranger.ok(c.listMyDeposits, { query: {} })).items).toEqual([]);
  expect((await shop.ok(c.listDeposits, { query: {} })).items).toEqual([]);
});

test('the README draws the state machine', async () => {
  expect(await draws(import.meta.url, depositMachine)).toBe(true);
});
