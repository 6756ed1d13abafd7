import { listDirectory } from '@zaizao/modules/parties/contract';
import {
  Button,
  Code,
  EmptyState,
  LinkButton,
  LookupField,
  Money,
  PhotoCapture,
  ProblemBox,
  Reading,
  Section,
  Stack,
  TextField,
  useAct,
  useAddress,
  useRead,
  useSay,
  useSession,
  useTexts,
  Verdict,
} from '@zaizao/platform/ui';
import { FloorPage, Keys, ScanField } from '@zaizao/platform/ui/floor';
import { useState } from 'react';
import { acceptQuote, previewQuote, requestQuote } from '../contract.ts';
import { NoProgramme } from './no-programme.tsx';
import { CandidateList } from './receive-new.tsx';
import { type Core, type GradeLetter, GradeMark, type Output, useCoreName } from './words.tsx';

type Candidate = Output<typeof previewQuote>['candidates'][number];
const CHANNELS: Readonly<Record<string, Core['channel']>> = {
  shop: 'repair-shop',
  collector: 'collector',
};

/** Number and photos to a plant, its price by condition at once, the quote in one press. */
export default function QuotePage() {
  const t = useTexts('cores');
  const [search, change] = useAddress();
  const [offer, setOffer] = useState<Core>();
  const plants = useRead(listDirectory, { query: { kind: 'remanufacturer', limit: 20 } });
  const toOrgId = search.to ?? plants.data?.items[0]?.id;
  const restart = () => {
    setOffer(undefined);
    change({ number: undefined });
  };
  if (offer) return <Offered core={offer} restart={restart} />;
  return (
    <FloorPage title={t('quote.title')} note={t('quote.note')}>
      <LookupField
        label={t('quote.plant')}
        list={listDirectory}
        by="q"
        fixed={{ kind: 'remanufacturer' }}
        choice={(o) => ({ value: o.id, label: o.name })}
        shown={plants.data?.items.find((o) => o.id === toOrgId)?.name}
        value={toOrgId}
        onChange={(to) => change({ to })}
      />
      <ScanField
        label={t('quote.number')}
        placeholder={t('quote.number')}
        onCode={(number) => change({ number }, true)}
      />
      {plants.error ? <ProblemBox problem={plants.error} /> : null}
      {plants.data && !toOrgId ? (
        <EmptyState icon="factory" title={t('quote.noPlant')}>
          {t('quote.noPlantNext')}
        </EmptyState>
      ) : search.number && toOrgId ? (
        <Prices
          key={`${toOrgId} ${search.number}`}
          number={search.number}
          toOrgId={toOrgId}
          onOffer={setOffer}
        />
      ) : (
        <EmptyState icon="scan" title={t('quote.start')}>
          {t('quote.startNext')}
        </EmptyState>
      )}
    </FloorPage>
  );
}

function Prices(props: { number: string; toOrgId: string; onOffer: (core: Core) => void }) {
  const { number, toOrgId } = props;
  const found = useRead(previewQuote, { query: { number, toOrgId } });
  const [chosen, setChosen] = useState<Candidate>();
  if (found.error?.code === 'CORE_PROGRAMME_MISSING') return <NoProgramme number={number} />;
  if (found.error && !found.data) return <ProblemBox problem={found.error} />;
  return (
    <Reading of={found}>
      {({ candidates }) => {
        const only = candidates.length === 1 ? candidates[0] : chosen;
        return only ? (
          <Ask {...props} candidate={only} />
        ) : (
          <CandidateList candidates={candidates} onChoose={setChosen} />
        );
      }}
    </Reading>
  );
}

