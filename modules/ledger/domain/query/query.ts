import type { EpcisEvent, JsonObject } from '@zaizao/epcis';
import type { Role } from '../thing-role.ts';

/** An event as the tests of a query see it. */
export interface Candidate {
  readonly event: EpcisEvent;
  /** Canonical form: bare words, expanded names, canonical identifiers. */
  readonly canonical: JsonObject;
  /** Answers of the lookups in master data, by their key. */
  readonly found: ReadonlyMap<string, ReadonlySet<string>>;
}

export type Test = (candidate: Candidate) => boolean;

/** Identifiers that a lookup in master data finds. */
export type Lookup =
  | { readonly key: string; readonly kind: 'with-descendants'; readonly ids: readonly string[] }
  | {
      readonly key: string;
      readonly kind: 'attribute';
      readonly name: string;
      /** Undefined: the attribute is there, whatever it says. */
      readonly values: readonly string[] | undefined;
    };

/** Things to match: exact canonical identifiers, and fronts of identifiers that end in a wildcard. */
export interface Match {
  readonly roles: readonly Role[];
  readonly exact: readonly string[];
  readonly fronts: readonly string[];
}

export type Column =
  | 'type'
  | 'action'
  | 'biz_step'
  | 'disposition'
  | 'read_point'
  | 'biz_location'
  | 'event_id';

export type TimeColumn = 'event_us' | 'record_us' | 'declared_us';

/** What the database narrows by. Every condition here is exact: rows it lets pass hold it. */
export interface Narrowing {
  readonly columns: readonly { readonly column: Column; readonly values: readonly string[] }[];
  readonly times: readonly {
    readonly column: TimeColumn;
    readonly from?: number;
    readonly before?: number;
  }[];
  readonly matches: readonly Match[];
  /** Fields that must be there at all. */
  readonly fields: readonly string[];
  readonly places: readonly {
    readonly column: 'read_point' | 'biz_location';
    readonly lookup: string;
  }[];
}

/** A parsed SimpleEventQuery (EPCIS 2.0 section 8.2.7.1). All conditions must hold. */
export interface Query {
  readonly narrowing: Narrowing;
  readonly tests: readonly Test[];
  readonly lookups: readonly Lookup[];
  readonly order: {
    readonly by: 'event_us' | 'record_us';
    readonly direction: 'asc' | 'desc';
    /** Full names of a field of others to order by, instead of `by`. */
    readonly field?: readonly string[];
  };
  /** At most so many events, the first ones by the order. */
  readonly limit: number | undefined;
  /** More events than this are refused, not cut. */
  readonly max: number | undefined;
}
