import {
  addressOf,
  Code,
  EmptyState,
  type Output,
  PrintButton,
  StatusTag,
  Time,
  useTexts,
} from '@zaizao/platform/ui';
import { DataTable, OfficePage } from '@zaizao/platform/ui/office';
import { downloadCertificate, listCertificates } from '../contract.ts';
import { ToCertify } from './to-certify.tsx';
import { useUnitColumns } from './unit-columns.tsx';

type Row = Output<typeof listCertificates>['items'][number];

/** Every certificate ever issued, with its document. */
export default function CertificatesPage() {
  const t = useTexts('quality');
  const columns = useUnitColumns<Row>(t('certificate.code'));
  return (
    <OfficePage title={t('certificate.title')} note={t('certificate.note')}>
      <ToCertify />
      <DataTable
        id="quality.certificates"
        title={t('certificate.title')}
        list={listCertificates}
        rowKey={(r) => r.id}
        filters={[{ kind: 'search', id: 'q', label: t('search') }]}
        columns={[
          ...columns,
          {
            id: 'life',
            title: t('life'),
            align: 'end',
            width: 80,
            cell: (r) => r.unit.life,
            plain: (r) => r.unit.life,
          },
          {
            id: 'by',
            title: t('certificate.by'),
            width: 140,
            cell: (r) => r.requestedBy,
            plain: (r) => r.requestedBy,
          },
          {
            id: 'at',
            title: t('certificate.at'),
            width: 160,
            cell: (r) => <Time at={r.issuedAt ?? r.requestedAt} />,
            plain: (r) => r.issuedAt ?? r.requestedAt,
          },
          {
            id: 'sha256',
            title: t('certificate.hash'),
            optional: true,
            cell: (r) => <Code>{r.sha256 ?? '—'}</Code>,
            plain: (r) => r.sha256,
          },
          {
            id: 'document',
            title: t('certificate.document'),
            width: 150,
            cell: (r) =>
              r.state === 'issued' ? (
                <PrintButton
                  size="small"
                  href={addressOf(downloadCertificate, { params: { document: r.id } })}
                >
                  {t('certificate.open')}
                </PrintButton>
              ) : (
                <StatusTag tone="busy">{t('certificate.making')}</StatusTag>
              ),
            plain: (r) => r.url,
          },
        ]}
        empty={
          <EmptyState icon="stamp" title={t('certificate.none')}>
            {t('certificate.noneNext')}
          </EmptyState>
        }
      />
    </OfficePage>
  );
}