function Ask(props: {
  number: string;
  toOrgId: string;
  candidate: Candidate;
  onOffer: (core: Core) => void;
}) {
  const t = useTexts('cores');
  const say = useSay();
  const { session } = useSession();
  const { candidate } = props;
  const [grade, setGrade] = useState<GradeLetter>();
  const [photos, setPhotos] = useState<readonly (string | undefined)[]>([undefined, undefined]);
  const ask = useAct(requestQuote, { onDone: props.onOffer });
  const channel = session.roles.map((r) => CHANNELS[r]).find((c) => c) ?? 'direct';
  return (
    <>
      <Section
        title={`${candidate.part.number} ${say(candidate.part.name)}`}
        note={t(`via.${candidate.via}`)}
      >
        <ul className="z-cores-offers">
          {candidate.offers.map((o) => (
            <li key={o.grade}>
              <GradeMark grade={o.grade} />
              <strong>
                <Money fen={o.creditFen} />
              </strong>
              <small>{say(o.text)}</small>
            </li>
          ))}
        </ul>
        <details>
          <summary>{t('quote.rules')}</summary>
          <ul className="z-cores-reasons">
            {candidate.criteria.map((c) => (
              <li key={c.code}>{say(c.text)}</li>
            ))}
          </ul>
        </details>
      </Section>
      <Section title={t('quote.condition')} note={t('quote.conditionNote')}>
        <Keys
          label={t('quote.condition')}
          value={grade}
          onChange={setGrade}
          choices={candidate.offers.map((o) => ({
            value: o.grade,
            label: o.grade,
            note: t(`condition.${o.grade}`),
          }))}
        />
      </Section>
      <Section title={t('quote.photos')}>
        <Stack>
          {(['front', 'nameplate'] as const).map((view, i) => (
            <PhotoCapture
              key={view}
              label={t(`photo.${view}`)}
              hint={t(`photo.${view}Hint`)}
              sha256={photos[i]}
              onStored={(f) =>
                setPhotos((before) => before.map((p, j) => (j === i ? f.sha256 : p)))
              }
            />
          ))}
        </Stack>
      </Section>
      <Button
        kind="primary"
        size="large"
        wide
        icon="coin"
        isBusy={ask.isBusy}
        onClick={() =>
          void ask.run({
            body: {
              number: props.number,
              partId: candidate.part.id,
              toOrgId: props.toOrgId,
              channel,
              photos: photos.filter((p) => p !== undefined),
              ...(grade ? { claimedGrade: grade } : {}),
            },
          })
        }
      >
        {t('quote.ask')}
      </Button>
    </>
  );
}

function Offered({ core, restart }: { core: Core; restart: () => void }) {
  const t = useTexts('cores');
  const name = useCoreName();
  const [address, setAddress] = useState<string>();
  const [answered, setAnswered] = useState<Core>();
  const answer = useAct(acceptQuote, { onDone: setAnswered });
  const give = (accept: boolean) =>
    void answer.run({
      params: { coreId: core.id },
      body: { accept, ...(accept && address ? { pickUpAddress: address } : {}) },
    });
  if (answered) {
    return (
      <FloorPage title={t('quote.title')}>
        <Verdict
          tone={answered.state === 'accepted' ? 'good' : 'decide'}
          title={t(`quote.${answered.state === 'accepted' ? 'accepted' : 'declined'}`)}
        >
          {t(`quote.${answered.state === 'accepted' ? 'acceptedNext' : 'declinedNext'}`, {
            code: core.code,
          })}
        </Verdict>
        <LinkButton kind="primary" size="large" wide to="/floor/offers">
          {t('offers.title')}
        </LinkButton>
        <Button size="large" wide onClick={restart}>
          {t('quote.another')}
        </Button>
      </FloorPage>
    );
  }
  return (
    <FloorPage
      title={t('quote.offer')}
      actions={
        <>
          <Button size="large" isBusy={answer.isBusy} onClick={() => give(false)}>
            {t('offers.decline')}
          </Button>
          <Button
            kind="primary"
            size="large"
            wide
            icon="check"
            isBusy={answer.isBusy}
            onClick={() => give(true)}
          >
            {t('offers.accept')}
          </Button>
        </>
      }
    >
      <Verdict tone="good" title={<Money fen={core.quotedFen ?? '0'} />}>
        {t('quote.offerNote')}
      </Verdict>
      <p>
        <Code>{core.code}</Code> {name(core)}
      </p>
      <TextField
        label={t('field.address')}
        hint={t('quote.addressHint')}
        required={false}
        value={address}
        onChange={setAddress}
      />
    </FloorPage>
  );
}
