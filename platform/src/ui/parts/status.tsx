import type { ReactNode } from 'react';
import type { IconName } from '../page-list.ts';
import { Icon } from './icon.tsx';

/**
 * The five tones of a state. `decide` waits for a person; `bad` only for "out of limits" and what
 * failed; `busy` is under way; `idle` is neither good nor bad.
 */
export type Tone = 'good' | 'decide' | 'bad' | 'busy' | 'idle';

const shapes: Readonly<Record<Tone, IconName | undefined>> = {
  good: 'check',
  decide: 'clock',
  bad: 'close',
  busy: 'pulse',
  idle: undefined,
};

/** A state in one or two words; the shape says it too, for those who see no colours. */
export function StatusTag({ tone, children }: { tone: Tone; children: ReactNode }) {
  const shape = shapes[tone];
  return (
    <span className={`z-tag z-tone-${tone}`}>
      {shape ? <Icon name={shape} size={14} /> : <i className="z-tag-dot" />}
      <span>{children}</span>
    </span>
  );
}

/** The large answer of a station: accepted, refused, or to decide; with the reason below. */
export function Verdict(props: {
  tone: 'good' | 'decide' | 'bad';
  title: ReactNode;
  children?: ReactNode;
}) {
  const { tone, title, children } = props;
  const shape: IconName = tone === 'good' ? 'check' : tone === 'bad' ? 'close' : 'flag';
  return (
    <div className={`z-verdict z-tone-${tone}`} role="status" aria-live="assertive">
      <span className="z-verdict-shape">
        <Icon name={shape} size={40} />
      </span>
      <div>
        <p className="z-verdict-title">{title}</p>
        {children ? <div className="z-verdict-reason">{children}</div> : null}
      </div>
    </div>
  );
}
