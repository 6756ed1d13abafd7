import {
  ChoiceField,
  EmptyState,
  formatDay,
  formatDuration,
  Reading,
  Section,
  Stack,
  useAddress,
  useLang,
  useRead,
  useTexts,
  Verdict,
} from '@zaizao/platform/ui';
import { getCapacity } from '../contract.ts';
import { useKind, useShare } from './words.tsx';

const WEEKS = ['2', '4', '8', '12'] as const;

/** Every station by week: planned and waiting work against its open time; overload in amber. */
export function LoadTab() {
  const t = useTexts('planning');
  const [search, change] = useAddress();
  const weeks = WEEKS.find((w) => w === search.weeks) ?? '4';
  const capacity = useRead(
    getCapacity,
    { query: { weeks: Number(weeks) } },
    { live: ['production'] },
  );
  return (
    <Stack>
      <ChoiceField
        label={t('capacity.weeks')}
        value={weeks}
        onChange={(v) => change({ weeks: v })}
        choices={WEEKS.map((value) => ({ value, label: t('capacity.nWeeks', { n: value }) }))}
      />
      <Reading of={capacity}>{(c) => <LoadTable capacity={c} />}</Reading>
    </Stack>
  );
}

type Capacity = NonNullable<ReturnType<typeof useRead<typeof getCapacity>>['data']>;

function LoadTable({ capacity: c }: { capacity: Capacity }) {
  const t = useTexts('planning');
  const lang = useLang();
  const kind = useKind();
  if (c.stations.length === 0) {
    return (
      <EmptyState icon="factory" title={t('station.none')}>
        {t('station.noneNext')}
      </EmptyState>
    );
  }
  return (
    <>
      {c.homeless.length > 0 ? (
        <Verdict tone="decide" title={t('capacity.homeless')}>
          {c.homeless.map((h) => `${kind(h.kind)} ${formatDuration(h.seconds, lang)}`).join(' · ')}
        </Verdict>
      ) : null}
      <Section>
        <div className="z-scroll">
          <table className="z-plain-table z-plan-table">
            <thead>
              <tr>
                <th scope="col">{t('station.name')}</th>
                {c.weeks.map((w) => (
                  <th scope="col" key={w}>
                    {t('capacity.weekOf', { day: formatDay(w, lang).slice(lang === 'zh' ? 5 : 0) })}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {c.stations.map((s) => (
                <tr key={s.id}>
                  <th scope="row">
                    {s.name} <small className="z-note">{kind(s.kind)}</small>
                  </th>
                  {c.weeks.map((w, n) => (
                    <td key={w}>
                      <Load
                        open={s.open[n] ?? 0}
                        planned={s.planned[n] ?? 0}
                        unplanned={s.unplanned[n] ?? 0}
                      />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Section>
      <p className="z-note">{t('capacity.legend')}</p>
    </>
  );
}

function Load(props: { open: number; planned: number; unplanned: number }) {
  const t = useTexts('planning');
  const lang = useLang();
  const share = useShare();
  const { open, planned, unplanned } = props;
  const load = planned + unplanned;
  const of = open > 0 ? load / open : load > 0 ? Number.POSITIVE_INFINITY : 0;
  const isOver = of > 1;
  const width = (x: number) => `${Math.min(100, open > 0 ? (100 * x) / open : 0)}%`;
  const title = t('capacity.cell', {
    load: formatDuration(load, lang),
    open: formatDuration(open, lang),
  });
  return (
    <div className={`z-load${isOver ? ' z-load-over' : ''}`} title={title}>
      <div>
        <i style={{ width: width(planned) }} />
        <i style={{ width: width(unplanned) }} />
      </div>
      <b className="z-num">{Number.isFinite(of) ? share(of) : t('capacity.shut')}</b>
    </div>
  );
}
