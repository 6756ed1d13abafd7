import {
  Code,
  Facts,
  formatDay,
  formatNumber,
  Link,
  Money,
  Section,
  Timeline,
  useLang,
  useTexts,
} from '@zaizao/platform/ui';
import { type Order, passportOf, usePartName } from './words.tsx';

/** The goods of an order with price, deposit, proof; then the sums. */
export function OrderLines({ order: o }: { order: Order }) {
  const t = useTexts('market');
  const lang = useLang();
  const part = usePartName();
  return (
    <Section title={t('order.lines')}>
      <ul className="z-market-lines">
        {o.lines.map((l) => (
          <li key={l.unitId}>
            <strong>{part(l.part)}</strong>
            <span>
              <Code>{l.serial}</Code> <Link to={passportOf(l.epc)}>{t('listing.passport')}</Link>
            </span>
            <span>
              <Money fen={l.priceFen} /> + {t('store.deposit')} <Money fen={l.depositFen} />
            </span>
            {l.sscc ? (
              <small>
                {t('order.parcel')} <Code>{l.sscc}</Code>
              </small>
            ) : null}
            {l.installed ? (
              <small>
                {t('order.installed', { day: formatDay(l.installed.at, lang) })}
                {l.installed.vin ? ` · VIN ${l.installed.vin}` : ''}
                {l.installed.mileageKm === undefined
                  ? ''
                  : ` · ${formatNumber(l.installed.mileageKm, lang)} km`}
              </small>
            ) : null}
          </li>
        ))}
      </ul>
      <Facts
        rows={[
          [t('order.goods'), <Money key="g" fen={o.goodsFen} />],
          [t('order.deposits'), <Money key="d" fen={o.depositFen} />],
          [t('order.total'), <Money key="t" fen={o.totalFen} />],
          [t('order.payment'), t(o.onCredit ? 'order.onCredit' : 'order.prepaid')],
          [t('order.deliverTo'), o.deliverTo],
          [t('order.shipment'), o.carrier ? `${o.carrier} ${o.trackingNumber ?? ''}` : undefined],
          [
            t('order.coreReturns'),
            o.coreReturns.length > 0 ? o.coreReturns.map((c) => c.code).join(', ') : undefined,
          ],
        ]}
      />
    </Section>
  );
}

/** How far the order has come. */
export function OrderSteps({ order: o }: { order: Order }) {
  const t = useTexts('market');
  const entries = [...o.steps]
    .reverse()
    .map((s) => ({ id: `${s.state} ${s.at}`, at: s.at, title: t(`orderState.${s.state}`) }));
  const returns = o.coreReturns.map((c) => ({
    id: c.coreId,
    at: c.at,
    title: t('order.coreBack', { code: c.code }),
  }));
  const all = [...entries, ...returns].sort((a, b) => b.at.localeCompare(a.at));
  return (
    <Section title={t('order.history')}>
      <Timeline entries={all} />
    </Section>
  );
}
