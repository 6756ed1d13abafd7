import {
  day,
  definePermissions,
  endpoint,
  fen,
  id,
  instant,
  line,
  page,
  pageQuery,
} from '@zaizao/platform/contract';
import { defineErrors, text } from '@zaizao/platform/kernel';
import { z } from 'zod';

export const depositErrors = defineErrors({
  DEPOSIT_NOT_FOUND: { status: 404, ...text('没有此押金。', 'There is no such deposit.') },
  DEPOSIT_STATE: {
    status: 409,
    ...text(
      '押金 {code} 当前为“{state}”，不能执行此操作。',
      'Deposit {code} is "{state}": this step is not possible now.',
    ),
  },
  DEPOSIT_ALREADY_SETTLED: {
    status: 409,
    ...text('该旧件已抵过押金，不能重复抵扣。', 'This core has settled a deposit already.'),
  },
  DEPOSIT_DISPUTED: {
    status: 409,
    ...text(
      '旧件 {core} 的定级有异议，重新定级后再付款。',
      'The grade of core {core} is disputed: pay when it is graded again.',
    ),
  },
  DEPOSIT_NONE_OPEN: {
    status: 422,
    ...text(
      '该客户没有与此型号匹配、且在退回期内的押金。',
      'The customer has no open deposit for this part within its return window.',
    ),
  },
});

export const perm = definePermissions({
  'deposits.deposit:read': text('查看旧件押金', 'See core deposits'),
  'deposits.deposit:settle': text('退还旧件押金', 'Settle core deposits'),
});

export const DepositState = z.enum([
  'charged',
  'due',
  'received',
  'credited',
  'settled',
  'forfeited',
  'cancelled',
]);
const bilingual = z.object({ zh: z.string(), en: z.string() });

export const DepositView = z.object({
  id: z.string(),
  code: z.string(),
  state: DepositState,
  seller: z.string(),
  customer: z.string(),
  orderId: z.string(),
  orderCode: z.string(),
  /** The partner in the seller’s address book. */
  customerId: z.string(),
  unitEpc: z.string(),
  part: z.object({ id: z.string(), number: z.string(), name: bilingual }),
  amountFen: fen,
  creditedFen: fen,
  forfeitedFen: fen,
  coreId: z.string().optional(),
  coreCode: z.string().optional(),
  grade: z.string().optional(),
  dueDay: day.optional(),
  chargedAt: instant,
  version: z.number().int(),
});

/** How far the last day of return is: over, within 30 days, within 60, later, or not begun. */
export const Age = z.enum(['over', 'in-30', 'in-60', 'later', 'not-begun']);

const depositId = z.object({ depositId: id('dep') });

export const listDeposits = endpoint({
  id: 'deposits.listDeposits',
  method: 'GET',
  path: '/api/v1/deposits',
  title: text('旧件押金（我收的）', 'Core deposits that we hold'),
  access: perm('deposits.deposit:read'),
  query: pageQuery.extend({
    state: DepositState.optional(),
    /** Deposits that still wait for their core, by the distance of their last day. */
    age: Age.optional(),
    /** Charged or due: paid for a core that is not back. */
    waiting: z.enum(['yes']).optional(),
    customerId: id('partner').optional(),
    q: line(60).optional(),
  }),
  response: page(DepositView),
});

export const listMyDeposits = endpoint({
  id: 'deposits.listMyDeposits',
  method: 'GET',
  path: '/api/v1/deposits/mine',
  title: text('旧件押金（我付的）', 'Core deposits that we paid'),
  access: perm('deposits.deposit:read'),
  query: pageQuery.extend({ state: DepositState.optional() }),
  response: page(DepositView),
});

export const getDeposit = endpoint({
  id: 'deposits.getDeposit',
  method: 'GET',
  path: '/api/v1/deposits/:depositId',
  title: text('查看押金与分录', 'See a deposit and its postings'),
  access: perm('deposits.deposit:read'),
  params: depositId,
  response: DepositView.extend({
    /** Paid out so far, less what was paid back. */
    paidFen: fen,
    postings: z.array(
      z.object({
        kind: z.string(),
        debit: z.string(),
        credit: z.string(),
        amountFen: fen,
        at: instant,
        by: z.string(),
      }),
    ),
  }),
});

export const payOutDeposit = endpoint({
  id: 'deposits.payOutDeposit',
  method: 'POST',
  path: '/api/v1/deposits/:depositId/payment',
  title: text('退还押金', 'Pay a credited deposit out'),
  access: perm('deposits.deposit:settle'),
  params: depositId,
  response: DepositView,
});

export const expireDeposits = endpoint({
  id: 'deposits.expireDeposits',
  method: 'POST',
  path: '/api/v1/deposits/expiry',
  title: text('没收逾期押金', 'Forfeit deposits whose window is over'),
  access: perm('deposits.deposit:settle'),
  response: z.object({ forfeited: z.number().int(), amountFen: fen }),
});

export const depositBalance = endpoint({
  id: 'deposits.depositBalance',
  method: 'GET',
  path: '/api/v1/deposits/balance',
  title: text('押金负债与账龄', 'Deposit liability by age'),
  access: perm('deposits.deposit:read'),
  response: z.object({
    accounts: z.array(
      z.object({
        account: z.string(),
        /** Whose receivable it is. */
        customer: z.object({ id: z.string(), name: z.string() }).optional(),
        balanceFen: fen,
      }),
    ),
    ages: z.array(z.object({ age: Age, count: z.number().int(), amountFen: fen })),
    outstanding: z.array(
      z.object({ state: DepositState, count: z.number().int(), amountFen: fen }),
    ),
    dueWithin30Days: z.object({ count: z.number().int(), amountFen: fen }),
  }),
});
