import { formatDuration, Section, useLang, useSay, useTexts } from '@zaizao/platform/ui';
import { inOrder, OperationTag, type Order } from './words.tsx';

/** The traveller: every step of the order, done and to do, with its rounds. */
export function Traveller({ order, current }: { order: Order; current?: string | undefined }) {
  const t = useTexts('production');
  const say = useSay();
  const lang = useLang();
  return (
    <Section title={t('traveller')}>
      <ol className="z-production-steps">
        {inOrder(order.operations).map((o) => (
          <li key={o.id} {...(o.id === current ? { 'aria-current': 'step' as const } : {})}>
            <span className="z-num">{o.code}</span>
            <span>
              {say(o.name)}
              {o.round > 1 ? ` · ${t('round', { n: o.round })}` : ''}
              {o.defect ? <small>{o.defect}</small> : null}
              {o.state === 'done' && o.activeSeconds > 0 ? (
                <small>{formatDuration(o.activeSeconds, lang)}</small>
              ) : null}
            </span>
            <OperationTag state={o.state} />
          </li>
        ))}
      </ol>
    </Section>
  );
}
