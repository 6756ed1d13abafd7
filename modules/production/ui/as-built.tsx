import { Code, Link, Quantity, useTexts } from '@zaizao/platform/ui';
import { OriginTag, type Unit, usePartName } from './words.tsx';

/** What the unit is made of, position by position, with the origin of each piece. */
export function AsBuilt({ unit: u }: { unit: Unit }) {
  const t = useTexts('production');
  const part = usePartName();
  const mass = (origin: string) =>
    u.asBuilt.reduce((n, a) => n + (a.origin === origin ? a.massG : 0), 0);
  const total = u.massG || 1;
  return (
    <>
      <div className="z-production-mix" aria-hidden="true">
        {(['reused', 'restored', 'new'] as const).map((origin) => (
          <i
            key={origin}
            className={`z-production-${origin}`}
            style={{ width: `${(100 * mass(origin)) / total}%` }}
          />
        ))}
      </div>
      <div className="z-table-scroll">
        <table className="z-table">
          <thead>
            <tr>
              <th scope="col">{t('order.pos')}</th>
              <th scope="col">{t('order.part')}</th>
              <th scope="col">{t('unit.origin')}</th>
              <th scope="col">{t('unit.piece')}</th>
              <th scope="col">{t('unit.fromCore')}</th>
              <th scope="col" className="z-end">
                {t('unit.qty')}
              </th>
              <th scope="col" className="z-end">
                {t('unit.mass')}
              </th>
            </tr>
          </thead>
          <tbody>
            {u.asBuilt.map((a) => (
              <tr key={`${a.pos} ${a.componentId ?? a.lot}`}>
                <td data-title={t('order.pos')} className="z-num">
                  {a.pos}
                </td>
                <td data-title={t('order.part')}>{part(a.part)}</td>
                <td data-title={t('unit.origin')}>
                  <OriginTag origin={a.origin} />
                </td>
                <td data-title={t('unit.piece')}>
                  <Code>{a.componentCode ?? a.lot ?? ''}</Code>
                </td>
                <td data-title={t('unit.fromCore')}>
                  {a.coreId ? (
                    <Link to="/office/cores/$coreId" params={{ coreId: a.coreId }}>
                      {a.coreCode}
                    </Link>
                  ) : (
                    '—'
                  )}
                </td>
                <td data-title={t('unit.qty')} className="z-end z-num">
                  {a.qty}
                </td>
                <td data-title={t('unit.mass')} className="z-end">
                  <Quantity value={a.massG} unit="GRM" />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
