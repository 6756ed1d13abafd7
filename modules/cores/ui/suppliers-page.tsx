import {
  EmptyState,
  formatShare,
  Link,
  LinkButton,
  Money,
  Reading,
  Section,
  useLang,
  useRead,
  useTexts,
} from '@zaizao/platform/ui';
import { OfficePage, PlainTable } from '@zaizao/platform/ui/office';
import { supplierQuality } from '../contract.ts';
import { GRADES, type Output } from './words.tsx';

type Row = Output<typeof supplierQuality>['rows'][number];

/** Who brings what quality, how often it was argued about, and what was paid. */
export default function SuppliersPage() {
  const t = useTexts('cores');
  const found = useRead(supplierQuality, {});
  return (
    <OfficePage title={t('suppliers.title')} note={t('suppliers.note')}>
      <Reading of={found}>
        {({ rows }) =>
          rows.length === 0 ? (
            <EmptyState
              icon="people"
              title={t('suppliers.none')}
              action={<LinkButton to="/floor/receive">{t('receive.title')}</LinkButton>}
            >
              {t('suppliers.noneNext')}
            </EmptyState>
          ) : (
            <Section flush>
              <Suppliers rows={rows} />
            </Section>
          )
        }
      </Reading>
    </OfficePage>
  );
}

const gradedOf = (r: Row) => r.A + r.B + r.C + r.R;

function Suppliers({ rows }: { rows: readonly Row[] }) {
  const t = useTexts('cores');
  const lang = useLang();
  return (
    <PlainTable
      rows={rows}
      rowKey={(r) => r.supplier.id}
      columns={[
        {
          title: t('field.supplier'),
          cell: (r) => (
            <Link to="/office/partners/$partnerId" params={{ partnerId: r.supplier.id }}>
              {r.supplier.name}
            </Link>
          ),
        },
        {
          title: t('suppliers.share'),
          cell: (r) => (
            <span className="z-cores-share" aria-hidden="true">
              {GRADES.map((g) => (
                <i
                  key={g}
                  className={`z-${g.toLowerCase()}`}
                  style={{ width: `${gradedOf(r) ? (100 * r[g]) / gradedOf(r) : 0}%` }}
                />
              ))}
            </span>
          ),
        },
        ...GRADES.map((grade) => ({
          title: grade,
          end: true,
          cell: (r: Row) => (
            <Link to="/office/cores" search={{ supplierId: r.supplier.id, grade }}>
              {r[grade]}
            </Link>
          ),
        })),
        {
          title: t('suppliers.good'),
          end: true,
          cell: (r) => (gradedOf(r) ? formatShare((r.A + r.B) / gradedOf(r), lang, 0) : '—'),
        },
        {
          title: t('suppliers.disputed'),
          end: true,
          cell: (r) => (
            <Link to="/office/cores" search={{ supplierId: r.supplier.id, disputed: 'yes' }}>
              {r.disputed}
            </Link>
          ),
        },
        { title: t('suppliers.paid'), end: true, cell: (r) => <Money fen={r.creditFen} /> },
      ]}
    />
  );
}
