import { Figure, Grid, LinkButton, Stack, useList, useTexts } from '@zaizao/platform/ui';
import { listPurchases } from '../contract.ts';

/** What a buyer has to do: confirm what arrived, install it, send the old core back. */
export default function BuyingCard() {
  const t = useTexts('market');
  const { items } = useList(listPurchases, { query: { limit: 100 } });
  const isHere = (state: string) => state === 'delivered' || state === 'completed';
  const arriving = items.filter((o) => o.state === 'shipped').length;
  const toInstall = items
    .filter((o) => isHere(o.state))
    .reduce((n, o) => n + o.lines.filter((l) => !l.installed).length, 0);
  const owing = items
    .filter((o) => isHere(o.state))
    .reduce(
      (n, o) =>
        n + Math.max(0, o.lines.filter((l) => l.depositFen !== '0').length - o.coreReturns.length),
      0,
    );
  const to = { to: '/floor/purchases' };
  return (
    <Stack>
      <Grid min={90}>
        <Figure label={t('card.arriving')} value={arriving} to={to} />
        <Figure label={t('card.toInstall')} value={toInstall} to={to} />
        <Figure label={t('card.coresOwed')} value={owing} to={to} />
      </Grid>
      <LinkButton icon="search" to="/market">
        {t('purchase.shop')}
      </LinkButton>
    </Stack>
  );
}
