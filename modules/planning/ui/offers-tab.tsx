import {
  Button,
  Dialog,
  EmptyState,
  Money,
  MoneyField,
  NumberField,
  type Output,
  PermissionGate,
  Row,
  SelectField,
  StatusTag,
  TextField,
  Time,
  useAct,
  useTexts,
} from '@zaizao/platform/ui';
import { DataTable } from '@zaizao/platform/ui/office';
import { useState } from 'react';
import { listOffers, makeOffer, perm, requestCapacity, withdrawOffer } from '../contract.ts';
import { type Span, SpanFields, spanFromNow } from './span.tsx';
import { STATION_KINDS, useKind } from './words.tsx';

type Offer = Output<typeof listOffers>['items'][number];
const OFFER_TONES = { open: 'good', taken: 'busy', withdrawn: 'idle' } as const;

/** Idle capacity of every organisation of this installation: what others offer, and one's own. */
export function OffersTab() {
  const t = useTexts('planning');
  const kind = useKind();
  const [asking, setAsking] = useState<Offer | 'new'>();
  const withdraw = useAct(withdrawOffer, { said: t('offer.withdrawn') });
  const offer = (
    <PermissionGate access={perm('planning.capacity:offer')}>
      <Button kind="primary" icon="plus" onClick={() => setAsking('new')}>
        {t('offer.make')}
      </Button>
    </PermissionGate>
  );
  return (
    <>
      <Row>{offer}</Row>
      <DataTable
        id="planning.offers"
        title={t('offer.title')}
        list={listOffers}
        rowKey={(r) => r.id}
        filters={[
          {
            kind: 'choice',
            id: 'stationKind',
            label: t('offer.kind'),
            choices: STATION_KINDS.map((value) => ({ value, label: kind(value) })),
          },
          {
            kind: 'choice',
            id: 'own',
            label: t('offer.whose'),
            choices: [
              { value: 'no', label: t('offer.others') },
              { value: 'yes', label: t('offer.own') },
            ],
          },
        ]}
        columns={[
          {
            id: 'title',
            title: t('offer.what'),
            cell: (r) => (
              <>
                {r.title} <small className="z-note">{r.capability}</small>
              </>
            ),
            plain: (r) => r.title,
          },
          {
            id: 'kind',
            title: t('offer.kind'),
            cell: (r) => kind(r.stationKind),
            plain: (r) => r.stationKind,
          },
          {
            id: 'provider',
            title: t('offer.provider'),
            cell: (r) => (r.own ? t('offer.us') : r.provider.name),
            plain: (r) => r.provider.name,
          },
          {
            id: 'when',
            title: t('offer.when'),
            cell: (r) => (
              <>
                <Time at={r.from} /> – <Time at={r.to} />
              </>
            ),
            plain: (r) => r.from,
          },
          {
            id: 'left',
            title: t('offer.left'),
            align: 'end',
            cell: (r) => t('offer.minutes', { n: r.minutesLeft, of: r.minutes }),
            plain: (r) => r.minutesLeft,
          },
          {
            id: 'price',
            title: t('offer.price'),
            align: 'end',
            cell: (r) => <Money fen={r.priceFen} />,
            plain: (r) => Number(r.priceFen) / 100,
          },
          {
            id: 'state',
            title: t('plans.state'),
            cell: (r) => (
              <StatusTag tone={OFFER_TONES[r.state]}>{t(`offerState.${r.state}`)}</StatusTag>
            ),
            plain: (r) => r.state,
          },
          {
            id: 'do',
            title: t('offer.do'),
            cell: (r) => (
              <PermissionGate access={perm('planning.capacity:offer')}>
                {r.own ? (
                  r.state === 'open' ? (
                    <Button
                      size="small"
                      onClick={() => void withdraw.run({ params: { offerId: r.id } })}
                    >
                      {t('offer.withdraw')}
                    </Button>
                  ) : null
                ) : (
                  <Button size="small" kind="primary" onClick={() => setAsking(r)}>
                    {t('offer.ask')}
                  </Button>
                )}
              </PermissionGate>
            ),
            plain: () => '',
          },
        ]}
        empty={
          <EmptyState icon="factory" title={t('offer.none')} action={offer}>
            {t('offer.noneNext')}
          </EmptyState>
        }
      />
      <Dialog open={asking === 'new'} title={t('offer.make')} onClose={() => setAsking(undefined)}>
        <OfferForm onDone={() => setAsking(undefined)} />
      </Dialog>
      <Dialog
        open={asking !== undefined && asking !== 'new'}
        title={t('offer.ask')}
        onClose={() => setAsking(undefined)}
      >
        {asking !== undefined && asking !== 'new' ? (
          <AskForm offer={asking} onDone={() => setAsking(undefined)} />
        ) : null}
      </Dialog>
    </>
  );
}

