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
import { OfficePage } from '@zaizao/platform/ui/office';
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
    <div className="z-table-scroll">
      <table className="z-table">
        <thead>
          <tr>
            <th scope="col">{t('field.part')}</th>
            <th scope="col">{t('figures.shares')}</th>
            {DECISIONS.map((d) => (
              <th key={d} scope="col" className="z-end">
                {t(`decision.${d}`)}
              </th>
            ))}
            <th scope="col" className="z-end">
              {t('figures.recycledMass')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((r) => {
            const all = DECISIONS.reduce((n, d) => n + r[d], 0);
            return (
              <tr key={r.part.id}>
                <td data-title={t('field.part')}>
                  <Link to="/office/catalogue/parts/$partId" params={{ partId: r.part.id }}>
                    {r.part.number} {say(r.part.name)}
                  </Link>
                </td>
                <td data-title={t('figures.shares')}>
                  <span className="z-insp-share" aria-hidden="true">
                    {DECISIONS.map((d) => (
                      <i
                        key={d}
                        className={`z-${d}`}
                        style={{ width: `${all ? (100 * r[d]) / all : 0}%` }}
                      />
                    ))}
                  </span>
                </td>
                {DECISIONS.map((d) => (
                  <td key={d} data-title={t(`decision.${d}`)} className="z-end z-num">
                    <Link to="/office/inspections" search={{ partId: r.part.id, disposition: d }}>
                      {r[d]}
                    </Link>
                  </td>
                ))}
                <td data-title={t('figures.recycledMass')} className="z-end z-num">
                  <Quantity value={Math.round(r.recycleG)} unit="GRM" />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
