import {
  Button,
  Code,
  Dialog,
  EmptyState,
  FormFrame,
  PermissionGate,
  SelectField,
  StatusTag,
  TextField,
  useForm,
  useGo,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { DataTable, OfficePage } from '@zaizao/platform/ui/office';
import { useState } from 'react';
import { addPartner, listPartners, ORGANISATION_KINDS, perm } from '../contract.ts';
import { useOrganisationKinds } from './names.ts';

/** The address book: whom we buy cores from, sell to, have tests done by. */
export default function PartnersPage() {
  const t = useTexts('parties');
  const say = useSay();
  const kinds = useOrganisationKinds();
  const [adding, setAdding] = useState(false);
  const add = (
    <PermissionGate access={perm('parties.partner:edit')}>
      <Button kind="primary" icon="plus" onClick={() => setAdding(true)}>
        {t('partner.add')}
      </Button>
    </PermissionGate>
  );
  return (
    <OfficePage title={t('partner.title')} note={t('partner.note')} actions={add}>
      <DataTable
        id="parties.partners"
        title={t('partner.title')}
        list={listPartners}
        rowKey={(r) => r.id}
        filters={[
          { kind: 'search', id: 'q', label: t('search') },
          { kind: 'choice', id: 'kind', label: t('kind'), choices: kinds },
          {
            kind: 'choice',
            id: 'active',
            label: t('state'),
            choices: [
              { value: 'yes', label: t('partner.active') },
              { value: 'no', label: t('partner.inactive') },
            ],
          },
        ]}
        columns={[
          {
            id: 'code',
            title: t('code'),
            cell: (r) => <Code>{r.code}</Code>,
            plain: (r) => r.code,
          },
          { id: 'name', title: t('name'), cell: (r) => r.name, plain: (r) => r.name },
          {
            id: 'kind',
            title: t('kind'),
            cell: (r) => say(ORGANISATION_KINDS[r.kind]),
            plain: (r) => say(ORGANISATION_KINDS[r.kind]),
          },
          { id: 'region', title: t('region'), cell: (r) => r.region, plain: (r) => r.region },
          { id: 'contact', title: t('contact'), cell: (r) => r.contact, plain: (r) => r.contact },
          { id: 'phone', title: t('phone'), cell: (r) => r.phone, plain: (r) => r.phone },
          {
            id: 'state',
            title: t('state'),
            cell: (r) => (
              <StatusTag tone={r.active ? 'good' : 'idle'}>
                {r.active ? t('partner.active') : t('partner.inactive')}
              </StatusTag>
            ),
            plain: (r) => (r.active ? t('partner.active') : t('partner.inactive')),
          },
        ]}
        open={(r) => ({ to: '/office/partners/$partnerId', params: { partnerId: r.id } })}
        empty={
          <EmptyState icon="people" title={t('partner.none')}>
            {t('partner.noneNext')}
          </EmptyState>
        }
      />
      <Dialog open={adding} title={t('partner.add')} onClose={() => setAdding(false)} side>
        <NewPartner />
      </Dialog>
    </OfficePage>
  );
}

function NewPartner() {
  const t = useTexts('parties');
  const go = useGo();
  const kinds = useOrganisationKinds();
  const form = useForm(addPartner, {
    said: t('saved'),
    onDone: (p) => go({ to: '/office/partners/$partnerId', params: { partnerId: p.id } }),
  });
  return (
    <FormFrame form={form} submit={t('save')}>
      <TextField label={t('name')} {...form.field('name')} />
      <SelectField label={t('kind')} choices={kinds} {...form.field('kind')} />
      <TextField label={t('creditCode')} mono maxLength={18} {...form.field('creditCode')} />
      <TextField label={t('contact')} {...form.field('contact')} />
      <TextField label={t('phone')} type="tel" {...form.field('phone')} />
      <TextField label={t('region')} {...form.field('region')} />
      <TextField label={t('address')} lines={2} {...form.field('address')} />
    </FormFrame>
  );
}
