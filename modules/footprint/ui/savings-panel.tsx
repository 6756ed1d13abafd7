import {
  EmptyState,
  Figure,
  formatNumber,
  formatShare,
  Grid,
  type Output,
  Reading,
  Stack,
  useLang,
  useRead,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { effect } from '../contract.ts';
import { type Evidence, EvidenceTag } from './evidence.tsx';

type Effect = Output<typeof effect>;

const EVIDENCES: readonly Evidence[] = ['measured', 'calculated', 'entered', 'literature'];

/** What the product made most saves against a new one, each figure with how well it is founded. */
export default function SavingsPanel() {
  const t = useTexts('footprint');
  const found = useRead(effect, {});
  return (
    <Reading of={found}>
      {(e) =>
        e.part && e.units > 0 ? (
          <Savings effect={e} />
        ) : (
          <EmptyState icon="chart" title={t('panel.none')}>
            {t('panel.noneNext')}
          </EmptyState>
        )
      }
    </Reading>
  );
}

function Savings({ effect: e }: { effect: Effect }) {
  const t = useTexts('footprint');
  const say = useSay();
  const lang = useLang();
  const counts = EVIDENCES.map((id) => ({
    id,
    n: e.rows.filter((r) => r.evidence === id).length,
  })).filter((c) => c.n > 0);
  const side = (i: Effect['rows'][number]['new'], unit: string) =>
    i
      ? `${formatNumber(i.value, lang, 2)} ${t(`unit.${unit}`)} (${t(`evidence.${i.evidence}`)})`
      : '—';
  return (
    <Stack>
      <p className="z-note">
        {e.part
          ? t('panel.of', { part: `${e.part.number} ${say(e.part.name)}`, n: e.units })
          : null}{' '}
        {counts
          .map((c) => t('panel.count', { n: c.n, evidence: t(`evidence.${c.id}`) }))
          .join(' · ')}
      </p>
      <Grid min={220}>
        {e.rows.map((r) => (
          <Figure
            key={r.figure}
            label={t(`figure.${r.figure}`)}
            value={r.saving === undefined ? '—' : formatShare(r.saving, lang)}
            note={
              <>
                {r.evidence ? <EvidenceTag evidence={r.evidence} /> : t('noFigure')}{' '}
                {t('panel.sides', { reman: side(r.reman, r.unit), fresh: side(r.new, r.unit) })}
              </>
            }
            to={{ to: '/office/effect', search: e.part ? { part: e.part.id } : {} }}
          />
        ))}
      </Grid>
      <p className="z-note">{t('panel.weaker')}</p>
    </Stack>
  );
}
