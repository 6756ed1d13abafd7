import {
  addressOf,
  Code,
  EmptyState,
  Icon,
  LinkButton,
  Loading,
  Mark,
  ProblemBox,
  Row,
  SimulatedEdge,
  StatusTag,
  useRead,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { getPassport, getPicture, type PassportView } from '../contract/public.ts';
import { AssuranceSection, GiveBackSection, SavingsSection } from './after-section.tsx';
import { AudienceSection } from './audience-section.tsx';
import { Downloads } from './downloads.tsx';
import { LivesSection } from './lives-section.tsx';
import { MadeSection } from './made-section.tsx';
import { ProofTick } from './proof-tick.tsx';
import { TestsSection } from './tests-section.tsx';
import { useProof } from './use-proof.ts';
import './passport.css';

/** The passport of one product: opens from the QR code, on a phone first, without a login. */
export function Passport({ epc }: { epc: string }) {
  const t = useTexts('passport');
  const passport = useRead(getPassport, { query: { epc } });
  if (passport.data) return <Page passport={passport.data} />;
  if (passport.error?.code === 'PASSPORT_NOT_FOUND') {
    return (
      <div className="z-passport">
        <EmptyState
          icon="search"
          title={<h1 className="z-passport-missing">{t('missing.title')}</h1>}
          action={
            <Row>
              <LinkButton to="/passport">{t('missing.find')}</LinkButton>
              <LinkButton to="/verify">{t('missing.verify')}</LinkButton>
            </Row>
          }
        >
          {t('missing.note')} <Code>{epc}</Code>
        </EmptyState>
      </div>
    );
  }
  return (
    <div className="z-passport">
      {passport.error ? (
        <ProblemBox problem={passport.error} retry={() => void passport.refetch()} />
      ) : (
        <Loading lines={8} />
      )}
    </div>
  );
}

function Page({ passport }: { passport: PassportView }) {
  const t = useTexts('passport');
  const { facts, status, credential } = passport;
  const proof = useProof(facts, credential !== undefined, t('tick.offline'));
  return (
    <div className="z-passport">
      {facts.simulated ? <SimulatedEdge always /> : null}
      <div className="z-passport-columns">
        <div className="z-passport-lead">
          <Hero passport={passport} />
          {credential || status.stage === 'making' ? (
            <ProofTick state={proof} stage={credential ? status.stage : 'making'} />
          ) : (
            <p className="z-note">{t('tick.unsigned')}</p>
          )}
          <div className="z-passport-late">
            <AssuranceSection facts={facts} />
            {status.giveBack ? <GiveBackSection giveBack={status.giveBack} /> : null}
          </div>
        </div>
        <div className="z-passport-body">
          {facts.test ? <TestsSection test={facts.test} /> : null}
          <MadeSection made={facts.made} work={facts.work} />
          <LivesSection facts={facts} steps={status.steps} />
          <SavingsSection savings={facts.savings} />
          <AudienceSection epc={facts.epc} serial={facts.serial} />
        </div>
      </div>
      <Downloads passport={passport} proof={proof} />
    </div>
  );
}

function Hero({ passport }: { passport: PassportView }) {
  const t = useTexts('passport');
  const say = useSay();
  const { facts, status, credential } = passport;
  return (
    <header className="z-passport-hero">
      <div className="z-passport-picture">
        {status.hasPicture ? (
          <img
            src={addressOf(getPicture, { query: { epc: facts.epc } })}
            alt={say(facts.product.name)}
          />
        ) : (
          <Mark size={112} />
        )}
        <p className="z-passport-life">
          <Icon name="recycle" size={20} /> {t('hero.life', { n: String(facts.life) })}
        </p>
      </div>
      <h1>{say(facts.product.name)}</h1>
      <p className="z-passport-maker">
        <Icon name="factory" size={18} /> {facts.maker.name}
      </p>
      <p className="z-passport-ids">
        <span>
          {t('hero.number')} <Code>{facts.product.number}</Code>
        </span>
        <span>
          {t('hero.serial')} <Code>{facts.serial}</Code>
        </span>
      </p>
      <Stage stage={status.stage} revoked={credential?.revokedFor} />
    </header>
  );
}

function Stage({
  stage,
  revoked,
}: {
  stage: PassportView['status']['stage'];
  revoked: string | undefined;
}) {
  const t = useTexts('passport');
  if (revoked !== undefined) {
    return <StatusTag tone="bad">{t('stage.revoked', { reason: revoked })}</StatusTag>;
  }
  const tone = stage === 'scrapped' ? 'bad' : stage === 'making' ? 'decide' : 'good';
  return <StatusTag tone={tone}>{t(`stage.${stage}`)}</StatusTag>;
}
