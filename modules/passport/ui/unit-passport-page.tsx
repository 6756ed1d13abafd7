import { useParam } from '@zaizao/platform/ui';
import { epcOfPath } from '../domain/address.ts';
import { Passport } from './passport.tsx';

/** Passport of a product with a GTIN and a serial number. */
export default function UnitPassportPage() {
  const gtin = useParam('gtin');
  const serial = useParam('serial');
  return <Passport epc={epcOfPath(`/01/${gtin}/21/${encodeURIComponent(serial)}`)} />;
}
