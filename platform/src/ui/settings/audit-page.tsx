import { listAudit } from '../../identity/contract.ts';
import { useSay, useTexts } from '../i18n/language.ts';
import { DataTable } from '../office/data-table.tsx';
import { OfficePage } from '../office/page.tsx';
import { Code, Time } from '../parts/values.tsx';

export default function AuditPage() {
  const t = useTexts('identity');
  const say = useSay();
  return (
    <OfficePage title={t('audit.title')} note={t('audit.note')}>
      <DataTable
        id="identity.audit"
        title={t('audit.title')}
        list={listAudit}
        rowKey={(a) => a.id}
        filters={[
          { kind: 'text', id: 'action', label: t('audit.code') },
          { kind: 'text', id: 'subject', label: t('audit.subject') },
          { kind: 'text', id: 'actor', label: t('audit.actor') },
        ]}
        columns={[
          { id: 'at', title: t('audit.at'), cell: (a) => <Time at={a.at} />, plain: (a) => a.at },
          {
            id: 'actor',
            title: t('audit.actor'),
            cell: (a) => a.actorName ?? a.actor,
            plain: (a) => a.actorName ?? a.actor,
          },
          {
            id: 'action',
            title: t('audit.action'),
            cell: (a) => (a.actionName ? say(a.actionName) : <Code>{a.action}</Code>),
            plain: (a) => (a.actionName ? say(a.actionName) : a.action),
          },
          {
            id: 'subject',
            title: t('audit.subject'),
            cell: (a) => (a.subject ? <Code>{a.subject}</Code> : null),
            plain: (a) => a.subject,
            optional: true,
          },
          {
            id: 'code',
            title: t('audit.code'),
            cell: (a) => <Code>{a.action}</Code>,
            plain: (a) => a.action,
            optional: true,
          },
          {
            id: 'request',
            title: t('audit.request'),
            cell: (a) => <Code>{a.requestId}</Code>,
            plain: (a) => a.requestId,
            optional: true,
          },
        ]}
      />
    </OfficePage>
  );
}
