import {
  Code,
  Reading,
  Section,
  StatusTag,
  Tabs,
  useRead,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { DataTable, OfficePage, PlainTable } from '@zaizao/platform/ui/office';
import { getVocabulary, listFacts, listSources } from '../contract.ts';

/** The method master, the code lists, the plant’s own figures and where figures come from. */
export default function MethodsPage() {
  const t = useTexts('catalog');
  return (
    <OfficePage
      title={t('methods.title')}
      up={{ to: '/office/catalogue', title: t('parts.title') }}
    >
      <Tabs
        label={t('methods.title')}
        tabs={[
          { id: 'methods', title: t('methods.methods'), render: () => <Methods /> },
          { id: 'families', title: t('methods.families'), render: () => <Families /> },
          { id: 'modes', title: t('methods.modes'), render: () => <Modes /> },
          { id: 'facts', title: t('methods.facts'), render: () => <PlantFacts /> },
          { id: 'sources', title: t('methods.sources'), render: () => <Sources /> },
        ]}
      />
    </OfficePage>
  );
}

function Methods() {
  const t = useTexts('catalog');
  const say = useSay();
  const found = useRead(getVocabulary, {});
  return (
    <Reading of={found}>
      {({ methods }) => (
        <Section flush>
          <PlainTable
            rows={methods}
            rowKey={(m) => m.code}
            columns={[
              { title: t('code'), cell: (m) => <Code>{m.code}</Code> },
              { title: t('name'), cell: (m) => say(m.name) },
              { title: t('kind'), cell: (m) => t(`methods.kind.${m.kind}`) },
              {
                title: t('methods.parameters'),
                cell: (m) =>
                  m.parameters
                    .map((p) => (p.unit ? `${say(p.name)} (${p.unit})` : say(p.name)))
                    .join(', '),
              },
              { title: t('basis'), className: 'z-note', cell: (m) => say(m.basis) },
            ]}
          />
        </Section>
      )}
    </Reading>
  );
}

function Families() {
  const t = useTexts('catalog');
  const say = useSay();
  const found = useRead(getVocabulary, {});
  return (
    <Reading of={found}>
      {({ families }) => (
        <Section title={t('methods.familyCount', { n: families.length })}>
          <PlainTable
            rows={families}
            rowKey={(f) => f.code}
            columns={[
              { title: t('code'), cell: (f) => <Code>{f.code}</Code> },
              { title: t('name'), cell: (f) => say(f.name) },
              {
                title: t('flags'),
                cell: (f) =>
                  f.assembly ? <StatusTag tone="decide">{t('restrictedLong')}</StatusTag> : null,
              },
              { title: t('basis'), className: 'z-note', cell: (f) => say(f.basis) },
            ]}
          />
        </Section>
      )}
    </Reading>
  );
}

function Modes() {
  const t = useTexts('catalog');
  const say = useSay();
  const found = useRead(getVocabulary, {});
  return (
    <Reading of={found}>
      {(v) => (
        <Section flush>
          <PlainTable
            rows={[
              ...v.damageModes.map((m) => ({ list: 'modes', code: m.code, name: m.name })),
              ...listed('goods', v.goodsClasses),
              ...listed('sources', v.partSources),
              ...listed('fourR', v.fourR),
            ]}
            rowKey={(x) => `${x.list} ${x.code}`}
            columns={[
              { title: t('methods.list'), cell: (x) => t(`methods.lists.${x.list}`) },
              { title: t('code'), cell: (x) => <Code>{x.code}</Code> },
              { title: t('name'), cell: (x) => say(x.name) },
            ]}
          />
        </Section>
      )}
    </Reading>
  );
}

function listed(list: string, table: Readonly<Record<string, { zh: string; en: string }>>) {
  return Object.entries(table).map(([code, name]) => ({ list, code, name }));
}

function PlantFacts() {
  const t = useTexts('catalog');
  const say = useSay();
  return (
    <DataTable
      id="catalog.facts"
      title={t('methods.facts')}
      list={listFacts}
      rowKey={(r) => r.key}
      columns={[
        { id: 'name', title: t('name'), cell: (r) => say(r.name), plain: (r) => say(r.name) },
        {
          id: 'value',
          title: t('methods.value'),
          cell: (r) => say(r.value),
          plain: (r) => say(r.value),
        },
        {
          id: 'unit',
          title: t('methods.unit'),
          cell: (r) => say(r.unit),
          plain: (r) => say(r.unit),
        },
        { id: 'basis', title: t('basis'), cell: (r) => say(r.basis), plain: (r) => r.basis },
      ]}
    />
  );
}

function Sources() {
  const t = useTexts('catalog');
  return (
    <DataTable
      id="catalog.sources"
      title={t('methods.sources')}
      list={listSources}
      rowKey={(r) => r.key}
      columns={[
        { id: 'key', title: t('code'), cell: (r) => <Code>{r.key}</Code>, plain: (r) => r.key },
        {
          id: 'reference',
          title: t('source'),
          cell: (r) => r.reference,
          plain: (r) => r.reference,
        },
      ]}
    />
  );
}
