import {
  Code,
  Day,
  EmptyState,
  Money,
  Quantity,
  Reading,
  Section,
  useRead,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { listDefects, listPrices } from '../contract.ts';
import { PRICE_KINDS } from '../domain/code-lists.ts';
import { defectCodes } from '../domain/vocabulary.ts';
import { PlainTable } from './plain-table.tsx';

/** What is usually wrong with this part, how often, and what it costs. */
export function DefectsTab({ partId }: { partId: string }) {
  const t = useTexts('catalog');
  const say = useSay();
  const defects = useRead(listDefects, { params: { partId } });
  const prices = useRead(listPrices, { params: { partId } });
  const mode = (code: string) => {
    const found = defectCodes().find((m) => m.code === code);
    return found ? say(found.name) : code;
  };
  return (
    <>
      <Reading of={defects}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon="warn" title={t('defects.none')} />
          ) : (
            <Section title={t('defects.title', { n: items.length })}>
              <PlainTable
                rows={items}
                rowKey={(d) => d.code}
                columns={[
                  { title: t('code'), cell: (d) => <Code>{d.code}</Code> },
                  { title: t('name'), cell: (d) => say(d.name) },
                  { title: t('defects.mode'), cell: (d) => mode(d.mode) },
                  {
                    title: t('defects.rate'),
                    end: true,
                    cell: (d) =>
                      d.ratePct === undefined ? (
                        '—'
                      ) : (
                        <>
                          <Quantity value={d.ratePct} unit="P1" /> {t(`defects.per.${d.per}`)}
                        </>
                      ),
                  },
                  { title: t('basis'), className: 'z-note', cell: (d) => d.basis },
                ]}
              />
            </Section>
          )
        }
      </Reading>
      <Reading of={prices}>
        {({ items }) => (
          <Section title={t('prices.title')}>
            {items.length === 0 ? (
              <EmptyState icon="coin" title={t('prices.none')} />
            ) : (
              <PlainTable
                rows={items}
                rowKey={(p) => `${p.kind} ${p.validFrom}`}
                columns={[
                  { title: t('prices.kind'), cell: (p) => say(PRICE_KINDS[p.kind]) },
                  { title: t('prices.amount'), end: true, cell: (p) => <Money fen={p.fen} /> },
                  { title: t('validFrom'), cell: (p) => <Day day={p.validFrom} /> },
                  { title: t('basis'), className: 'z-note', cell: (p) => p.basis },
                ]}
              />
            )}
          </Section>
        )}
      </Reading>
    </>
  );
}
