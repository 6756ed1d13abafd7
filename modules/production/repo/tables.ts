import type { Ctx } from '@zaizao/platform/http';
import type { Text } from '@zaizao/platform/kernel';
import type { OperationState, OrderState, UnitState } from '../domain/machines.ts';

export interface PartRef {
  id: string;
  number: string;
  name: Text;
}

export interface ComponentRef {
  id: string;
  code: string;
  part: PartRef;
}

export interface OrderTable {
  org_id: number;
  id: string;
  code: string;
  kind: 'restore' | 'assemble' | 'rework';
  state: OrderState;
  product: PartRef;
  product_id: string;
  component: ComponentRef | null;
  component_id: string | null;
  unit_id: string | null;
  route_version: number | null;
  bom_version: number | null;
  created_by: string;
  created_at: Date;
  finished_at: Date | null;
  due_at: Date | null;
  due_firm: boolean;
  not_before: Date | null;
  priority: number;
  customer: string;
}

/** The programme version that an operation runs, with the reason it was chosen. */
export interface ChosenProgramme {
  programmeId: string;
  code: string;
  version: number;
  dimension: string;
  measured: string;
  unit: string;
  parameters: ProgrammeParameter[];
  instrumentId?: string | undefined;
  by: string;
  at: string;
}

export interface ProgrammeParameter {
  name: string;
  value: string;
  unit: string;
}

export interface ProgrammeTable {
  org_id: number;
  id: string;
  code: string;
  step_code: string;
  name: string;
  dimension: string;
  unit: string;
  created_at: Date;
}

export interface ProgrammeVersionTable {
  org_id: number;
  programme_id: string;
  no: number;
  low: string;
  high: string;
  parameters: ProgrammeParameter[];
  file_sha256: string | null;
  note: string;
  made_at: Date;
  made_by: string;
}

export interface Recorded {
  name: string;
  value: string;
  unit: string;
  instrumentId?: string | undefined;
}

export interface OperationTable {
  org_id: number;
  id: string;
  order_id: string;
  seq: number;
  round: number;
  code: string;
  name: Text;
  station_kind: string;
  station: string;
  std_seconds: number | null;
  method: string;
  instruction: Text;
  records: string;
  on_fail: number | null;
  max_rework: number;
  state: OperationState;
  station_id: string | null;
  by_whom: string | null;
  started_at: Date | null;
  resumed_at: Date | null;
  finished_at: Date | null;
  active_seconds: number;
  recorded: Recorded[];
  consumption: { name: string; quantity: string; unit: string }[];
  energy_kwh: string | null;
  defect: string | null;
  note: string | null;
  planned_start: Date | null;
  planned_end: Date | null;
  planned_station_id: string | null;
  plan_id: string | null;
  programme: ChosenProgramme | null;
}

export interface SlotTable {
  org_id: number;
  order_id: string;
  pos: number;
  part: PartRef;
  part_id: string;
  qty: number;
  policy: string;
  piece_g: string;
}

/** What of a component’s past an as-built list keeps. */
export interface FilledComponent {
  code: string;
  epc: string;
  coreId: string;
  coreCode: string;
  lives: number;
}

export interface FillTable {
  org_id: number;
  order_id: string;
  id: string;
  pos: number;
  origin: 'reused' | 'restored' | 'new';
  qty: number;
  component_id: string | null;
  component: FilledComponent | null;
  lot: string | null;
  mass_g: string;
  at: Date;
  by_whom: string;
}

export interface UnitTable {
  org_id: number;
  id: string;
  serial: string;
  epc: string;
  state: UnitState;
  part_id: string;
  part: PartRef;
  life: number;
  mass_g: string;
  order_id: string;
  previous_cores: { id: string; code: string; epc: string }[];
  place: string | null;
  event_id: string;
  assembled_at: Date;
  version: number;
}

export interface StationTable {
  org_id: number;
  id: string;
  code: string;
  name: string;
  kind: string;
  line: string;
  created_at: Date;
}

type Tables = {
  'production.station': StationTable;
  'production.work_order': OrderTable;
  'production.operation': OperationTable;
  'production.slot': SlotTable;
  'production.fill': FillTable;
  'production.unit': UnitTable;
  'production.nc_programme': ProgrammeTable;
  'production.nc_version': ProgrammeVersionTable;
};

export const db = (ctx: Ctx) => ctx.tx.withTables<Tables>();

export const actorOf = (ctx: Ctx) => `${ctx.principal.kind}:${ctx.principal.id}`;
