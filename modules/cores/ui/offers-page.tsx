import {
  Button,
  Code,
  Dialog,
  EmptyState,
  LinkButton,
  Loading,
  Money,
  ProblemBox,
  Row,
  SelectField,
  Stack,
  TextField,
  Time,
  useAct,
  useAddress,
  useList,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { FloorPage } from '@zaizao/platform/ui/floor';
import { useState } from 'react';
import { acceptQuote, disputeGrade, listOffers } from '../contract.ts';
import { PhotoRow } from './receive-core.tsx';
import { GradeMark, type Output, STATES, StateTag, useCoreName } from './words.tsx';

type Offer = Output<typeof listOffers>['items'][number];

/** Everything I sell, where it stands, what it brought; accept, hand over, dispute. */
export default function OffersPage() {
  const t = useTexts('cores');
  const [search, change] = useAddress();
  const state = STATES.find((s) => s === search.state);
  const offers = useList(listOffers, { query: { ...(state ? { state } : {}), limit: 50 } });
  return (
    <FloorPage
      title={t('offers.title')}
      actions={
        <LinkButton kind="primary" size="large" wide icon="plus" to="/floor/quote">
          {t('quote.title')}
        </LinkButton>
      }
    >
      <SelectField
        label={t('field.state')}
        placeholder={t('offers.all')}
        choices={STATES.map((value) => ({ value, label: t(`state.${value}`) }))}
        value={state}
        onChange={(value) => change({ state: value })}
      />
      {offers.problem ? <ProblemBox problem={offers.problem} retry={offers.reload} /> : null}
      {offers.isLoading ? (
        <Loading />
      ) : offers.items.length === 0 ? (
        <EmptyState icon="coin" title={t('offers.none')}>
          {t('offers.noneNext')}
        </EmptyState>
      ) : (
        <Stack>
          {offers.items.map((o) => (
            <OfferCard key={o.id} offer={o} />
          ))}
          {offers.hasMore ? <Button onClick={offers.more}>{t('offers.more')}</Button> : null}
        </Stack>
      )}
    </FloorPage>
  );
}

function OfferCard({ offer }: { offer: Offer }) {
  const t = useTexts('cores');
  const say = useSay();
  const name = useCoreName();
  return (
    <article className="z-cores-offer-card">
      <div className="z-cores-offer-head">
        <div>
          <strong>{name(offer)}</strong>
          <p className="z-note">
            <Code>{offer.code}</Code> · {offer.buyer} · <Time at={offer.createdAt} ago />
          </p>
        </div>
        <StateTag state={offer.state} />
      </div>
      <Row>
        {offer.grade ? <GradeMark grade={offer.grade} /> : null}
        <span className="z-cores-money">
          <Money fen={offer.creditFen ?? offer.quotedFen ?? '0'} />
        </span>
        <span className="z-note">
          {offer.byDeposit
            ? t('credit.byDeposit')
            : offer.credited
              ? t('credit.given')
              : offer.grade
                ? t('credit.waiting')
                : t('credit.quoted')}
        </span>
      </Row>
      {offer.gradeReasons.length > 0 ? (
        <ul className="z-cores-reasons">
          {offer.gradeReasons.map((r) => (
            <li key={r.en}>{t('receive.notMet', { text: say(r) })}</li>
          ))}
        </ul>
      ) : null}
      <PhotoRow core={offer} />
      <OfferActs offer={offer} />
    </article>
  );
}

function OfferActs({ offer }: { offer: Offer }) {
  const t = useTexts('cores');
  const params = { coreId: offer.id };
  const answer = useAct(acceptQuote, { said: t('offers.answered') });
  if (offer.state === 'quoted') {
    return (
      <Row>
        <Button
          kind="primary"
          size="large"
          isBusy={answer.isBusy}
          onClick={() => void answer.run({ params, body: { accept: true } })}
        >
          {t('offers.accept')}
        </Button>
        <Button
          size="large"
          isBusy={answer.isBusy}
          onClick={() => void answer.run({ params, body: { accept: false } })}
        >
          {t('offers.decline')}
        </Button>
      </Row>
    );
  }
  if (offer.state === 'accepted') {
    return (
      <LinkButton size="large" icon="truck" to="/floor/collect" search={{ core: offer.id }}>
        {t('collect.hand')}
      </LinkButton>
    );
  }
  if (offer.state === 'graded' && !offer.credited) return <Dispute offer={offer} />;
  return null;
}

function Dispute({ offer }: { offer: Offer }) {
  const t = useTexts('cores');
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState<string>();
  const dispute = useAct(disputeGrade, {
    said: t('dispute.done'),
    onDone: () => setOpen(false),
  });
  return (
    <>
      <Button size="large" icon="flag" onClick={() => setOpen(true)}>
        {t('dispute.open')}
      </Button>
      <Dialog
        open={isOpen}
        title={t('dispute.open')}
        onClose={() => setOpen(false)}
        footer={
          <Button
            kind="primary"
            size="large"
            disabled={!reason}
            isBusy={dispute.isBusy}
            onClick={() =>
              void dispute.run({ params: { coreId: offer.id }, body: { reason: reason ?? '' } })
            }
          >
            {t('dispute.send')}
          </Button>
        }
      >
        <TextField
          label={t('dispute.reason')}
          hint={t('dispute.hint')}
          lines={3}
          autoFocus
          value={reason}
          onChange={setReason}
        />
      </Dialog>
    </>
  );
}
