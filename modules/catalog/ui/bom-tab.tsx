import {
  Figure,
  formatNumber,
  Grid,
  Link,
  Money,
  Num,
  Quantity,
  Reading,
  Section,
  StatusTag,
  useLang,
  useRead,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { PlainTable } from '@zaizao/platform/ui/office';
import { getBom } from '../contract.ts';
import { POLICIES } from '../domain/code-lists.ts';
import { BomForm } from './edit/bom-form.tsx';
import type { BomShown } from './names.ts';
import { NotWritten, PartKey } from './part-key.tsx';
import { useVersion, VersionField } from './versions.tsx';

/** The bill of material with its three rates; each says which it is. */
export function BomTab({ partId }: { partId: string }) {
  const t = useTexts('catalog');
  const { query, show, isEditing, edit, stop, issued } = useVersion('bom');
  const bom = useRead(getBom, { params: { partId }, query });
  if (isEditing) return <BomForm partId={partId} bom={bom.data} onDone={issued} onClose={stop} />;
  const key = <PartKey onPress={edit}>{t(bom.data ? 'form.editBom' : 'form.writeBom')}</PartKey>;
  if (bom.error?.code === 'BOM_NOT_FOUND') {
    return (
      <NotWritten icon="layers" title={t('bom.none')} edit={key}>
        {t('bom.noneNext')}
      </NotWritten>
    );
  }
  return (
    <Reading of={bom}>
      {(b) => (
        <>
          <Rates bom={b} />
          <Section
            title={t('bom.title', { n: b.items.length })}
            actions={
              <>
                <VersionField of={b} onChange={show} />
                {key}
              </>
            }
          >
            <Items bom={b} />
          </Section>
        </>
      )}
    </Reading>
  );
}

function Rates({ bom }: { bom: BomShown }) {
  const t = useTexts('catalog');
  const lang = useLang();
  const { rates } = bom;
  const figure = (v: number | undefined, unit: string, digits?: number) =>
    v === undefined ? { value: '—' } : { value: formatNumber(v, lang, digits), unit };
  const isOutline = rates.byMass === undefined || rates.byValue === undefined;
  return (
    <Section
      title={t('bom.rates')}
      note={isOutline ? `${t('bom.ratesNote')} ${t('bom.ratesUnknown')}` : t('bom.ratesNote')}
    >
      <Grid>
        <Figure label={t('bom.byMass')} {...figure(rates.byMass, '%', 1)} />
        <Figure label={t('bom.byValue')} {...figure(rates.byValue, '%', 1)} />
        <Figure label={t('bom.byCount')} {...figure(rates.byCount, '%', 1)} />
        <Figure
          label={t('bom.totalMass')}
          {...figure(rates.totalMassG === undefined ? undefined : rates.totalMassG / 1000, 'kg')}
        />
        <Figure
          label={t('bom.totalValue')}
          value={rates.totalNewValueFen ? <Money fen={rates.totalNewValueFen} /> : '—'}
        />
        <Figure label={t('bom.pieces')} value={rates.pieces} />
      </Grid>
    </Section>
  );
}

function Items({ bom }: { bom: BomShown }) {
  const t = useTexts('catalog');
  const say = useSay();
  return (
    <PlainTable
      rows={bom.items}
      rowKey={(i) => String(i.pos)}
      columns={[
        { title: t('bom.pos'), end: true, cell: (i) => <Num value={i.pos} /> },
        {
          title: t('name'),
          cell: (i) => (
            <Link to="/office/catalogue/parts/$partId" params={{ partId: i.part.id }}>
              {say(i.part.name)}
            </Link>
          ),
        },
        { title: t('bom.qty'), end: true, cell: (i) => <Num value={i.qty} /> },
        {
          title: t('bom.massEach'),
          end: true,
          cell: (i) => (i.part.massG ? <Quantity value={i.part.massG} unit="GRM" /> : '—'),
        },
        { title: t('bom.policy'), cell: (i) => say(POLICIES[i.policy]) },
        {
          title: t('bom.shares'),
          className: 'z-catalog-shares',
          cell: (i) => <Shares item={i} />,
        },
        {
          title: t('bom.priceEach'),
          end: true,
          cell: (i) => (i.part.newPriceFen ? <Money fen={i.part.newPriceFen} /> : '—'),
        },
        {
          title: t('flags'),
          cell: (i) => (
            <>
              {i.critical ? <StatusTag tone="decide">{t('bom.critical')}</StatusTag> : null}
              {i.serialised ? <StatusTag tone="busy">{t('bom.serialised')}</StatusTag> : null}
            </>
          ),
        },
        { title: t('basis'), className: 'z-note', cell: (i) => say(i.basis) },
      ]}
    />
  );
}

/** Reused, restored, replaced: three parts of one bar, with the figures under it. */
function Shares({ item }: { item: BomShown['items'][number] }) {
  const t = useTexts('catalog');
  const { reusePct: reuse, restorePct: restore, replacePct: replace } = item;
  if (reuse === undefined || restore === undefined || replace === undefined) return '—';
  return (
    <div className="z-catalog-share">
      <span aria-hidden="true">
        <i style={{ width: `${reuse}%` }} className="z-catalog-reuse" />
        <i style={{ width: `${restore}%` }} className="z-catalog-restore" />
        <i style={{ width: `${replace}%` }} className="z-catalog-replace" />
      </span>
      <small className="z-num">
        {t('bom.shareText', { kept: reuse, mended: restore, renewed: replace })}
      </small>
    </div>
  );
}
