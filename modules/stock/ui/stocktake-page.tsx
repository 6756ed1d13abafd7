import {
  EmptyState,
  Facts,
  Figure,
  Grid,
  LinkButton,
  Money,
  PermissionGate,
  Reading,
  Section,
  Stack,
  Time,
  useParam,
  useRead,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { DataTable, OfficePage } from '@zaizao/platform/ui/office';
import { DifferenceClass, getStocktake, listDifferences, perm, REASONS } from '../contract.ts';
import { SettleForm } from './settle-form.tsx';
import {
  type Difference,
  type Stocktake,
  StocktakeTag,
  ThingCell,
  useScope,
  useThingState,
} from './words.tsx';

/** One stocktake: its result, every difference, and the form in which a person settles them. */
export default function StocktakePage() {
  const t = useTexts('stock');
  const scope = useScope();
  const stocktakeId = useParam('stocktakeId');
  const stocktake = useRead(getStocktake, { params: { stocktakeId } });
  return (
    <Reading of={stocktake}>
      {(s) => (
        <OfficePage
          title={`${t('one')} ${s.code}`}
          note={scope(s)}
          up={{ to: '/office/stocktakes', title: t('title') }}
          status={<StocktakeTag state={s.state} />}
          actions={
            s.state === 'counting' || s.state === 'counted' ? (
              <PermissionGate access={perm('stock.stocktake:count')}>
                <LinkButton
                  icon="scan"
                  to="/floor/warehouse"
                  search={{ task: 'count', stocktake: s.id }}
                >
                  {t('toFloor')}
                </LinkButton>
              </PermissionGate>
            ) : null
          }
        >
          <Result stocktake={s} />
          {s.state === 'counted' ? (
            <PermissionGate
              access={perm('stock.stocktake:settle')}
              otherwise={<p className="z-note">{t('settleWho')}</p>}
            >
              <SettleForm stocktake={s} />
            </PermissionGate>
          ) : null}
          <Section title={t('differences')} note={t('differencesNote')}>
            <Differences stocktake={s} />
          </Section>
        </OfficePage>
      )}
    </Reading>
  );
}

function Result({ stocktake: s }: { stocktake: Stocktake }) {
  const t = useTexts('stock');
  const f = s.figures;
  return (
    <Section title={t('result')}>
      <Stack gap={16}>
        <Grid min={130}>
          <Figure label={t('countedOf')} value={`${s.counted} / ${s.expected}`} />
          {f ? (
            <>
              <Figure label={t('moved')} value={f.moved} note={t('movedNote')} />
              <Figure
                label={t('class.missing')}
                value={f.missing}
                {...(f.missing > 0 ? { tone: 'decide' as const } : {})}
              />
              <Figure
                label={t('otherDifferences')}
                value={f.pieces + f.place + f.found + f.elsewhere + f.unknown}
              />
              <Figure
                label={t('missingValue')}
                value={f.missingFen === '0' ? '—' : <Money fen={f.missingFen} />}
                note={t('valueNote')}
              />
            </>
          ) : null}
        </Grid>
        <Facts
          rows={[
            [t('site'), s.site.name],
            [t('place'), s.place],
            [t('note'), s.note],
            [t('startedBy'), s.startedBy],
            [t('startedAt'), <Time key="started" at={s.startedAt} />],
            [t('countedAt'), s.countedAt ? <Time key="counted" at={s.countedAt} /> : undefined],
            [t('closedBy'), s.closedBy],
            [t('closedAt'), s.closedAt ? <Time key="closed" at={s.closedAt} /> : undefined],
          ]}
        />
      </Stack>
    </Section>
  );
}

/** What the books say and what was found, side by side. */
function useBooked() {
  const t = useTexts('stock');
  const state = useThingState();
  return (d: Difference): string =>
    [
      d.state ? state(d.state) : undefined,
      d.bookedPlace,
      d.bookedQty !== undefined && (d.bookedQty > 1 || d.class === 'pieces')
        ? t('pieces', { n: d.bookedQty })
        : undefined,
    ]
      .filter(Boolean)
      .join(' · ');
}

function useSeen() {
  const t = useTexts('stock');
  return (d: Difference): string => {
    if (d.class === 'missing') return t('notSeen');
    const qty = d.qty === undefined ? undefined : t('pieces', { n: d.qty });
    return [d.place, qty, d.scannedBy].filter(Boolean).join(' · ');
  };
}

function Differences({ stocktake: s }: { stocktake: Stocktake }) {
  const t = useTexts('stock');
  const say = useSay();
  const booked = useBooked();
  const seen = useSeen();
  const settled = (d: Difference) =>
    d.decision
      ? [t(`decision.${d.decision}`), d.reason ? say(REASONS[d.reason]) : '', d.note]
          .filter(Boolean)
          .join(' · ')
      : '';
  return (
    <DataTable
      id="stock.differences"
      title={`${t('differences')} ${s.code}`}
      list={listDifferences}
      live={['cores', 'dismantling', 'production', 'market']}
      fixed={{ params: { stocktakeId: s.id } }}
      rowKey={(d) => d.subject}
      filters={[
        {
          kind: 'choice',
          id: 'class',
          label: t('classTitle'),
          choices: DifferenceClass.options.map((value) => ({ value, label: t(`class.${value}`) })),
        },
      ]}
      columns={[
        {
          id: 'class',
          title: t('classTitle'),
          cell: (d) => t(`class.${d.class}`),
          plain: (d) => t(`class.${d.class}`),
        },
        {
          id: 'thing',
          title: t('thingTitle'),
          cell: (d) => <ThingCell of={d} />,
          plain: (d) => d.code,
        },
        { id: 'booked', title: t('booked'), cell: (d) => booked(d) || '—', plain: booked },
        { id: 'seen', title: t('seen'), cell: seen, plain: seen },
        {
          id: 'value',
          title: t('value'),
          align: 'end',
          cell: (d) => (d.valueFen ? <Money fen={d.valueFen} /> : '—'),
          plain: (d) => (d.valueFen ? Number(d.valueFen) / 100 : undefined),
        },
        {
          id: 'settled',
          title: t('settled'),
          cell: (d) => settled(d) || '—',
          plain: settled,
        },
      ]}
      empty={
        <EmptyState icon="check" title={t('noDifferences')}>
          {t('noDifferencesNote')}
        </EmptyState>
      }
    />
  );
}
