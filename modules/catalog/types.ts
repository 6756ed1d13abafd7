/** What other modules get through the door. */
import type { Text } from '@zaizao/platform/kernel';
import type { Via } from './domain/interchange.ts';
import type { Limit } from './domain/judge.ts';
import type {
  BomRow,
  CharacteristicRow,
  DefectRow,
  PartRow,
  PriceRow,
  ProgrammeRow,
  QuotaJson,
} from './repo/tables.ts';

export interface PartType {
  readonly id: string;
  readonly number: string;
  readonly kind: PartRow['kind'];
  /** A code of the product families. */
  readonly family: string;
  readonly name: Text;
  readonly gtin?: string;
  /** Grams of one piece; absent when the plant has not said. */
  readonly massG?: number;
  readonly newPriceFen?: bigint;
  /** SHA-256 of a stored picture. */
  readonly photo?: string;
  readonly needsCoding: boolean;
  readonly vinBound: boolean;
  /** One of the five assemblies whose flow is regulated, or a kind that may not be imported used. */
  readonly restricted: boolean;
  readonly active: boolean;
  /** The source of its figures, or "assumption". */
  readonly basis: string;
  readonly version: number;
}

export interface Candidate {
  readonly part: PartType;
  /** How the searched number led here. */
  readonly via: Via;
  /** The number of the part that was met. */
  readonly number: string;
  readonly needsCoding: boolean;
  readonly vinBound: boolean;
}

export interface BomItem {
  readonly pos: number;
  readonly part: PartType;
  readonly qty: number;
  readonly policy: BomRow['policy'];
  readonly reusePct?: number;
  readonly restorePct?: number;
  readonly replacePct?: number;
  readonly critical: boolean;
  /** Each piece gets its own identity at teardown; else a lot. */
  readonly serialised: boolean;
  readonly basis: string;
}

export interface Bom {
  readonly partId: string;
  readonly version: number;
  readonly items: readonly BomItem[];
}

export interface RouteStep {
  readonly seq: number;
  readonly code: string;
  readonly name: Text;
  readonly stationKind: string;
  readonly station: string;
  readonly stdSeconds?: number;
  /** The findings that send a core through this step (see `stepApplies`); empty: always. */
  readonly when: string;
  /** Where a failure goes back to, and how often at most. */
  readonly onFail?: number;
  readonly maxRework?: number;
  /** A code of the method master, or empty. */
  readonly method: string;
  readonly instruction: Text;
  /** What is written down, in the plant’s words. */
  readonly records: string;
  readonly basis: string;
}

export interface Route {
  readonly partId: string;
  readonly version: number;
  readonly steps: readonly RouteStep[];
}

export interface Characteristic {
  readonly id: string;
  /** The product that carries it. */
  readonly partId: string;
  readonly code: string;
  readonly purpose: CharacteristicRow['purpose'];
  readonly seq: number;
  readonly name: Text;
  readonly componentPos?: number;
  readonly componentId?: string;
  /** `bool` is yes/no, valued `1` and `0`. */
  readonly unit: string;
  readonly method: string;
  readonly instrumentKind?: string;
  readonly condition: string;
  readonly severity: CharacteristicRow['severity'];
  readonly active: boolean;
  readonly basis: string;
  /** The limits in force on the day asked for, one a level and customer. */
  readonly limits: readonly Limit[];
  readonly version: number;
}

export interface ProgrammeCriterion {
  readonly code: string;
  readonly text: Text;
  readonly failsTo: 'B' | 'C' | 'R';
  readonly basis: string;
}

export interface ProgrammeGrade {
  readonly text: Text;
  /** Share of the deposit given back when a core of this grade returns, in percent. */
  readonly pct: number;
  /** What is paid when a core of this grade is bought. */
  readonly creditFen: bigint;
  readonly basis: string;
}

export interface Programme {
  readonly id: string;
  readonly partId: string;
  readonly code: string;
  readonly version: number;
  readonly validFrom: string;
  readonly validTo?: string;
  readonly windowDays: number;
  readonly startEvent: ProgrammeRow['start_event'];
  readonly quota: QuotaJson;
  readonly depositFen: bigint;
  readonly criteria: readonly ProgrammeCriterion[];
  readonly grades: Readonly<Record<'A' | 'B' | 'C' | 'R', ProgrammeGrade>>;
  readonly basis: string;
}

export interface Defect {
  readonly code: string;
  readonly name: Text;
  readonly mode: string;
  readonly componentPos?: number;
  readonly ratePct?: number;
  readonly per: DefectRow['per'];
  readonly basis: string;
}

export interface Price {
  readonly kind: PriceRow['kind'];
  readonly validFrom: string;
  readonly fen: bigint;
  readonly basis: string;
}
