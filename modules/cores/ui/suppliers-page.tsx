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
import { OfficePage } from '@zaizao/platform/ui/office';
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

function Suppliers({ rows }: { rows: readonly Row[] }) {
  const t = useTexts('cores');
  const lang = useLang();
  return (
    <div className="z-table-scroll">
      <table className="z-table">
        <thead>
          <tr>
            <th scope="col">{t('field.supplier')}</th>
            <th scope="col">{t('suppliers.share')}</th>
            {GRADES.map((g) => (
              <th key={g} scope="col" className="z-end">
                {g}
              </th>
            ))}
            <th scope="col" className="z-end">
              {t('suppliers.good')}
            </th>
            <th scope="col" className="z-end">
              {t('suppliers.disputed')}
            </th>
            <th scope="col" className="z-end">
              {t('suppliers.paid')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((r) => {
            const supplierId = r.supplier.id;
            const graded = r.A + r.B + r.C + r.R;
            return (
              <tr key={supplierId}>
                <td data-title={t('field.supplier')}>
                  <Link to="/office/partners/$partnerId" params={{ partnerId: supplierId }}>
                    {r.supplier.name}
                  </Link>
                </td>
                <td data-title={t('suppliers.share')}>
                  <span className="z-cores-share" aria-hidden="true">
                    {GRADES.map((g) => (
                      <i
                        key={g}
                        className={`z-${g.toLowerCase()}`}
                        style={{ width: `${graded ? (100 * r[g]) / graded : 0}%` }}
                      />
                    ))}
                  </span>
                </td>
                {GRADES.map((grade) => (
                  <td key={grade} data-title={grade} className="z-end z-num">
                    <Link to="/office/cores" search={{ supplierId, grade }}>
                      {r[grade]}
                    </Link>
                  </td>
                ))}
                <td data-title={t('suppliers.good')} className="z-end z-num">
                  {graded ? formatShare((r.A + r.B) / graded, lang, 0) : '—'}
                </td>
                <td data-title={t('suppliers.disputed')} className="z-end z-num">
                  <Link to="/office/cores" search={{ supplierId, disputed: 'yes' }}>
                    {r.disputed}
                  </Link>
                </td>
                <td data-title={t('suppliers.paid')} className="z-end z-num">
                  <Money fen={r.creditFen} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
