import {
  Facts,
  Photo,
  Quantity,
  Section,
  Time,
  Timeline,
  useRead,
  useTexts,
} from '@zaizao/platform/ui';
import { getParcel, listExchanges } from '../contract.ts';
import { usePartName } from './words.tsx';

/** What was exchanged in a unit, and the parcel it is in; nothing where there is nothing. */
export function MadeSections({ unitId }: { unitId: string }) {
  const t = useTexts('production');
  const part = usePartName();
  const exchanges = useRead(listExchanges, { params: { unitId } });
  const { data } = useRead(getParcel, { params: { unitId } });
  const parcel = data?.parcel;
  const items = exchanges.data?.items ?? [];
  const pieces = (all: (typeof items)[number]['putIn']) =>
    all.map((p) => `${p.code ?? p.lot ?? ''}${p.qty > 1 ? ` × ${p.qty}` : ''}`).join(', ');
  return (
    <>
      {items.length > 0 ? (
        <Section title={t('exchange.history')}>
          <Timeline
            entries={items.map((x) => ({
              id: x.id,
              at: x.at,
              title: `${x.pos} ${part(x.part)}: ${pieces(x.takenOut)} → ${pieces(x.putIn)}`,
              note: x.reason,
            }))}
          />
        </Section>
      ) : null}
      {parcel ? (
        <Section title={t('packing.parcel')}>
          <Facts
            rows={[
              ['SSCC', parcel.sscc],
              [t('packing.gross'), <Quantity key="g" value={parcel.grossG} unit="GRM" />],
              [t('packing.at'), <Time key="t" at={parcel.packedAt} />],
              [
                t('packing.photo'),
                <Photo key="p" sha256={parcel.photo} alt={t('packing.photo')} size={80} />,
              ],
            ]}
          />
        </Section>
      ) : null}
    </>
  );
}
