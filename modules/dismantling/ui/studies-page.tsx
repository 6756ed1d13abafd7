import {
  Button,
  Dialog,
  EmptyState,
  PermissionGate,
  StatusTag,
  Time,
  useAddress,
  useTexts,
} from '@zaizao/platform/ui';
import { DataTable, OfficePage } from '@zaizao/platform/ui/office';
import { listStudies, perm } from '../contract.ts';
import { CrewForm } from './crew-form.tsx';
import { LineForm } from './line-form.tsx';
import { usePartName } from './words.tsx';

/** A planner’s studies: dismantling lines in balance, crews over days. */
export default function StudiesPage() {
  const t = useTexts('dismantling');
  const name = usePartName();
  const [search, change] = useAddress();
  const close = () => change({ new: undefined, core: undefined, part: undefined });
  const kinds = ['line', 'crew'] as const;
  const open = (kind: (typeof kinds)[number]) => (
    <PermissionGate access={perm('dismantling.plan:edit')}>
      <Button
        kind={kind === 'line' ? 'primary' : 'plain'}
        icon="plus"
        onClick={() => change({ new: kind })}
      >
        {t(`study.new.${kind}`)}
      </Button>
    </PermissionGate>
  );
  return (
    <OfficePage
      title={t('study.title')}
      note={t('study.note')}
      actions={
        <>
          {open('line')}
          {open('crew')}
        </>
      }
    >
      <DataTable
        id="dismantling.studies"
        title={t('study.title')}
        list={listStudies}
        rowKey={(s) => s.id}
        filters={[
          {
            kind: 'choice',
            id: 'kind',
            label: t('study.kind'),
            choices: kinds.map((value) => ({ value, label: t(`study.kinds.${value}`) })),
          },
        ]}
        columns={[
          { id: 'title', title: t('study.name'), cell: (s) => s.title, plain: (s) => s.title },
          {
            id: 'kind',
            title: t('study.kind'),
            cell: (s) => t(`study.kinds.${s.kind}`),
            plain: (s) => t(`study.kinds.${s.kind}`),
          },
          {
            id: 'part',
            title: t('field.part'),
            cell: (s) => name(s.part),
            plain: (s) => name(s.part),
          },
          {
            id: 'state',
            title: t('field.state'),
            cell: (s) => (
              <StatusTag tone={s.state === 'done' ? 'good' : s.state === 'failed' ? 'bad' : 'busy'}>
                {t(`study.states.${s.state}`)}
              </StatusTag>
            ),
            plain: (s) => t(`study.states.${s.state}`),
          },
          {
            id: 'at',
            title: t('plans.at'),
            cell: (s) => <Time at={s.madeAt} />,
            plain: (s) => s.madeAt,
          },
        ]}
        open={(s) => ({ to: '/office/teardown-studies/$studyId', params: { studyId: s.id } })}
        empty={
          <EmptyState icon="line" title={t('study.none')} action={open('line')}>
            {t('study.noneNext')}
          </EmptyState>
        }
      />
      <Dialog open={search.new === 'line'} title={t('study.new.line')} onClose={close} side>
        <LineForm partId={search.part} />
      </Dialog>
      <Dialog open={search.new === 'crew'} title={t('study.new.crew')} onClose={close} side wide>
        <CrewForm partId={search.part} coreId={search.core} />
      </Dialog>
    </OfficePage>
  );
}
