import { useList } from '@zaizao/platform/ui';
import { listSales } from '../contract.ts';
import type { Order } from './words.tsx';

/** How many sales orders stand in a state: `12`, or `100+` when the list is cut. */
export function useSalesIn(state: Order['state']): { count: string; some: boolean } {
  const { items, hasMore } = useList(listSales, { query: { state, limit: 100 } });
  return { count: `${items.length}${hasMore ? '+' : ''}`, some: items.length > 0 };
}
