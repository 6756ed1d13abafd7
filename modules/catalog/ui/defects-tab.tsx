import {
  Button,
  Code,
  Day,
  Dialog,
  EmptyState,
  Money,
  PermissionGate,
  Quantity,
  Reading,
  Section,
  useRead,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { PlainTable } from '@zaizao/platform/ui/office';
import { useState } from 'react';
import { listDefects, listPrices, perm } from '../contract.ts';
import { PRICE_KINDS } from '../domain/code-lists.ts';
import { defectCodes } from '../domain/vocabulary.ts';
import { type Defect, DefectForm, PriceForm } from './edit/defect-form.tsx';
import { PartKey } from './part-key.tsx';

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
  const [open, setOpen] = useState<Defect | 'defect' | 'price'>();
  const stop = () => setOpen(undefined);
  const add = (what: 'defect' | 'price') => (
    <PartKey icon="plus" onPress={() => setOpen(what)}>
      {t(what === 'defect' ? 'form.addDefect' : 'form.addPrice')}
    </PartKey>
  );
  return (
    <>
      <Dialog
        open={open !== undefined}
        title={t(
          open === 'price' ? 'form.addPrice' : open === 'defect' ? 'form.addDefect' : 'edit',
        )}
        onClose={stop}
        side
      >
        {open === 'price' ? (
          <PriceForm partId={partId} onDone={stop} />
        ) : (
          <DefectForm partId={partId} defect={open === 'defect' ? undefined : open} onDone={stop} />
        )}
      </Dialog>
      <Reading of={defects}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon="warn" title={t('defects.none')} action={add('defect')} />
          ) : (
            <Section title={t('defects.title', { n: items.length })} actions={add('defect')}>
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
                  { title: t('basis'), className: 'z-note', cell: (d) => say(d.basis) },
                  {
                    title: t('form.line'),
                    cell: (d) => (
                      <PermissionGate access={perm('catalog.part:edit')}>
                        <Button
                          size="small"
                          icon="settings"
                          iconOnly
                          onClick={() => setOpen(d)}
                        >{`${t('edit')} ${d.code}`}</Button>
                      </PermissionGate>
                    ),
                  },
                ]}
              />
            </Section>
          )
        }
      </Reading>
      <Reading of={prices}>
        {({ items }) => (
          <Section title={t('prices.title')} actions={items.length > 0 ? add('price') : null}>
            {items.length === 0 ? (
              <EmptyState icon="coin" title={t('prices.none')} action={add('price')} />
            ) : (
              <PlainTable
                rows={items}
                rowKey={(p) => `${p.kind} ${p.validFrom}`}
                columns={[
                  { title: t('prices.kind'), cell: (p) => say(PRICE_KINDS[p.kind]) },
                  { title: t('prices.amount'), end: true, cell: (p) => <Money fen={p.fen} /> },
                  { title: t('validFrom'), cell: (p) => <Day day={p.validFrom} /> },
                  { title: t('basis'), className: 'z-note', cell: (p) => say(p.basis) },
                ]}
              />
            )}
          </Section>
        )}
      </Reading>
    </>
  );
}
