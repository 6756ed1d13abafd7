import { coreStock } from '@zaizao/modules/cores/contract';
import { depositBalance } from '@zaizao/modules/deposits/contract';
import {
  formatMoney,
  Grid,
  Panels,
  Reading,
  Section,
  useGo,
  useLang,
  useMay,
  useRead,
  useTexts,
} from '@zaizao/platform/ui';
import { OfficePage } from '@zaizao/platform/ui/office';
import { workInProgress } from '../contract.ts';
import { Bars } from './cockpit-bars.tsx';
import { CockpitFigures } from './cockpit-figures.tsx';
import { CoresByWeek, FirstPassByWeek, OnTimeByWeek } from './cockpit-trends.tsx';
import { UNIT_STATES, useStationKind } from './words.tsx';

/** 驾驶舱: the plant today and its trend; every number and bar opens its records. */
export default function CockpitPage() {
  const t = useTexts('production');
  const may = useMay();
  return (
    <OfficePage title={t('cockpit.title')} note={t('cockpit.note')}>
      <CockpitFigures all />
      <Panels slot="cockpit" props={{}} />
      <Grid min={420}>
        <Section title={t('cockpit.coresByWeek')} note={t('cockpit.coresByWeekNote')}>
          <CoresByWeek />
        </Section>
        <Section title={t('cockpit.firstPassByWeek')} note={t('cockpit.firstPassNote')}>
          <FirstPassByWeek />
        </Section>
        <Section title={t('cockpit.onTimeByWeek')} note={t('cockpit.onTimeNote')}>
          <OnTimeByWeek />
        </Section>
        <Section title={t('cockpit.grades')}>
          <CoresByGrade />
        </Section>
        <Section title={t('cockpit.load')} note={t('cockpit.loadNote')}>
          <LoadByStation />
        </Section>
        <Section title={t('cockpit.output')}>
          <OutputByDay />
        </Section>
        <Section title={t('cockpit.units')}>
          <UnitsByState />
        </Section>
        {may('deposits.deposit:read') ? (
          <Section title={t('cockpit.ages')}>
            <DepositsByAge />
          </Section>
        ) : null}
      </Grid>
    </OfficePage>
  );
}

function CoresByGrade() {
  const t = useTexts('production');
  const go = useGo();
  const stock = useRead(coreStock, {});
  return (
    <Reading of={stock}>
      {(s) => {
        const rows = (['A', 'B', 'C', 'R'] as const).map((grade) => ({
          id: grade,
          name: grade,
          value: s.rows.reduce((n, r) => n + (r.grade === grade ? r.count : 0), 0),
        }));
        const summary = rows.map((r) => `${r.name} ${r.value}`).join(', ');
        return (
          <Bars
            rows={rows}
            what={t('cockpit.pieces')}
            summary={`${t('cockpit.grades')}: ${summary}`}
            onPick={(grade) => go({ to: '/office/cores', search: { grade, inStock: 'yes' } })}
          />
        );
      }}
    </Reading>
  );
}

function LoadByStation() {
  const t = useTexts('production');
  const go = useGo();
  const kindName = useStationKind();
  const figures = useRead(workInProgress, {});
  return (
    <Reading of={figures}>
      {({ byStation }) => {
        const rows = byStation.map((s) => ({
          id: s.stationKind,
          name: kindName(s.stationKind),
          value: s.waiting + s.running,
        }));
        return (
          <Bars
            rows={rows}
            lying
            what={t('cockpit.operations')}
            summary={`${t('cockpit.load')}: ${rows.map((r) => `${r.name} ${r.value}`).join(', ')}`}
            onPick={(stationKind) =>
              go({ to: '/office/work-orders', search: { open: 'yes', stationKind } })
            }
          />
        );
      }}
    </Reading>
  );
}

const DAY_MS = 86_400_000;

/** The days up to a day, oldest first. */
function daysTo(last: string, count: number): string[] {
  const end = Date.parse(`${last}T00:00:00Z`);
  return Array.from({ length: count }, (_, i) =>
    new Date(end - (count - 1 - i) * DAY_MS).toISOString().slice(0, 10),
  );
}

function OutputByDay() {
  const t = useTexts('production');
  const go = useGo();
  const figures = useRead(workInProgress, {});
  return (
    <Reading of={figures}>
      {({ assembledByDay, today }) => {
        const made = new Map(assembledByDay.map((d) => [d.day, d.count]));
        const rows = daysTo(today, 60).map((day) => ({
          id: day,
          name: day.slice(5),
          value: made.get(day) ?? 0,
        }));
        const sum = rows.reduce((n, r) => n + r.value, 0);
        return (
          <Bars
            rows={rows}
            what={t('cockpit.unitsMade')}
            summary={t('cockpit.outputOf', { n: sum, days: made.size })}
            onPick={(day) => go({ to: '/office/units', search: { from: day, to: day } })}
          />
        );
      }}
    </Reading>
  );
}

function UnitsByState() {
  const t = useTexts('production');
  const go = useGo();
  const figures = useRead(workInProgress, {});
  return (
    <Reading of={figures}>
      {({ units }) => {
        const rows = UNIT_STATES.flatMap((state) => {
          const found = units.find((u) => u.state === state);
          return found ? [{ id: state, name: t(`unitState.${state}`), value: found.count }] : [];
        });
        return (
          <Bars
            rows={rows}
            lying
            what={t('cockpit.unitsMade')}
            summary={`${t('cockpit.units')}: ${rows.map((r) => `${r.name} ${r.value}`).join(', ')}`}
            onPick={(state) => go({ to: '/office/units', search: { state } })}
          />
        );
      }}
    </Reading>
  );
}

function DepositsByAge() {
  const t = useTexts('production');
  const go = useGo();
  const lang = useLang();
  const balance = useRead(depositBalance, {});
  return (
    <Reading of={balance}>
      {({ ages }) => {
        const rows = ages.map((a) => ({
          id: a.age,
          name: t(`age.${a.age}`),
          value: Number(a.amountFen) / 100,
        }));
        const yuan = (v: number) => formatMoney(BigInt(Math.round(v * 100)), lang);
        return (
          <Bars
            rows={rows}
            what={t('cockpit.yuan')}
            show={yuan}
            summary={`${t('cockpit.ages')}: ${rows.map((r) => `${r.name} ${yuan(r.value)}`).join(', ')}`}
            onPick={(age) => go({ to: '/office/deposits', search: { age } })}
          />
        );
      }}
    </Reading>
  );
}