function OfferForm({ onDone }: { onDone: () => void }) {
  const t = useTexts('planning');
  const kind = useKind();
  const make = useAct(makeOffer, { said: t('offer.made'), onDone });
  const [stationKind, setKind] = useState<string>();
  const [title, setTitle] = useState<string>();
  const [capability, setCapability] = useState<string>();
  const [minutes, setMinutes] = useState<number | undefined>(480);
  const [priceFen, setPrice] = useState<string>();
  const [span, setSpan] = useState(() => spanFromNow(7 * 24));
  const isReady = stationKind && title && minutes && priceFen && span.from && span.to;
  return (
    <form
      className="z-form"
      onSubmit={(e) => {
        e.preventDefault();
        if (!stationKind || !title || !minutes || !priceFen || !span.from || !span.to) return;
        const more = capability ? { capability } : {};
        const window = { from: span.from, to: span.to };
        void make.run({ body: { stationKind, title, minutes, priceFen, ...window, ...more } });
      }}
    >
      <p className="z-note">{t('offer.lead')}</p>
      <SelectField
        label={t('offer.kind')}
        choices={STATION_KINDS.map((value) => ({ value, label: kind(value) }))}
        value={stationKind as (typeof STATION_KINDS)[number] | undefined} // only the choices are ever set
        onChange={setKind}
      />
      <TextField label={t('offer.what')} value={title} onChange={setTitle} />
      <TextField
        label={t('offer.capability')}
        required={false}
        lines={2}
        value={capability}
        onChange={setCapability}
      />
      <SpanFields span={span} onChange={setSpan} />
      <NumberField
        label={t('offer.amount')}
        unit="MIN"
        min={10}
        value={minutes}
        onChange={setMinutes}
      />
      <MoneyField label={t('offer.price')} value={priceFen} onChange={setPrice} />
      <Button kind="primary" submit wide isBusy={make.isBusy} disabled={!isReady}>
        {t('offer.make')}
      </Button>
    </form>
  );
}

function AskForm({ offer, onDone }: { offer: Offer; onDone: () => void }) {
  const t = useTexts('planning');
  const ask = useAct(requestCapacity, { said: t('offer.asked'), onDone });
  const [minutes, setMinutes] = useState<number | undefined>(Math.min(240, offer.minutesLeft));
  const [span, setSpan] = useState<Span>({ from: offer.from, to: offer.to });
  const [specification, setSpecification] = useState<string>();
  return (
    <form
      className="z-form"
      onSubmit={(e) => {
        e.preventDefault();
        if (!minutes || !specification || !span.from || !span.to) return;
        const body = { minutes, from: span.from, to: span.to, specification };
        void ask.run({ params: { offerId: offer.id }, body });
      }}
    >
      <p>
        {offer.provider.name} · {offer.title}
      </p>
      <NumberField
        label={t('offer.amount')}
        unit="MIN"
        min={10}
        max={offer.minutesLeft}
        value={minutes}
        onChange={setMinutes}
      />
      <SpanFields span={span} onChange={setSpan} />
      <TextField
        label={t('request.specification')}
        hint={t('request.specificationHint')}
        lines={4}
        value={specification}
        onChange={setSpecification}
      />
      <Button kind="primary" submit wide isBusy={ask.isBusy} disabled={!minutes || !specification}>
        {t('offer.ask')}
      </Button>
    </form>
  );
}
