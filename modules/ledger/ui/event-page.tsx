import {
  Button,
  Code,
  Facts,
  Link,
  Reading,
  Row,
  Section,
  StatusTag,
  Time,
  useParam,
  useRead,
  useTexts,
  Verdict,
} from '@zaizao/platform/ui';
import { download, OfficePage } from '@zaizao/platform/ui/office';
import { useMemo } from 'react';
import { type EventProof, getEvent, type StoryEvent } from '../contract.ts';
import { checkProof } from './check-proof.ts';
import { useNames } from './names.ts';
import './ledger.css';

/** One event: readable, as JSON, and proved in this browser. */
export default function EventPage() {
  const t = useTexts('ledger');
  const names = useNames();
  const eventId = useParam('eventId');
  const found = useRead(getEvent, { params: { eventId } });
  return (
    <Reading of={found}>
      {({ event, declarations, proof }) => (
        <OfficePage
          title={names.step(event.bizStep, event.type, event.process)}
          note={event.eventId}
          up={{ to: '/office/ledger', title: t('ledger.title') }}
          status={
            declarations.length > 0 ? (
              <StatusTag tone="decide">{t('ledger.declared')}</StatusTag>
            ) : undefined
          }
        >
          <Story event={event} />
          <Proof event={event} proof={proof} />
          {declarations.map((d) => (
            <Section key={d.seq} title={t('event.declaration')}>
              <Json value={d.event} />
            </Section>
          ))}
          <Section title={t('event.json')} note={t('event.jsonNote')}>
            <Json value={event.event} />
          </Section>
        </OfficePage>
      )}
    </Reading>
  );
}

function Json({ value }: { value: unknown }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <pre className="z-ledger-json" tabIndex={0}>
      {JSON.stringify(value, null, 2)}
    </pre>
  );
}

function SharedBy({ of }: { of: NonNullable<StoryEvent['sharedBy']> }) {
  const t = useTexts('ledger');
  return (
    <>
      {of.name} <StatusTag tone="idle">{t(`share.levels.${of.level}`)}</StatusTag>
    </>
  );
}

function Story({ event }: { event: StoryEvent }) {
  const t = useTexts('ledger');
  const names = useNames();
  return (
    <Section title={t('event.story')}>
      <Facts
        rows={[
          [t('ledger.eventTime'), <Time key="e" at={event.eventTime} />],
          [t('ledger.recordTime'), <Time key="r" at={event.recordTime} />],
          [t('ledger.type'), t(`types.${event.type}`)],
          [t('event.action'), event.action],
          [t('ledger.disposition'), names.disposition(event.disposition)],
          [t('event.readPoint'), event.readPoint && <Code>{event.readPoint}</Code>],
          [t('event.bizLocation'), event.bizLocation && <Code>{event.bizLocation}</Code>],
          [t('event.hash'), event.hash && <Code>{event.hash}</Code>],
          [t('event.sharedBy'), event.sharedBy && <SharedBy of={event.sharedBy} />],
        ]}
      />
      <ul className="z-ledger-things">
        {event.things.map((x) => (
          <li key={`${x.role} ${x.epc}`}>
            <StatusTag tone="idle">{t(`roles.${x.role}`)}</StatusTag>{' '}
            <Link to="/office/things/$epc" params={{ epc: x.epc }}>
              {names.name(x)}
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Proof({ event, proof }: { event: StoryEvent; proof: EventProof | undefined }) {
  const t = useTexts('ledger');
  const checks = useMemo(() => (proof ? checkProof(event, proof) : undefined), [event, proof]);
  if (!proof || !checks) {
    return (
      <Section title={t('proof.title')}>
        <Verdict tone="decide" title={t('proof.waiting')}>
          {t('proof.waitingNext')}
        </Verdict>
      </Section>
    );
  }
  const failed = checks.find((c) => !c.ok);
  return (
    <Section
      title={t('proof.title')}
      note={t('proof.note')}
      actions={
        <Row>
          <Button
            icon="download"
            onClick={() => download('event.tlog-proof', 'text/plain', proof.tlogProof)}
          >
            {t('proof.download')}
          </Button>
        </Row>
      }
    >
      <Verdict
        tone={failed ? 'bad' : 'good'}
        title={failed ? t(`proof.failed.${failed.id}`) : t('proof.verified')}
      >
        {t('proof.place', { index: proof.logIndex, size: proof.treeSize })}{' '}
        {proof.witnessKeys.length > 0
          ? t('proof.witnessed', { n: proof.witnessKeys.length })
          : t('proof.unwitnessed')}
      </Verdict>
      <ol className="z-ledger-checks">
        {checks.map((c) => (
          <li key={c.id}>
            <StatusTag tone={c.ok ? 'good' : 'bad'}>{t(`proof.checks.${c.id}`)}</StatusTag>
            {c.reason ? <small> {c.reason}</small> : null}
          </li>
        ))}
      </ol>
    </Section>
  );
}
