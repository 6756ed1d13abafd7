import { partnerNames, todayOf } from '@zaizao/modules/parties';
import { cutPage } from '@zaizao/platform/db';
import { type Route, route } from '@zaizao/platform/http';
import { err, ok } from '@zaizao/platform/kernel';
import * as c from './contract.ts';
import { lastDay } from './domain/settlement.ts';
import {
  accountBalances,
  findDeposit,
  listRows,
  openByAge,
  outstanding,
  postingsOf,
} from './repo.ts';
import { customerOfAccount, depositView, expire, paidOf, payOut } from './service.ts';

const AGES = c.Age.options;

export const routes: readonly Route[] = [
  route(c.listDeposits, async (ctx, { query }) => {
    const cut = cutPage(
      await listRows(ctx, 'org_id', query, await todayOf(ctx)),
      query.limit,
      (d) => [d.id],
    );
    return ok({ ...cut, items: cut.items.map(depositView) });
  }),
  route(c.listMyDeposits, async (ctx, { query }) => {
    const cut = cutPage(
      await listRows(ctx, 'customer_org', query, await todayOf(ctx)),
      query.limit,
      (d) => [d.id],
    );
    return ok({ ...cut, items: cut.items.map(depositView) });
  }),
  route(c.depositBalance, async (ctx) => {
    const today = await todayOf(ctx);
    const until = lastDay(today, 30, false);
    const accounts = await accountBalances(ctx);
    const customers = accounts.flatMap((a) => customerOfAccount(a.account) ?? []);
    const names = await partnerNames(ctx, customers);
    const ages = await openByAge(ctx, today);
    const rows = await outstanding(ctx, until);
    const soon = rows.reduce((n, r) => n + r.soon, 0);
    const soonFen = rows.reduce((n, r) => n + r.soon_fen, 0n);
    return ok({
      accounts: accounts.map((a) => {
        const id = customerOfAccount(a.account);
        return {
          account: id ? 'receivable' : a.account,
          ...(id ? { customer: { id, name: names.get(id) ?? id } } : {}),
          balanceFen: String(a.balance_fen),
        };
      }),
      ages: AGES.flatMap((age) => {
        const row = ages.find((a) => a.age === age);
        return row ? [{ age, count: row.count, amountFen: String(row.amount_fen) }] : [];
      }),
      outstanding: rows.map((r) => ({
        state: r.state,
        count: r.count,
        amountFen: String(r.amount_fen),
      })),
      dueWithin30Days: { count: soon, amountFen: String(soonFen) },
    });
  }),
  route(c.getDeposit, async (ctx, { params }) => {
    const d = await findDeposit(ctx, params.depositId);
    if (!d) return err(c.depositErrors.DEPOSIT_NOT_FOUND());
    const rows = await postingsOf(ctx, d.id);
    const postings = rows.map((p) => ({
      kind: p.kind,
      debit: p.debit,
      credit: p.credit,
      amountFen: String(p.amount_fen),
      at: p.at.toISOString(),
      by: p.by_whom,
    }));
    return ok({ ...depositView(d), paidFen: String(paidOf(rows)), postings });
  }),
  route(c.payOutDeposit, async (ctx, { params }) => {
    const paid = await payOut(ctx, params.depositId);
    return paid.ok ? ok(depositView(paid.value)) : paid;
  }),
  route(c.expireDeposits, (ctx) => expire(ctx)),
];
