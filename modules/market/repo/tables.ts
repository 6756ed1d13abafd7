import type { Ctx } from '@zaizao/platform/http';
import type { Text } from '@zaizao/platform/kernel';
import type { Transaction } from 'kysely';
import type { z } from 'zod';
import type { GoodsClass } from '../contract.ts';
import type { OrderState } from '../domain/order-machine.ts';

export interface PartRef {
  id: string;
  number: string;
  name: Text;
}

export interface ListingTable {
  org_id: number;
  id: string;
  code: string;
  state: 'open' | 'reserved' | 'sold' | 'withdrawn';
  seller: { id: string; name: string; simulated: boolean };
  unit_id: string;
  serial: string;
  epc: string;
  part_id: string;
  part: PartRef;
  numbers: string[];
  search: string;
  life: number;
  goods_class: z.output<typeof GoodsClass>;
  price_fen: bigint;
  deposit_fen: bigint;
  programme_id: string | null;
  warranty_months: number;
  warranty_km: number | null;
  warranty_terms: string;
  certificate_code: string | null;
  listed_at: Date;
  version: number;
}

export interface Line {
  listingId: string;
  unitId: string;
  serial: string;
  epc: string;
  part: PartRef;
  priceFen: string;
  depositFen: string;
  programmeId?: string | undefined;
  warrantyMonths: number;
  warrantyKm?: number | undefined;
  warrantyTerms?: string | undefined;
  sscc?: string | undefined;
  installed?: { at: string; vin?: string | undefined; mileageKm?: number | undefined } | undefined;
}

export interface OrderTable {
  org_id: number;
  id: string;
  code: string;
  state: OrderState;
  buyer_org: number;
  buyer_id: string;
  buyer_name: string;
  seller_name: string;
  lines: Line[];
  goods_fen: bigint;
  deposit_fen: bigint;
  on_credit: boolean;
  deliver_to: string;
  carrier: string | null;
  tracking_number: string | null;
  payment_reference: string | null;
  steps: { state: OrderState; at: string }[];
  core_returns: { coreId: string; code: string; at: string }[];
  placed_at: Date;
  version: number;
}

type Tables = { 'market.listing': ListingTable; 'market.sales_order': OrderTable };

export const db = (ctx: Pick<Ctx, 'tx'>): Transaction<Tables> => ctx.tx.withTables<Tables>();
