import type { ReactNode } from 'react';
import type { Choice } from '../parts/fields.tsx';

/** A column: what is seen, and what an export writes. */
export interface Column<T> {
  readonly id: string;
  readonly title: string;
  readonly cell: (row: T) => ReactNode;
  /** What an export writes; columns without it are left out. Numbers stay numbers in Excel. */
  readonly plain?: (row: T) => string | number | undefined;
  readonly align?: 'end';
  /** Pixels; the rest of the width is shared. */
  readonly width?: number;
  /** Off until the person turns it on. */
  readonly optional?: boolean;
}

/** A filter: `id` is the name in the address and in the endpoint's query. */
export type Filter =
  | { readonly kind: 'search'; readonly id: string; readonly label: string }
  | {
      readonly kind: 'choice';
      readonly id: string;
      readonly label: string;
      readonly choices: readonly Choice[];
    }
  | { readonly kind: 'day'; readonly id: string; readonly label: string }
  | { readonly kind: 'text'; readonly id: string; readonly label: string };
