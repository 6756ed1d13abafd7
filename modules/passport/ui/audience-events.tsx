import {
  addressOf,
  ChoiceField,
  Loading,
  ProblemBox,
  StatusTag,
  Time,
  useRead,
  useTexts,
} from '@zaizao/platform/ui';
import { useState } from 'react';
import type { z } from 'zod';
import {
  type Audience,
  getAudienceView,
  getBundle,
  type passportAudienceView,
} from '../contract/public.ts';
import { KNOWN_STEPS } from './lives-section.tsx';

type View = z.output<typeof passportAudienceView>;
type Event = View['events'][number];

/** The events as this reader may see them; what is kept back is named, with whom it is open to. */
export default function AudienceEvents(props: {
  epc: string;
  serial: string;
  share: string | undefined;
}) {
  const t = useTexts('passport');
  const { epc, serial, share } = props;
  const [view, setView] = useState<Audience>();
  const query = { epc, ...(view ? { view } : {}), ...(share ? { share } : {}) };
  const found = useRead(getAudienceView, { query });
  if (found.error) return <ProblemBox problem={found.error} />;
  if (!found.data) return <Loading lines={4} />;
  const { open, by, until, events } = found.data;
  const seen = found.data.view;
  const kept = events.reduce((n, e) => n + e.withheld.length, 0);
  return (
    <div className="z-passport-audience">
      {open.length > 1 ? (
        <ChoiceField
          label={t('audience.as')}
          choices={open.map((value) => ({ value, label: t(`audience.${value}`) }))}
          value={seen}
          onChange={(value) => setView(value)}
        />
      ) : null}
      <p>
        <StatusTag tone={seen === 'public' ? 'idle' : 'good'}>{t(`audience.${seen}`)}</StatusTag>{' '}
        {t(`audience.by.${by}`)}
        {until ? (
          <>
            {' '}
            {t('audience.until')} <Time at={until} />
          </>
        ) : null}
      </p>
      <p className="z-note">
        {kept > 0 ? t('audience.kept', { n: String(kept) }) : t('audience.keptNone')}
      </p>
      <ol className="z-passport-events">
        {events.map((event) => (
          <EventItem key={`${event.eventId} ${event.recordTime}`} event={event} />
        ))}
      </ol>
      <p>
        <a
          className="z-passport-link"
          href={addressOf(getBundle, { query: { ...query, view: seen } })}
          download={`zaizao-passport-${serial}-${seen}.json`}
        >
          {t('audience.download')}
        </a>
      </p>
    </div>
  );
}

/** Groups that have a name in the reader's language; others show their own word. */
const NAMED = new Set([
  ...['what', 'where', 'why', 'business', 'condition', 'ilmd', 'certification', 'error'],
  ...['epcList', 'inputEPCList', 'outputEPCList', 'childEPCs'],
]);

/** What was done, in the maker’s own word where it is shown: the CBV calls cleaning and restoring both `repairing`. */
function stepOf(event: Event): string {
  const told = event.shown.find((s) => s.group.endsWith('zz:process'))?.value;
  return event.step === 'repairing' && typeof told === 'string' ? told : event.step;
}

function EventItem({ event }: { event: Event }) {
  const t = useTexts('passport');
  const nameOf = (group: string) => {
    if (NAMED.has(group)) return t(`group.${group}`);
    const field = group.replace(/^ext:(?:zz:)?/, '');
    // A field that has no name yet is shown by its own.
    const name = t(`field.${field}`);
    return name.endsWith(`field.${field}`) ? field : name;
  };
  const step = stepOf(event);
  return (
    <li>
      <details>
        <summary>
          <span>
            <strong>{KNOWN_STEPS.has(step) ? t(`step.${step}`) : step}</strong>
            <small>{t(`audience.of.${event.about}`, { code: event.code })}</small>
          </span>
          {event.withheld.length > 0 ? (
            <StatusTag tone="idle">
              {t('audience.keptOf', { n: String(event.withheld.length) })}
            </StatusTag>
          ) : null}
          {event.at ? <Time at={event.at} /> : null}
        </summary>
        <dl>
          {event.shown.map(({ group, value }) => (
            <div key={group}>
              <dt>{nameOf(group)}</dt>
              <dd>{wordsOf(value)}</dd>
            </div>
          ))}
          {event.withheld.map(({ group, openTo }) => (
            <div key={group} className="z-passport-withheld">
              <dt>{nameOf(group)}</dt>
              <dd>
                {t('audience.withheld')}{' '}
                {openTo.map((audience) => (
                  <StatusTag key={audience} tone="idle">
                    {t(`audience.${audience}`)}
                  </StatusTag>
                ))}
              </dd>
            </div>
          ))}
        </dl>
      </details>
    </li>
  );
}

/** A value of an event as text: lists line by line, objects as `field: value`. */
function wordsOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(wordsOf).join('\n');
  // Identifiers of things by their key: the host says nothing.
  if (typeof value === 'string') return value.replace(/^https:\/\/id\.gs1\.org\//, '');
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([field, part]) => `${field.replace(/^zz:/, '')}: ${wordsOf(part).replaceAll('\n', ', ')}`)
    .join('\n');
}
