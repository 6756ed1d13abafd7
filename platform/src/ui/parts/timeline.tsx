import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';
import type { Tone } from './status.tsx';
import { Time } from './values.tsx';

export interface TimelineEntry {
  readonly id: string;
  readonly at: string | Date;
  readonly title: ReactNode;
  readonly note?: ReactNode;
  readonly tone?: Tone;
  /** The event's inclusion in the log has been checked. */
  readonly proven?: boolean;
  readonly children?: ReactNode;
}

/** What happened, one under another, newest where the caller puts it. */
export function Timeline({
  entries,
  provenTitle,
}: {
  entries: readonly TimelineEntry[];
  provenTitle?: string;
}) {
  return (
    <ol className="z-timeline">
      {entries.map((e) => (
        <li key={e.id} className={`z-tone-${e.tone ?? 'idle'}`}>
          <div className="z-timeline-head">
            <span>{e.title}</span>
            {e.proven ? (
              <span className="z-proof">
                <Icon name="check" size={14} {...(provenTitle ? { title: provenTitle } : {})} />
              </span>
            ) : null}
            <Time at={e.at} />
          </div>
          {e.note ? <p className="z-note">{e.note}</p> : null}
          {e.children}
        </li>
      ))}
    </ol>
  );
}
