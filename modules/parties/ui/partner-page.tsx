import {
  CheckField,
  Code,
  FormFrame,
  Panels,
  Reading,
  Section,
  SelectField,
  StatusTag,
  TextField,
  useForm,
  useParam,
  useRead,
  useTexts,
} from '@zaizao/platform/ui';
import { OfficePage } from '@zaizao/platform/ui/office';
import { editPartner, type PartnerView, readPartner } from '../contract.ts';
import { LicenceList } from './licence-list.tsx';
import { useOrganisationKinds } from './names.ts';

/** One partner: who they are and what they are licensed for. */
export default function PartnerPage() {
  const t = useTexts('parties');
  const partnerId = useParam('partnerId');
  const partner = useRead(readPartner, { params: { partnerId } });
  return (
    <Reading of={partner}>
      {(p) => (
        <OfficePage
          title={p.name}
          up={{ to: '/office/partners', title: t('partner.title') }}
          status={
            <StatusTag tone={p.active ? 'good' : 'idle'}>
              {p.active ? t('partner.active') : t('partner.inactive')}
            </StatusTag>
          }
          narrow
        >
          <PartnerForm key={p.version} partner={p} />
          <LicenceList partnerId={p.id} />
          <Panels slot="partner" props={{ partnerId: p.id }} />
        </OfficePage>
      )}
    </Reading>
  );
}

function PartnerForm({ partner }: { partner: PartnerView }) {
  const t = useTexts('parties');
  const kinds = useOrganisationKinds();
  const { id, code, orgId, version, ...initial } = partner;
  const rest = { params: { partnerId: id }, version };
  const form = useForm(editPartner, { initial, rest, said: t('saved') });
  return (
    <Section title={<Code>{code}</Code>} {...(orgId ? { note: t('partner.linked') } : {})}>
      <FormFrame form={form} submit={t('save')}>
        <TextField label={t('name')} {...form.field('name')} />
        <SelectField label={t('kind')} choices={kinds} {...form.field('kind')} />
        <TextField label={t('creditCode')} mono maxLength={18} {...form.field('creditCode')} />
        <TextField label={t('contact')} {...form.field('contact')} />
        <TextField label={t('phone')} type="tel" {...form.field('phone')} />
        <TextField label={t('region')} {...form.field('region')} />
        <TextField label={t('address')} lines={2} {...form.field('address')} />
        <TextField label={t('note')} lines={3} {...form.field('note')} />
        <CheckField label={t('partner.isActive')} {...form.field('active')} />
      </FormFrame>
    </Section>
  );
}
