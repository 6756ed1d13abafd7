/** The names behind a problem’s identifiers: what a board is drawn from. */
import type { Text } from '@zaizao/platform/kernel';

/** The names behind the problem's identifiers: what a board is drawn from. */
export interface Board {
  readonly origin: string;
  readonly orders: readonly BoardOrder[];
  readonly operations: readonly BoardOperation[];
  readonly stations: readonly {
    readonly id: string;
    readonly code: string;
    readonly name: string;
    readonly kind: string;
  }[];
  readonly people: readonly { readonly id: string; readonly name: string }[];
  /** Kinds of stations that nobody is entered for: planned without people. */
  readonly unmanned: readonly string[];
}

export interface BoardOrder {
  readonly id: string;
  readonly code: string;
  readonly kind: string;
  readonly about: string;
  readonly product: string;
  /** Seconds from the origin. */
  readonly due?: number;
  readonly firm: boolean;
  readonly priority: number;
  readonly customer: string;
  readonly imagined: boolean;
}

export interface BoardOperation {
  readonly id: string;
  readonly order: string;
  readonly code: string;
  readonly name: Text;
  readonly kind: string;
  readonly seconds: number;
  /** Where its time comes from. */
  readonly basis: 'measured' | 'standard' | 'assumed' | 'left';
  readonly stands?: 'running' | 'locked' | 'near';
}
