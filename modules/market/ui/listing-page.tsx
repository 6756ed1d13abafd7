import {
  Button,
  CheckField,
  Code,
  Dialog,
  Facts,
  FormFrame,
  LinkButton,
  Money,
  Panels,
  Reading,
  Row,
  Section,
  SimulatedEdge,
  TextField,
  useForm,
  useGo,
  useMay,
  useParam,
  useRead,
  useSay,
  useSession,
  useTexts,
  Verdict,
} from '@zaizao/platform/ui';
import { useState } from 'react';
import { getListing, placePurchase } from '../contract.ts';
import { type Listing, passportOf } from './words.tsx';

/** The part page: what it is, what it replaces, its proof, price and deposit, and the way to buy it. */
export default function ListingPage() {
  const t = useTexts('market');
  const say = useSay();
  const listing = useRead(getListing, { params: { listingId: useParam('listingId') } });
  return (
    <div className="z-market">
      <LinkButton kind="quiet" icon="left" to="/market">
        {t('store.title')}
      </LinkButton>
      <Reading of={listing}>
        {(l) => (
          <>
            {l.seller.simulated ? <SimulatedEdge always /> : null}
            <p className="z-market-class">
              {t(`goodsClass.${l.goodsClass}`)} · {t('life', { n: l.life })}
            </p>
            <h1>{say(l.part.name)}</h1>
            <p>
              <Code>{l.part.number}</Code>
            </p>
            {l.state === 'open' ? null : (
              <Verdict tone="decide" title={t(`listingState.${l.state}`)}>
                {t('listing.gone')}
              </Verdict>
            )}
            <Price listing={l} />
            <Section title={t('listing.fit')} note={t('listing.fitNote')}>
              <Row>
                {[...new Set([l.part.number, ...l.numbers])].map((n) => (
                  <Code key={n}>{n}</Code>
                ))}
              </Row>
            </Section>
            <Section title={t('listing.proof')} note={t('listing.proofNote')}>
              <Facts
                rows={[
                  [t('listing.serial'), <Code key="s">{l.serial}</Code>],
                  [t('listing.certificate'), l.certificateCode],
                  [t('listing.life'), t('listing.lifeNote', { n: l.life })],
                ]}
              />
              <LinkButton kind="primary" icon="shield" to={passportOf(l.epc)}>
                {t('listing.passport')}
              </LinkButton>
            </Section>
            <Panels slot="listing" props={{ epc: l.epc }} />
          </>
        )}
      </Reading>
    </div>
  );
}

function Price({ listing: l }: { listing: Listing }) {
  const t = useTexts('market');
  const may = useMay();
  const { session } = useSession();
  const [isBuying, setBuying] = useState(false);
  const total = String(BigInt(l.priceFen) + BigInt(l.depositFen));
  const isOwn = session.org?.id === l.seller.id;
  return (
    <Section>
      <p className="z-market-large">
        <Money fen={l.priceFen} />
      </p>
      <Facts
        rows={[
          [
            t('listing.deposit'),
            l.depositFen === '0' ? t('store.noDeposit') : <Money key="d" fen={l.depositFen} />,
          ],
          [t('listing.total'), <Money key="t" fen={total} />],
          [
            t('listing.warranty'),
            [
              t('store.warranty', { n: l.warrantyMonths }),
              ...(l.warrantyKm ? [t('claim.orKm', { n: l.warrantyKm })] : []),
              ...(l.warrantyTerms ? [l.warrantyTerms] : []),
            ].join(' · '),
          ],
          [t('listing.seller'), l.seller.name],
        ]}
      />
      {l.depositFen === '0' ? null : <p className="z-note">{t('listing.depositNote')}</p>}
      {l.state !== 'open' ? null : isOwn ? (
        <p className="z-note">{t('listing.own')}</p>
      ) : may('market.purchase:place') ? (
        <Button kind="primary" size="large" icon="cart" onClick={() => setBuying(true)}>
          {t('buy.title')}
        </Button>
      ) : session.user ? (
        <p className="z-note">{t('listing.notYours')}</p>
      ) : (
        <LinkButton
          kind="primary"
          size="large"
          icon="user"
          to="/sign-in"
          search={{ to: `/market/${l.id}` }}
        >
          {t('listing.signIn')}
        </LinkButton>
      )}
      <Dialog open={isBuying} title={t('buy.title')} onClose={() => setBuying(false)}>
        <BuyForm listing={l} total={total} />
      </Dialog>
    </Section>
  );
}

function BuyForm({ listing: l, total }: { listing: Listing; total: string }) {
  const t = useTexts('market');
  const go = useGo();
  const form = useForm(placePurchase, {
    initial: { listingIds: [l.id], onCredit: false },
    refreshes: ['deposits'],
    said: (o) => t('buy.said', { code: o.code }),
    onDone: (o) => go({ to: '/floor/purchases', search: { order: o.id } }),
  });
  return (
    <FormFrame form={form} submit={t('buy.now')}>
      <Facts
        rows={[
          [t('listing.serial'), l.serial],
          [t('listing.price'), <Money key="p" fen={l.priceFen} />],
          [t('listing.deposit'), <Money key="d" fen={l.depositFen} />],
          [t('listing.total'), <Money key="t" fen={total} />],
        ]}
      />
      <TextField label={t('buy.deliverTo')} lines={2} {...form.field('deliverTo')} />
      <CheckField label={t('buy.onCredit')} {...form.field('onCredit')} />
    </FormFrame>
  );
}
