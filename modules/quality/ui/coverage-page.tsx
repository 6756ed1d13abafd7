import {
  Button,
  Day,
  DayField,
  Dialog,
  EmptyState,
  FormFrame,
  Link,
  LinkButton,
  type Output,
  PermissionGate,
  Reading,
  Section,
  StatusTag,
  TextField,
  useForm,
  useRead,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { OfficePage } from '@zaizao/platform/ui/office';
import { useState } from 'react';
import { listCoverage, perm, releasePlan } from '../contract.ts';

type Coverage = Output<typeof listCoverage>['items'][number];

/** Our test plans held against the new products': what is lacking, and who released it. */
export default function CoveragePage() {
  const t = useTexts('quality');
  const list = useRead(listCoverage, {}, { live: ['catalog'] });
  return (
    <OfficePage title={t('coverage.title')} note={t('coverage.note')}>
      <Reading of={list}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState
              icon="stamp"
              title={t('coverage.none')}
              action={<LinkButton to="/office/catalogue">{t('coverage.catalogue')}</LinkButton>}
            >
              {t('coverage.noneNext')}
            </EmptyState>
          ) : (
            items.map((c) => <One key={c.part.id} coverage={c} />)
          )
        }
      </Reading>
    </OfficePage>
  );
}

function One({ coverage: c }: { coverage: Coverage }) {
  const t = useTexts('quality');
  const say = useSay();
  const [isOpen, setOpen] = useState(false);
  const tone = c.covered ? 'good' : c.free ? 'decide' : 'bad';
  return (
    <Section
      title={
        <Link to="/office/catalogue/parts/$partId" params={{ partId: c.part.id }}>
          {c.part.number} {say(c.part.name)}
        </Link>
      }
      note={t('coverage.of', { asked: c.asked, ours: c.ours, v: c.planVersion, source: c.source })}
      actions={
        <>
          <StatusTag tone={tone}>
            {t(c.covered ? 'coverage.covered' : c.free ? 'coverage.released' : 'coverage.blocked')}
          </StatusTag>
          {c.covered ? null : (
            <PermissionGate access={perm('quality.plan:release')}>
              <Button size="small" icon="stamp" onClick={() => setOpen(true)}>
                {t('coverage.release')}
              </Button>
            </PermissionGate>
          )}
        </>
      }
    >
      {c.shortfalls.length === 0 ? <p className="z-note">{t('coverage.allThere')}</p> : null}
      <Shortfalls rows={c.shortfalls} />
      {c.release ? (
        <p className="z-note">
          {t('coverage.by', { by: c.release.approvedBy, reason: c.release.reason })}{' '}
          {t('coverage.until')} <Day day={c.release.validTo} />
        </p>
      ) : null}
      <Dialog open={isOpen} title={t('coverage.release')} onClose={() => setOpen(false)}>
        <ReleaseForm coverage={c} onDone={() => setOpen(false)} />
      </Dialog>
    </Section>
  );
}

/** What is missing, in another unit, or held against a wider limit. */
export function Shortfalls({ rows }: { rows: Coverage['shortfalls'] }) {
  const t = useTexts('quality');
  const say = useSay();
  const ends = (e: { min?: string | undefined; max?: string | undefined; unit: string }) =>
    [e.min === undefined ? '' : `≥ ${e.min}`, e.max === undefined ? '' : `≤ ${e.max}`]
      .filter(Boolean)
      .join(', ')
      .concat(` ${e.unit}`);
  return (
    <ul>
      {rows.map((s) => (
        <li key={`${s.code} ${s.kind}`}>
          <strong>{s.code}</strong> {say(s.name)} · {t(`coverage.kind.${s.kind}`)} ·{' '}
          {t('coverage.asked')} {ends(s.asked)}
          {s.ours ? ` · ${t('coverage.ours')} ${ends(s.ours)}` : ''}
        </li>
      ))}
    </ul>
  );
}

function ReleaseForm({ coverage: c, onDone }: { coverage: Coverage; onDone: () => void }) {
  const t = useTexts('quality');
  const form = useForm(releasePlan, {
    initial: { partId: c.part.id },
    said: t('coverage.said'),
    onDone,
  });
  return (
    <FormFrame form={form} submit={t('coverage.release')}>
      <p className="z-note">{t('coverage.lead')}</p>
      <TextField label={t('coverage.reason')} lines={3} {...form.field('reason')} />
      <TextField label={t('coverage.approvedBy')} {...form.field('approvedBy')} />
      <DayField label={t('coverage.validTo')} {...form.field('validTo')} />
    </FormFrame>
  );
}
