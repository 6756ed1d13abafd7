import { listUnits } from '@zaizao/modules/production/contract';
import {
  Button,
  Code,
  Confirm,
  Dialog,
  EmptyState,
  FormFrame,
  LinkButton,
  LookupField,
  Money,
  MoneyField,
  NumberField,
  PermissionGate,
  Row,
  SelectField,
  TextField,
  Time,
  useAct,
  useForm,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { DataTable, OfficePage } from '@zaizao/platform/ui/office';
import { useState } from 'react';
import { listListings, listUnit, perm, withdrawListing } from '../contract.ts';
import { GOODS_CLASSES, LISTING_STATES, type Listing, ListingTag, usePartName } from './words.tsx';

/** What we offer: list a unit from stock, withdraw it again. */
export default function ListingsPage() {
  const t = useTexts('market');
  const part = usePartName();
  const [adding, setAdding] = useState(false);
  const [leaving, setLeaving] = useState<Listing>();
  const withdraw = useAct(withdrawListing, { said: t('listings.withdrawn') });
  const add = (
    <PermissionGate access={perm('market.listing:edit')}>
      <Button kind="primary" icon="plus" onClick={() => setAdding(true)}>
        {t('listings.add')}
      </Button>
    </PermissionGate>
  );
  return (
    <OfficePage
      title={t('listings.title')}
      note={t('listings.note')}
      actions={
        <Row>
          <LinkButton icon="eye" to="/market">
            {t('store.title')}
          </LinkButton>
          {add}
        </Row>
      }
    >
      <DataTable
        id="market.listings"
        title={t('listings.title')}
        list={listListings}
        rowKey={(r) => r.id}
        filters={[
          { kind: 'search', id: 'q', label: t('store.search') },
          {
            kind: 'choice',
            id: 'state',
            label: t('state'),
            choices: LISTING_STATES.map((value) => ({
              value,
              label: t(`listingState.${value}`),
            })),
          },
        ]}
        columns={[
          {
            id: 'serial',
            title: t('listing.serial'),
            cell: (r) => <Code>{r.serial}</Code>,
            plain: (r) => r.serial,
          },
          {
            id: 'part',
            title: t('order.unit'),
            cell: (r) => part(r.part),
            plain: (r) => part(r.part),
          },
          {
            id: 'class',
            title: t('store.class'),
            cell: (r) => t(`goodsClass.${r.goodsClass}`),
            plain: (r) => t(`goodsClass.${r.goodsClass}`),
          },
          {
            id: 'price',
            title: t('listing.price'),
            align: 'end',
            cell: (r) => <Money fen={r.priceFen} />,
            plain: (r) => Number(r.priceFen) / 100,
          },
          {
            id: 'deposit',
            title: t('order.deposits'),
            align: 'end',
            cell: (r) => <Money fen={r.depositFen} />,
            plain: (r) => Number(r.depositFen) / 100,
          },
          {
            id: 'state',
            title: t('state'),
            cell: (r) => <ListingTag state={r.state} />,
            plain: (r) => t(`listingState.${r.state}`),
          },
          {
            id: 'listedAt',
            title: t('listings.at'),
            cell: (r) => <Time at={r.listedAt} ago />,
            plain: (r) => r.listedAt,
          },
          {
            id: 'act',
            title: t('listings.act'),
            cell: (r) =>
              r.state === 'open' ? (
                <PermissionGate access={perm('market.listing:edit')}>
                  <Button size="small" icon="close" onClick={() => setLeaving(r)}>
                    {t('listings.withdraw')}
                  </Button>
                </PermissionGate>
              ) : null,
          },
        ]}
        open={(r) => ({ to: '/office/units/$unitId', params: { unitId: r.unitId } })}
        empty={
          <EmptyState icon="star" title={t('listings.none')} action={add}>
            {t('listings.noneNext')}
          </EmptyState>
        }
      />
      <Dialog open={adding} title={t('listings.add')} onClose={() => setAdding(false)}>
        <ListForm onDone={() => setAdding(false)} />
      </Dialog>
      <Confirm
        open={leaving !== undefined}
        title={t('listings.withdraw')}
        confirm={t('listings.withdraw')}
        isBusy={withdraw.isBusy}
        onClose={() => setLeaving(undefined)}
        onConfirm={async () => {
          if (leaving) await withdraw.run({ params: { listingId: leaving.id } });
          setLeaving(undefined);
        }}
      >
        {leaving?.serial}
      </Confirm>
    </OfficePage>
  );
}

function ListForm({ onDone }: { onDone: () => void }) {
  const t = useTexts('market');
  const say = useSay();
  const form = useForm(listUnit, {
    initial: { goodsClass: 'reman-new', warrantyMonths: 12 },
    said: (l) => t('listings.said', { serial: l.serial }),
    onDone,
  });
  return (
    <FormFrame form={form} submit={t('listings.add')}>
      <LookupField
        label={t('order.unit')}
        hint={t('listings.unitHint')}
        list={listUnits}
        by="q"
        fixed={{ state: 'available' }}
        choice={(u) => ({ value: u.id, label: u.serial, note: say(u.part.name) })}
        {...form.field('unitId')}
      />
      <SelectField
        label={t('store.class')}
        choices={GOODS_CLASSES.map((value) => ({ value, label: t(`goodsClass.${value}`) }))}
        {...form.field('goodsClass')}
      />
      <MoneyField
        label={t('listing.price')}
        hint={t('listings.priceHint')}
        {...form.field('priceFen')}
      />
      <NumberField label={t('listings.warranty')} {...form.field('warrantyMonths')} />
      <NumberField label={t('listings.warrantyKm')} unit="KMT" {...form.field('warrantyKm')} />
      <TextField label={t('listings.warrantyTerms')} lines={2} {...form.field('warrantyTerms')} />
    </FormFrame>
  );
}
