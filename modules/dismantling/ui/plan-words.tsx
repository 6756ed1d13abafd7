import { DIRECTIONS } from '@zaizao/modules/catalog/contract';
import {
  formatNumber,
  Money,
  type Output,
  StatusTag,
  useLang,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import type { getTeardownPlan } from '../contract.ts';

export type TeardownPlanShown = Output<typeof getTeardownPlan>;
export type PlanShown = NonNullable<TeardownPlanShown['plan']>;
export type StepShown = PlanShown['steps'][number];
export type ItemShown = PlanShown['items'][number];

/** Reckoned money: to the fen is as exact as it is meant. */
export function Reckoned({ fen }: { fen: number }) {
  return <Money fen={String(Math.round(fen))} />;
}

/** From where a joint is reached, in the reader's words. */
export function useDirection(): (direction: string | undefined) => string {
  const say = useSay();
  return (direction) => {
    const found = Object.entries(DIRECTIONS).find(([code]) => code === direction);
    return found ? say(found[1]) : '';
  };
}

/** How an item is likely to be found, and what that rests on. */
export function Chances({ item }: { item: ItemShown }) {
  const t = useTexts('dismantling');
  const lang = useLang();
  const { chances } = item;
  if (!chances) return null;
  const pct = (share: number) => formatNumber(share * 100, lang, share < 0.02 ? 1 : 0);
  const shares = [
    ['good', chances.good],
    ['mended', chances.mended],
    ['scrap', chances.scrap],
    ['missing', chances.missing],
  ] as const;
  return (
    <span className="z-dis-chances">
      <span aria-hidden="true">
        {shares.map(([k, share]) => (
          <i key={k} className={`z-dis-chance-${k}`} style={{ width: `${share * 100}%` }} />
        ))}
      </span>
      <small>
        {shares
          .filter(([, share]) => share >= 0.005)
          .map(([k, share]) => t(`plan.chance.${k}`, { pct: pct(share) }))
          .join(' · ')}
        {item.seen > 0 ? ` ${t('plan.seen', { n: item.seen })}` : ` ${t('plan.prior')}`}
      </small>
    </span>
  );
}

/** Why a plan was worked out anew, in a sentence. */
export function useCause(): (cause: PlanShown['cause']) => string {
  const t = useTexts('dismantling');
  const say = useSay();
  return (cause) =>
    cause ? t(`plan.cause.${cause.kind}`, { name: cause.name ? say(cause.name) : '' }) : '';
}

/** What happens to an item, with the tone it deserves. */
export function FateTag({ item, items }: { item: ItemShown; items: readonly ItemShown[] }) {
  const t = useTexts('dismantling');
  const whole = items.find((i) => i.item === item.group);
  const isInWhole =
    item.fate === 'leave' && (whole?.fate === 'inspect' || whole?.fate === 'recover');
  const fate = isInWhole ? 'whole' : item.fate;
  const tone =
    fate === 'leave' || fate === 'whole' ? 'idle' : fate === 'missing' ? 'decide' : 'good';
  return <StatusTag tone={tone}>{t(`plan.fate.${fate}`)}</StatusTag>;
}

/** What a new plan changes in the one before it. */
export function Changes({ plan }: { plan: PlanShown }) {
  const t = useTexts('dismantling');
  const say = useSay();
  const { change } = plan;
  if (!change) return null;
  const names = (list: readonly { name: { zh: string; en: string } }[]) =>
    list.map((x) => say(x.name)).join(t('plan.and'));
  return (
    <ul className="z-dis-changes">
      {change.dropped.length > 0 ? (
        <li>{t('plan.dropped', { names: names(change.dropped) })}</li>
      ) : null}
      {change.added.length > 0 ? <li>{t('plan.added', { names: names(change.added) })}</li> : null}
      {change.fates.map((f) => (
        <li key={f.item}>
          {t('plan.fateChanged', {
            name: say(f.name),
            from: t(`plan.fate.${f.from}`),
            to: t(`plan.fate.${f.to}`),
          })}
        </li>
      ))}
      <li>
        {t('plan.worthChanged')} <Reckoned fen={change.worthFen} />
      </li>
    </ul>
  );
}
