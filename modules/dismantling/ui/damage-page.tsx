import {
  Code,
  EmptyState,
  formatNumber,
  Photo,
  Reading,
  Section,
  StatusTag,
  Time,
  useLang,
  useRead,
  useTexts,
} from '@zaizao/platform/ui';
import { DataTable, OfficePage } from '@zaizao/platform/ui/office';
import { listDamage, nonDestructive } from '../contract.ts';
import { usePartName } from './words.tsx';

/** The damage log: what was found hurt, and what dismantling hurt; the latter lowers the rate. */
export default function DamagePage() {
  const t = useTexts('dismantling');
  const name = usePartName();
  return (
    <OfficePage
      title={t('damageLog.title')}
      note={t('damageLog.note')}
      up={{ to: '/office/teardown-plans', title: t('plans.title') }}
    >
      <Worst />
      <DataTable
        id="dismantling.damage"
        title={t('damageLog.title')}
        list={listDamage}
        rowKey={(d) => d.id}
        filters={[
          {
            kind: 'choice',
            id: 'cause',
            label: t('damage.cause'),
            choices: (['before', 'dismantling'] as const).map((value) => ({
              value,
              label: t(`damage.causes.${value}`),
            })),
          },
        ]}
        columns={[
          {
            id: 'core',
            title: t('field.core'),
            cell: (d) => <Code>{d.core.code}</Code>,
            plain: (d) => d.core.code,
          },
          {
            id: 'part',
            title: t('field.part'),
            cell: (d) => name(d.part),
            plain: (d) => name(d.part),
          },
          {
            id: 'mode',
            title: t('damage.mode'),
            cell: (d) => `${t(`damage.${d.mode}`)} ${d.place ?? ''}`,
            plain: (d) => `${t(`damage.${d.mode}`)} ${d.place ?? ''}`,
          },
          {
            id: 'cause',
            title: t('damage.cause'),
            cell: (d) =>
              d.cause ? (
                <StatusTag tone={d.cause === 'dismantling' ? 'decide' : 'idle'}>
                  {t(`damage.causes.${d.cause}`)}
                </StatusTag>
              ) : (
                '—'
              ),
            plain: (d) => (d.cause ? t(`damage.causes.${d.cause}`) : ''),
          },
          {
            id: 'photo',
            title: t('damage.photo'),
            cell: (d) =>
              d.photo ? (
                <Photo
                  sha256={d.photo}
                  alt={`${t(`damage.${d.mode}`)} ${name(d.part)}`}
                  size={40}
                />
              ) : (
                '—'
              ),
          },
          { id: 'at', title: t('plans.at'), cell: (d) => <Time at={d.at} />, plain: (d) => d.at },
        ]}
        open={(d) => ({
          to: '/office/teardowns/$teardownId',
          params: { teardownId: d.teardown.id },
        })}
        empty={
          <EmptyState icon="check" title={t('damageLog.none')}>
            {t('damageLog.noneNext')}
          </EmptyState>
        }
      />
    </OfficePage>
  );
}

function Worst() {
  const t = useTexts('dismantling');
  const lang = useLang();
  const name = usePartName();
  const kpi = useRead(nonDestructive, { query: { days: 90 } });
  return (
    <Reading of={kpi} lines={1}>
      {(k) =>
        k.worst.length === 0 ? null : (
          <Section title={t('damageLog.worst')} note={t('damageLog.worstNote')}>
            <ol>
              {k.worst.map((w) => (
                <li key={w.part.id}>
                  {name(w.part)}{' '}
                  <span className="z-num">
                    {formatNumber((100 * w.rate.whole) / w.rate.of, lang, 1)} % ({w.rate.whole}/
                    {w.rate.of})
                  </span>
                </li>
              ))}
            </ol>
          </Section>
        )
      }
    </Reading>
  );
}
