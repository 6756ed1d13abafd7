import { useParam } from '@zaizao/platform/ui';
import { epcOfPath } from '../domain/address.ts';
import { Passport } from './passport.tsx';

/** Passport of a product that has no GTIN: it is known by an asset identifier. */
export default function AssetPassportPage() {
  return <Passport epc={epcOfPath(`/8004/${encodeURIComponent(useParam('giai'))}`)} />;
}
