import { mulDiv } from '@zaizao/platform/kernel';
import {
  Button,
  Day,
  EmptyState,
  Facts,
  Money,
  PermissionGate,
  Quantity,
  Reading,
  Row,
  Section,
  Stack,
  StatusTag,
  useRead,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { PlainTable } from '@zaizao/platform/ui/office';
import { useState } from 'react';
import { listProgrammes, perm } from '../contract.ts';
import { ProgrammeForm } from './edit/programme-form.tsx';
import type { ProgrammeShown } from './names.ts';
import { SamplesSection } from './samples-section.tsx';

/** The dated rules by which cores of this part are taken back and bought. */
export function ProgrammesTab({ partId }: { partId: string }) {
  const t = useTexts('catalog');
  const list = useRead(listProgrammes, { params: { partId } });
  const [from, setFrom] = useState<ProgrammeShown | 'new'>();
  const stop = () => setFrom(undefined);
  if (from) {
    return (
      <ProgrammeForm
        partId={partId}
        from={from === 'new' ? undefined : from}
        onDone={stop}
        onClose={stop}
      />
    );
  }
  const add = (
    <PermissionGate access={perm('catalog.programme:edit')}>
      <Button icon="plus" onClick={() => setFrom('new')}>
        {t('form.newProgramme')}
      </Button>
    </PermissionGate>
  );
  return (
    <Reading of={list}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState icon="coin" title={t('programme.none')} action={add}>
            {t('programme.noneNext')}
          </EmptyState>
        ) : (
          <>
            {items.map((p) => (
              <ProgrammeSection
                key={p.id}
                programme={p}
                // only the newest of its code can be followed
                follow={
                  items.some((x) => x.code === p.code && x.version > p.version)
                    ? undefined
                    : setFrom
                }
              />
            ))}
            <Row>{add}</Row>
          </>
        )
      }
    </Reading>
  );
}

function ProgrammeSection(props: {
  programme: ProgrammeShown;
  follow: ((p: ProgrammeShown) => void) | undefined;
}) {
  const t = useTexts('catalog');
  const say = useSay();
  const { programme: p, follow } = props;
  return (
    <Section
      title={t('programme.title', { code: p.code, n: p.version })}
      actions={
        <>
          <StatusTag tone={p.inForce ? 'good' : 'idle'}>
            {p.inForce ? t('programme.inForce') : t('programme.notInForce')}
          </StatusTag>
          {follow ? (
            <PermissionGate access={perm('catalog.programme:edit')}>
              <Button icon="settings" onClick={() => follow(p)}>
                {t('form.followProgramme')}
              </Button>
            </PermissionGate>
          ) : null}
        </>
      }
    >
      <Facts
        rows={[
          [t('validFrom'), <Day key="from" day={p.validFrom} />],
          [t('programme.validTo'), p.validTo ? <Day key="to" day={p.validTo} /> : undefined],
          [
            t('programme.window'),
            t('programme.windowText', {
              n: p.windowDays,
              start: t(`programme.start.${p.startEvent}`),
            }),
          ],
          [t('programme.deposit'), <Money key="d" fen={p.depositFen} />],
          [
            t('programme.quota'),
            p.quota.fullPct === undefined
              ? undefined
              : t('programme.quotaText', {
                  full: p.quota.fullPct,
                  half: p.quota.halfPct ?? 0,
                  months: p.quota.months ?? 12,
                }),
          ],
          [t('basis'), say(p.basis) || undefined],
        ]}
      />
      <Stack>
        <GradeTable grades={p.grades} depositFen={p.depositFen} />
        <CriteriaTable criteria={p.criteria} />
        {follow ? <SamplesSection programme={p} /> : null}
      </Stack>
    </Section>
  );
}

/** What each grade means and pays. */
function GradeTable(props: { grades: ProgrammeShown['grades']; depositFen: string }) {
  const t = useTexts('catalog');
  const say = useSay();
  const deposit = BigInt(props.depositFen);
  return (
    <PlainTable
      rows={props.grades}
      rowKey={(g) => g.grade}
      columns={[
        { title: t('programme.grade'), cell: (g) => <strong>{g.grade}</strong> },
        { title: t('programme.meaning'), cell: (g) => say(g.text) },
        { title: t('programme.credit'), end: true, cell: (g) => <Money fen={g.creditFen} /> },
        {
          title: t('programme.depositBack'),
          end: true,
          cell: (g) => (
            <>
              <Money fen={mulDiv(deposit, BigInt(g.pct), 100n)} />{' '}
              <small className="z-note">
                <Quantity value={g.pct} unit="P1" />
              </small>
            </>
          ),
        },
        { title: t('basis'), className: 'z-note', cell: (g) => say(g.basis) },
      ]}
    />
  );
}

/** The questions that decide the grade. */
function CriteriaTable({ criteria }: { criteria: ProgrammeShown['criteria'] }) {
  const t = useTexts('catalog');
  const say = useSay();
  return (
    <PlainTable
      rows={criteria}
      rowKey={(c) => c.code}
      columns={[
        { title: t('programme.question'), cell: (c) => say(c.text) },
        { title: t('programme.ifNot'), cell: (c) => t(`programme.failsTo.${c.failsTo}`) },
        { title: t('basis'), className: 'z-note', cell: (c) => say(c.basis) },
      ]}
    />
  );
}
