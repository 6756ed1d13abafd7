import type { Ctx } from '@zaizao/platform/http';
import type { Text } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import type { Decision, Reason, StocktakeView } from '../contract.ts';
import type { Difference, Kind } from '../domain/reconcile.ts';
import type { StocktakeState } from '../domain/stocktake-machine.ts';

type Figures = NonNullable<z.output<typeof StocktakeView>['figures']>;

export interface StocktakeTable {
  org_id: number;
  id: string;
  code: string;
  state: StocktakeState;
  site_id: string;
  site_name: string;
  place: string | null;
  kinds: Kind[];
  note: string;
  expected: number;
  counted: number;
  figures: Figures | null;
  started_by: string;
  started_at: Date;
  counted_at: Date | null;
  closed_by: string | null;
  closed_at: Date | null;
  version: number;
}

export interface ExpectedTable {
  org_id: number;
  stocktake_id: string;
  subject: string;
  kind: Kind;
  ref: string;
  code: string;
  name: Text;
  state: string;
  place: string | null;
  qty: number;
}

export interface ScanTable {
  org_id: number;
  stocktake_id: string;
  id: string;
  subject: string;
  kind: Kind | null;
  ref: string | null;
  code: string;
  name: Text | null;
  state: string | null;
  booked_place: string | null;
  booked_qty: number | null;
  place: string | null;
  qty: number | null;
  is_lot: boolean;
  by_whom: string;
  at: Date;
}

export interface DifferenceTable {
  org_id: number;
  stocktake_id: string;
  subject: string;
  class: Difference;
  kind: Kind | null;
  ref: string | null;
  code: string;
  name: Text | null;
  state: string | null;
  booked_place: string | null;
  place: string | null;
  booked_qty: number | null;
  qty: number | null;
  value_fen: bigint | null;
  scanned_by: string | null;
  decision: z.output<typeof Decision>;
  reason: z.output<typeof Reason>;
  note: string;
}

export interface MissingTable {
  org_id: number;
  id: string;
  stocktake_id: string;
  stocktake_code: string;
  subject: string;
  kind: Kind;
  ref: string;
  code: string;
  name: Text;
  place: string | null;
  qty: number;
  value_fen: bigint | null;
  reason: z.output<typeof Reason>;
  note: string;
  thing_version: number;
  since: Date;
  ended: 'found' | 'moved' | null;
  ended_at: Date | null;
}

type Tables = {
  'stock.stocktake': StocktakeTable;
  'stock.expected': ExpectedTable;
  'stock.scan': ScanTable;
  'stock.difference': DifferenceTable;
  'stock.missing': MissingTable;
};

export const db = (ctx: Ctx) => ctx.tx.withTables<Tables>();

/** Rows of one statement: 65,535 parameters at most. */
export const BATCH = 2_000;
