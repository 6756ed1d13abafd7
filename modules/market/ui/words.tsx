import { type Output, StatusTag, type Tone, useSay, useTexts } from '@zaizao/platform/ui';
import type { z } from 'zod';
import type { getListing, getSale, OrderState } from '../contract.ts';
import './market.css';

export type Order = Output<typeof getSale>;
export type Listing = Output<typeof getListing>;
type State = z.output<typeof OrderState>;

const TONES: Readonly<Record<State, Tone>> = {
  placed: 'decide',
  confirmed: 'decide',
  paid: 'busy',
  picked: 'busy',
  shipped: 'busy',
  delivered: 'good',
  completed: 'good',
  cancelled: 'idle',
};

export const ORDER_STATES = Object.keys(TONES) as State[]; // keys of the record above
export const LISTING_STATES = ['open', 'reserved', 'sold', 'withdrawn'] as const;
export const GOODS_CLASSES = [
  'reman-new',
  'direct-reuse',
  'remanufacturable',
  'market-new',
  'second-hand',
] as const;

export function OrderTag({ state }: { state: State }) {
  const t = useTexts('market');
  return <StatusTag tone={TONES[state]}>{t(`orderState.${state}`)}</StatusTag>;
}

export function ListingTag({ state }: { state: Listing['state'] }) {
  const t = useTexts('market');
  const tone = { open: 'good', reserved: 'busy', sold: 'idle', withdrawn: 'idle' } as const;
  return <StatusTag tone={tone[state]}>{t(`listingState.${state}`)}</StatusTag>;
}

/** Number and name of a part in one line. */
export function usePartName(): (part: Listing['part']) => string {
  const say = useSay();
  return (part) => `${part.number} ${say(part.name)}`;
}

/** Where the passport of a thing is shown. */
export function passportOf(epc: string): string {
  return epc.replace(/^https:\/\/id\.gs1\.org/, '/passport');
}
