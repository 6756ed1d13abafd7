import type { Output } from '@zaizao/platform/ui';
import {
  EmptyState,
  Figure,
  formatShare,
  Grid,
  Link,
  LinkButton,
  Quantity,
  Reading,
  Section,
  useLang,
  useRead,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { OfficePage, PlainTable } from '@zaizao/platform/ui/office';
import { dispositionFigures } from '../contract.ts';
import { DECISIONS, type Decision } from './words.tsx';

type FigureRow = Output<typeof dispositionFigures>['rows'][number];
const GRAMS = {
  reuse: 'reuseG',
  remanufacture: 'remanufactureG',
  recycle: 'recycleG',
} as const satisfies Record<Decision, keyof FigureRow>;

/** Where the pieces went: reused, remanufactured, recycled; by piece and by mass, which is said each time. */
export default function FiguresPage() {
  const t = useTexts('inspection');
  const found = useRead(dispositionFigures, {});
  return (
    <OfficePage title={t('figures.title')} note={t('figures.note')}>
      <Reading of={found}>
        {({ rows }) =>
          rows.length === 0 ? (
            <EmptyState
              icon="recycle"
              title={t('figures.none')}
              action={<LinkButton to="/floor/inspection">{t('inspect.title')}</LinkButton>}
            >
              {t('figures.noneNext')}
            </EmptyState>
          ) : (
            <>
              <Totals rows={rows} />
              <Section title={t('figures.byPart')} flush>
                <Parts rows={rows} />
              </Section>
            </>
          )
        }
      </Reading>
    </OfficePage>
  );
}

function Totals({ rows }: { rows: readonly FigureRow[] }) {
  const t = useTexts('inspection');
  const lang = useLang();
  const pieces = (d: Decision) => rows.reduce((n, r) => n + r[d], 0);
  const grams = (d: Decision) => rows.reduce((n, r) => n + r[GRAMS[d]], 0);
  const allPieces = DECISIONS.reduce((n, d) => n + pieces(d), 0);
  const allGrams = DECISIONS.reduce((n, d) => n + grams(d), 0);
  return (
    <Grid>
      {DECISIONS.map((d) => (
        <Figure
          key={d}
          label={t(`decision.${d}`)}
          value={allPieces ? formatShare(pieces(d) / allPieces, lang, 0) : '—'}
          note={t('figures.share', {
            pieces: pieces(d),
            byMass: allGrams ? formatShare(grams(d) / allGrams, lang, 0) : '—',
          })}
          to={{ to: '/office/inspections', search: { disposition: d } }}
        />
      ))}
      <Figure
        label={t('figures.kept')}
        value={
          allPieces
            ? formatShare((pieces('reuse') + pieces('remanufacture')) / allPieces, lang, 0)
            : '—'
        }
        note={t('figures.keptNote', {
          byMass: allGrams
            ? formatShare((grams('reuse') + grams('remanufacture')) / allGrams, lang, 0)
            : '—',
        })}
        to={{ to: '/office/inspections', search: { state: 'decided' } }}
      />
    </Grid>
  );
}

function Parts({ rows }: { rows: readonly FigureRow[] }) {
  const t = useTexts('inspection');
  const say = useSay();
  return (
    <PlainTable
      rows={rows}
      rowKey={(r) => r.part.id}
      columns={[
        {
          title: t('field.part'),
          cell: (r) => (
            <Link to="/office/catalogue/parts/$partId" params={{ partId: r.part.id }}>
              {r.part.number} {say(r.part.name)}
            </Link>
          ),
        },
        { title: t('figures.shares'), cell: (r) => <Shares row={r} /> },
        ...DECISIONS.map((disposition) => ({
          title: t(`decision.${disposition}`),
          end: true,
          cell: (r: FigureRow) => (
            <Link to="/office/inspections" search={{ partId: r.part.id, disposition }}>
              {r[disposition]}
            </Link>
          ),
        })),
        {
          title: t('figures.recycledMass'),
          end: true,
          cell: (r) => <Quantity value={Math.round(r.recycleG)} unit="GRM" />,
        },
      ]}
    />
  );
}

/** How the pieces were decided, as parts of one bar. */
function Shares({ row: r }: { row: FigureRow }) {
  const all = DECISIONS.reduce((n, d) => n + r[d], 0);
  return (
    <span className="z-insp-share" aria-hidden="true">
      {DECISIONS.map((d) => (
        <i key={d} className={`z-${d}`} style={{ width: `${all ? (100 * r[d]) / all : 0}%` }} />
      ))}
    </span>
  );
}
