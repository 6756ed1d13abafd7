import {
  Button,
  ChoiceField,
  EmptyState,
  Icon,
  Link,
  Loading,
  Money,
  ProblemBox,
  SimulatedEdge,
  TextField,
  useAddress,
  useList,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { useEffect, useState } from 'react';
import { searchStorefront } from '../contract.ts';
import { GOODS_CLASSES, type Listing } from './words.tsx';

/** Milliseconds of rest after which typed text is looked for. */
const REST = 300;

/** 商城: one search box for part number, OE number and name; each result says fit, life, price, deposit. */
export default function StorefrontPage() {
  const t = useTexts('market');
  const [search, change] = useAddress();
  const [typed, setTyped] = useState(search.q);
  useEffect(() => {
    const timer = setTimeout(() => change({ q: typed?.trim() }), REST);
    return () => clearTimeout(timer);
  }, [typed, change]);
  const goodsClass = GOODS_CLASSES.find((c) => c === search.goodsClass);
  const found = useList(searchStorefront, {
    query: {
      limit: 24,
      ...(search.q ? { q: search.q } : {}),
      ...(goodsClass ? { goodsClass } : {}),
    },
  });
  return (
    <div className="z-market">
      <h1>{t('store.title')}</h1>
      <p className="z-note">{t('store.lead')}</p>
      <div className="z-market-search" data-tour="store-search">
        <TextField
          type="search"
          label={t('store.search')}
          placeholder={t('store.placeholder')}
          value={typed}
          onChange={setTyped}
        />
        <ChoiceField
          label={t('store.class')}
          value={goodsClass ?? 'all'}
          onChange={(v) => change({ goodsClass: v === 'all' ? undefined : v })}
          choices={[
            { value: 'all', label: t('store.all') },
            ...(['reman-new', 'direct-reuse', 'second-hand'] as const).map((value) => ({
              value,
              label: t(`goodsClass.${value}`),
            })),
          ]}
        />
      </div>
      {found.problem ? <ProblemBox problem={found.problem} retry={found.reload} /> : null}
      {found.isLoading ? <Loading lines={5} /> : null}
      {!found.isLoading && found.items.length === 0 ? (
        <EmptyState icon="search" title={t('store.none')}>
          {search.q ? t('store.noneFor', { q: search.q }) : t('store.noneYet')}
        </EmptyState>
      ) : null}
      <ul className="z-market-grid">
        {found.items.map((l) => (
          <li key={l.id}>
            <Goods listing={l} />
          </li>
        ))}
      </ul>
      {found.hasMore ? (
        <Button isBusy={found.isMoreLoading} onClick={found.more}>
          {t('more')}
        </Button>
      ) : null}
    </div>
  );
}

function Goods({ listing: l }: { listing: Listing }) {
  const t = useTexts('market');
  const say = useSay();
  const others = l.numbers.filter((n) => n !== l.part.number);
  return (
    <Link className="z-market-goods" to="/market/$listingId" params={{ listingId: l.id }}>
      {l.seller.simulated ? <SimulatedEdge always /> : null}
      <span className="z-market-class">
        <Icon name="recycle" size={16} /> {t(`goodsClass.${l.goodsClass}`)}
        {l.goodsClass === 'reman-new' ? ` · ${t('life', { n: l.life })}` : ''}
      </span>
      <strong>{say(l.part.name)}</strong>
      <span className="z-code">{l.part.number}</span>
      {others.length > 0 ? (
        <small>{t('store.replaces', { numbers: others.slice(0, 3).join(' · ') })}</small>
      ) : null}
      <span className="z-market-price">
        <Money fen={l.priceFen} />
      </span>
      <small>
        {l.depositFen === '0' ? (
          t('store.noDeposit')
        ) : (
          <>
            {t('store.deposit')} <Money fen={l.depositFen} />
          </>
        )}
        {' · '}
        {t('store.warranty', { n: l.warrantyMonths })}
      </small>
      <small className="z-market-seller">{l.seller.name}</small>
    </Link>
  );
}
