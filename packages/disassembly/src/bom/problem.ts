/** A node of a bill of material: the product, an assembly or a single part. */
export interface BomPart {
  readonly id: string;
  /** The assembly it sits in; absent for the product itself. */
  readonly parent?: string;
  /** Must come out whatever it costs: airbag, refrigerant, battery, what a permit demands. */
  readonly mandatory?: boolean;
}

/** A connection between parts: screws, a plug, a press fit, glue. It holds all its parts together. */
export interface Join {
  readonly id: string;
  /** Two or more nodes of the bill of material. */
  readonly parts: readonly string[];
  readonly cost: number;
  readonly seconds: number;
  readonly hazard?: number;
  readonly tool?: string;
  readonly direction?: string;
  /** Joins that must be undone first because they or their parts are in the way. */
  readonly after?: readonly string[];
}

/** What a node is worth, in one unit of money (fen), each figure after later processing costs. */
export interface NodeValue {
  readonly part: string;
  /** Worth by condition when it comes out whole. */
  readonly recovered: Readonly<Record<string, number>>;
  /** Chance of each condition before anyone has looked; needed with more than one condition. */
  readonly odds?: Readonly<Record<string, number>>;
  /** Part of the scrap price when it stays in the rest; for an assembly the sum of its parts'. */
  readonly residual?: number;
  /** Worth when it comes out and nobody looks at it; default: the expected worth by condition. */
  readonly unseen?: number;
  /** Cost of looking at it on the bench, after which the better of recovery and scrap is taken. */
  readonly benchInspection?: number;
  /** Cost of looking at it in place, before anything is undone. */
  readonly inPlaceInspection?: number;
}

/** What was found out so far; later findings overrule earlier ones. */
export type Finding =
  | { readonly kind: 'condition'; readonly part: string; readonly condition: string }
  | { readonly kind: 'missing'; readonly part: string }
  | { readonly kind: 'undone'; readonly join: string }
  /** Harder than planned; `cost: null` when it cannot be undone at all. */
  | {
      readonly kind: 'seized';
      readonly join: string;
      readonly cost: number | null;
      readonly seconds?: number;
    };

export interface BomPrices {
  readonly labourPerHour?: number;
  readonly perHazard?: number;
  readonly toolChange?: number;
  readonly directionChange?: number;
}
