import { Code, Link, Quantity, useTexts } from '@zaizao/platform/ui';
import { PlainTable } from '@zaizao/platform/ui/office';
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
      <PlainTable
        rows={u.asBuilt}
        rowKey={(a) => `${a.pos} ${a.componentId ?? a.lot}`}
        columns={[
          { title: t('order.pos'), className: 'z-num', cell: (a) => a.pos },
          { title: t('order.part'), cell: (a) => part(a.part) },
          { title: t('unit.origin'), cell: (a) => <OriginTag origin={a.origin} /> },
          { title: t('unit.piece'), cell: (a) => <Code>{a.componentCode ?? a.lot ?? ''}</Code> },
          {
            title: t('unit.fromCore'),
            cell: (a) =>
              a.coreId ? (
                <Link to="/office/cores/$coreId" params={{ coreId: a.coreId }}>
                  {a.coreCode}
                </Link>
              ) : (
                '—'
              ),
          },
          { title: t('unit.qty'), end: true, cell: (a) => a.qty },
          {
            title: t('unit.mass'),
            end: true,
            cell: (a) => <Quantity value={a.massG} unit="GRM" />,
          },
        ]}
      />
    </>
  );
}
