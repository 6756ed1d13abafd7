import { Icon, Link, useRead, useTexts } from '@zaizao/platform/ui';
import { getBadgeState } from '../contract/public.ts';
import './passport.css';

const LOOK = {
  verified: { tone: 'good', icon: 'check' },
  unsigned: { tone: 'decide', icon: 'clock' },
  revoked: { tone: 'bad', icon: 'close' },
  broken: { tone: 'bad', icon: 'close' },
} as const;

/** The verified badge of a product: its credential is checked when the badge is shown. Slots with `{ epc }`. */
export default function BadgePanel({ epc }: { epc: string }) {
  const t = useTexts('passport');
  const badge = useRead(getBadgeState, { query: { epc } });
  // Goods without a passport have no badge, and say nothing about it.
  if (!badge.data) return null;
  const { state, issuerName, pagePath } = badge.data;
  const { tone, icon } = LOOK[state];
  return (
    <Link className={`z-passport-badge z-tone-${tone}`} to={pagePath}>
      <span className="z-passport-badge-mark">
        <Icon name={icon} size={18} />
      </span>
      <span>
        <strong>{t(`badge.${state}`)}</strong>
        <small>{issuerName ? t('badge.by', { name: issuerName }) : t('badge.nobody')}</small>
      </span>
    </Link>
  );
}
