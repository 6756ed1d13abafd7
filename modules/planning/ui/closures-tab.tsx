import {
  Button,
  ChoiceField,
  Dialog,
  EmptyState,
  PermissionGate,
  Row,
  TextField,
  Time,
  useAct,
  useTexts,
} from '@zaizao/platform/ui';
import { DataTable } from '@zaizao/platform/ui/office';
import { useState } from 'react';
import { addClosure, endClosure, listClosures, perm } from '../contract.ts';
import { SpanFields, SubjectField, spanFromNow } from './span.tsx';

/** Stations that are down or lent, people who are away. */
export function ClosuresTab() {
  const t = useTexts('planning');
  const [adding, setAdding] = useState(false);
  const end = useAct(endClosure, { said: t('closure.ended') });
  const add = (
    <PermissionGate access={perm('planning.resource:edit')}>
      <Button kind="primary" icon="plus" onClick={() => setAdding(true)}>
        {t('closure.add')}
      </Button>
    </PermissionGate>
  );
  return (
    <>
      <Row>{add}</Row>
      <DataTable
        id="planning.closures"
        title={t('closure.title')}
        list={listClosures}
        rowKey={(r) => r.id}
        filters={[]}
        columns={[
          {
            id: 'subject',
            title: t('closure.who'),
            cell: (r) => r.subject,
            plain: (r) => r.subject,
          },
          { id: 'from', title: t('from'), cell: (r) => <Time at={r.from} />, plain: (r) => r.from },
          { id: 'to', title: t('until'), cell: (r) => <Time at={r.to} />, plain: (r) => r.to },
          { id: 'reason', title: t('reason'), cell: (r) => r.reason, plain: (r) => r.reason },
          {
            id: 'end',
            title: t('closure.take'),
            cell: (r) =>
              r.requestId ? (
                t('closure.lent')
              ) : (
                <PermissionGate access={perm('planning.resource:edit')}>
                  <Button
                    size="small"
                    icon="undo"
                    onClick={() => void end.run({ params: { closureId: r.id } })}
                  >
                    {t('closure.take')}
                  </Button>
                </PermissionGate>
              ),
            plain: () => '',
          },
        ]}
        empty={
          <EmptyState icon="check" title={t('closure.none')}>
            {t('closure.noneNext')}
          </EmptyState>
        }
      />
      <Dialog open={adding} title={t('closure.add')} onClose={() => setAdding(false)}>
        <ClosureForm onDone={() => setAdding(false)} />
      </Dialog>
    </>
  );
}

function ClosureForm({ onDone }: { onDone: () => void }) {
  const t = useTexts('planning');
  const add = useAct(addClosure, { said: t('saved'), onDone });
  const [kind, setKind] = useState<'station' | 'person'>('station');
  const [subject, setSubject] = useState<string>();
  const [span, setSpan] = useState(() => spanFromNow(8));
  const [reason, setReason] = useState<string>();
  return (
    <form
      className="z-form"
      onSubmit={(e) => {
        e.preventDefault();
        if (!subject || !reason || !span.from || !span.to) return;
        const body = { kind, subjectId: subject, from: span.from, to: span.to, reason };
        void add.run({ body });
      }}
    >
      <ChoiceField
        label={t('closure.kind')}
        value={kind}
        onChange={(v) => {
          setKind(v ?? 'station');
          setSubject(undefined);
        }}
        choices={(['station', 'person'] as const).map((value) => ({
          value,
          label: t(`closure.${value}`),
        }))}
      />
      <SubjectField
        kind={kind}
        label={t(`closure.${kind}`)}
        value={subject}
        onChange={setSubject}
      />
      <SpanFields span={span} onChange={setSpan} />
      <TextField label={t('reason')} value={reason} onChange={setReason} />
      <Button
        kind="primary"
        submit
        wide
        isBusy={add.isBusy}
        disabled={!subject || !reason || !span.from || !span.to}
      >
        {t('save')}
      </Button>
    </form>
  );
}
