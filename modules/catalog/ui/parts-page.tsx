import {
  Code,
  EmptyState,
  LinkButton,
  Money,
  PermissionGate,
  Quantity,
  Row,
  StatusTag,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { DataTable, OfficePage } from '@zaizao/platform/ui/office';
import { listParts, perm } from '../contract.ts';
import { useFamilies, useFamilyName } from './names.ts';

/** Everything the plant knows by a number. */
export default function PartsPage() {
  const t = useTexts('catalog');
  const say = useSay();
  const families = useFamilies();
  const familyName = useFamilyName();
  return (
    <OfficePage
      title={t('parts.title')}
      note={t('parts.note')}
      actions={
        <Row>
          <LinkButton icon="document" to="/office/catalogue/imports">
            {t('excel')}
          </LinkButton>
          <PermissionGate access={perm('catalog.part:edit')}>
            <LinkButton kind="primary" icon="plus" to="/office/catalogue/new">
              {t('parts.add')}
            </LinkButton>
          </PermissionGate>
        </Row>
      }
    >
      <DataTable
        id="catalog.parts"
        title={t('parts.title')}
        list={listParts}
        rowKey={(r) => r.id}
        filters={[
          { kind: 'search', id: 'q', label: t('parts.search') },
          {
            kind: 'choice',
            id: 'kind',
            label: t('kind'),
            choices: (['product', 'component', 'consumable'] as const).map((value) => ({
              value,
              label: t(`kinds.${value}`),
            })),
          },
          { kind: 'choice', id: 'family', label: t('family'), choices: families },
          {
            kind: 'choice',
            id: 'active',
            label: t('state'),
            choices: [
              { value: 'yes', label: t('active') },
              { value: 'no', label: t('retired') },
            ],
          },
        ]}
        columns={[
          {
            id: 'number',
            title: t('number'),
            cell: (r) => <Code>{r.number}</Code>,
            plain: (r) => r.number,
          },
          { id: 'name', title: t('name'), cell: (r) => say(r.name), plain: (r) => say(r.name) },
          {
            id: 'kind',
            title: t('kind'),
            cell: (r) => t(`kinds.${r.kind}`),
            plain: (r) => t(`kinds.${r.kind}`),
          },
          {
            id: 'family',
            title: t('family'),
            cell: (r) => familyName(r.family),
            plain: (r) => familyName(r.family),
          },
          {
            id: 'mass',
            title: t('mass'),
            align: 'end',
            cell: (r) => (r.massG ? <Quantity value={r.massG} unit="GRM" /> : '—'),
            plain: (r) => (r.massG ? Number(r.massG) : undefined),
          },
          {
            id: 'price',
            title: t('newPrice'),
            align: 'end',
            cell: (r) => (r.newPriceFen ? <Money fen={r.newPriceFen} /> : '—'),
            plain: (r) => (r.newPriceFen ? Number(r.newPriceFen) / 100 : undefined),
          },
          {
            id: 'flags',
            title: t('flags'),
            cell: (r) => (
              <Row gap={4}>
                {r.restricted ? <StatusTag tone="decide">{t('restricted')}</StatusTag> : null}
                {r.needsCoding ? <StatusTag tone="decide">{t('needsCoding')}</StatusTag> : null}
                {r.vinBound ? <StatusTag tone="decide">{t('vinBound')}</StatusTag> : null}
                {r.active ? null : <StatusTag tone="idle">{t('retired')}</StatusTag>}
              </Row>
            ),
          },
          {
            id: 'basis',
            title: t('basis'),
            cell: (r) => say(r.basis),
            plain: (r) => r.basis,
            optional: true,
          },
        ]}
        open={(r) => ({ to: '/office/catalogue/parts/$partId', params: { partId: r.id } })}
        empty={
          <EmptyState
            icon="layers"
            title={t('parts.none')}
            action={<LinkButton to="/office/catalogue/imports">{t('imports.title')}</LinkButton>}
          >
            {t('parts.noneNext')}
          </EmptyState>
        }
      />
    </OfficePage>
  );
}
