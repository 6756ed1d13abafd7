import {
  Code,
  Day,
  EmptyState,
  Money,
  Num,
  Reading,
  Section,
  useRead,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { listDefects, listPrices } from '../contract.ts';
import { defectCodes } from '../domain/vocabulary.ts';
import { PRICE_KINDS } from '../workbook/sheets.ts';

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
              <div className="z-table-scroll">
                <table className="z-table">
                  <thead>
                    <tr>
                      <th>{t('code')}</th>
                      <th>{t('name')}</th>
                      <th>{t('defects.mode')}</th>
                      <th className="z-end">{t('defects.rate')}</th>
                      <th>{t('basis')}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {items.map((d) => (
                      <tr key={d.code}>
                        <td>
                          <Code>{d.code}</Code>
                        </td>
                        <td>{say(d.name)}</td>
                        <td>{mode(d.mode)}</td>
                        <td className="z-end">
                          {d.ratePct === undefined ? '—' : <Num value={d.ratePct} />}
                          {d.ratePct === undefined ? '' : ` % ${t(`defects.per.${d.per}`)}`}
                        </td>
                        <td className="z-note">{d.basis}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
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
              <div className="z-table-scroll">
                <table className="z-table">
                  <thead>
                    <tr>
                      <th>{t('prices.kind')}</th>
                      <th className="z-end">{t('prices.amount')}</th>
                      <th>{t('validFrom')}</th>
                      <th>{t('basis')}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {items.map((p) => (
                      <tr key={`${p.kind} ${p.validFrom}`}>
                        <td>{say(PRICE_KINDS[p.kind])}</td>
                        <td className="z-end">
                          <Money fen={p.fen} />
                        </td>
                        <td>
                          <Day day={p.validFrom} />
                        </td>
                        <td className="z-note">{p.basis}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            )}
          </Section>
        )}
      </Reading>
    </>
  );
}
