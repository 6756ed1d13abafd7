import type { Ctx } from '@zaizao/platform/http';
import type { Text } from '@zaizao/platform/kernel';
import type { z } from 'zod';
import type { Damage, Outcome, Stream } from '../contract.ts';
import type { ComponentState } from '../domain/component-machine.ts';

export interface PartRef {
  id: string;
  number: string;
  name: Text;
}

export interface Donor {
  vin?: string | undefined;
  machineSerial?: string | undefined;
  mileageKm?: number | undefined;
  modelYear?: number | undefined;
}

export interface TeardownTable {
  org_id: number;
  id: string;
  code: string;
  state: 'open' | 'finished';
  core_id: string;
  core_code: string;
  core_epc: string;
  part: PartRef;
  bom_version: number;
  core_mass_g: number;
  residue_g: string;
  tolerance_pct: string;
  explanation: string | null;
  event_id: string | null;
  started_by: string;
  started_at: Date;
  finished_at: Date | null;
  version: number;
}

export interface LineTable {
  org_id: number;
  teardown_id: string;
  pos: number;
  part: PartRef;
  expected_qty: number;
  policy: string;
  serialised: boolean;
  outcome: z.output<typeof Outcome>;
  found_qty: number;
  piece_g: string;
  mass_g: string;
  mass_measured: boolean;
  extra: boolean;
  stream: z.output<typeof Stream>;
  damages: z.output<typeof Damage>[];
}

export interface ComponentTable {
  org_id: number;
  id: string;
  code: string;
  epc: string;
  state: ComponentState;
  part_id: string;
  part: PartRef;
  pos: number | null;
  teardown_id: string;
  core_id: string;
  core_code: string;
  /** The vehicle or machine, as the core named it. */
  donor: Donor | null;
  qty: number;
  serialised: boolean;
  mass_g: string;
  lives: number;
  restored_times: number;
  damages: z.output<typeof Damage>[];
  stream: z.output<typeof Stream>;
  place: string | null;
  unit_id: string | null;
  split_from: string | null;
  created_at: Date;
  ended_at: Date | null;
  version: number;
}

export interface CleaningTable {
  org_id: number;
  id: string;
  code: string;
  method: string;
  state: 'running' | 'good' | 'repeat';
  machine: string | null;
  parameters: Record<string, string>;
  consumption: Record<string, string>;
  component_ids: string[];
  started_by: string;
  started_at: Date;
  finished_at: Date | null;
}

type Tables = {
  'dismantling.teardown': TeardownTable;
  'dismantling.teardown_line': LineTable;
  'dismantling.component': ComponentTable;
  'dismantling.cleaning': CleaningTable;
};

export const db = (ctx: Ctx) => ctx.tx.withTables<Tables>();

export const actorOf = (ctx: Ctx) => `${ctx.principal.kind}:${ctx.principal.id}`;
