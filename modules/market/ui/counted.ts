import { type Output, useList } from '@zaizao/platform/ui';
import { listSales } from '../contract.ts';
import type { Order } from './words.tsx';

/** The sales orders that stand in a state, and how many: `12`, or `100+` when the list is cut. */
export function useSalesIn(state: Order['state']): {
  items: readonly Output<typeof listSales>['items'][number][];
  count: string;
  some: boolean;
} {
  const { items, hasMore } = useList(listSales, { query: { state, limit: 100 } });
  return { items, count: `${items.length}${hasMore ? '+' : ''}`, some: items.length > 0 };
}
