import {
  FormFrame,
  Reading,
  Section,
  SelectField,
  StatusTag,
  TextField,
  useForm,
  useRead,
  useTexts,
} from '@zaizao/platform/ui';
import { OfficePage } from '@zaizao/platform/ui/office';
import { editOrganisation, getOrganisation, type OrganisationView } from '../contract.ts';
import { LicenceList } from './licence-list.tsx';
import { useOrganisationKinds } from './names.ts';

const ZONES = [
  'Asia/Shanghai',
  'Asia/Urumqi',
  'Europe/Berlin',
  'America/New_York',
  'UTC',
] as const satisfies readonly OrganisationView['zone'][];

/** The organisation as the trade knows it: legal name, GS1 prefix, its own licences. */
export default function CompanyPage() {
  const t = useTexts('parties');
  const company = useRead(getOrganisation, {});
  return (
    <OfficePage title={t('company.title')} note={t('company.note')} narrow>
      <Reading of={company}>
        {(c) => (
          <>
            <CompanyForm key={c.version} company={c} />
            <LicenceList />
          </>
        )}
      </Reading>
    </OfficePage>
  );
}

function CompanyForm({ company }: { company: OrganisationView }) {
  const t = useTexts('parties');
  const kinds = useOrganisationKinds();
  const { id: _id, name, simulated: _s, gs1Example, version, ...initial } = company;
  const form = useForm(editOrganisation, { initial, rest: { version }, said: t('saved') });
  return (
    <Section
      title={name}
      actions={gs1Example ? <StatusTag tone="decide">{t('company.example')}</StatusTag> : null}
    >
      <FormFrame form={form} submit={t('save')}>
        <TextField label={t('company.legalName')} {...form.field('legalName')} />
        <SelectField label={t('kind')} choices={kinds} {...form.field('kind')} />
        <TextField
          label={t('creditCode')}
          mono
          maxLength={18}
          hint={t('company.creditHint')}
          {...form.field('creditCode')}
        />
        <TextField
          label={t('company.prefix')}
          mono
          inputMode="numeric"
          hint={gs1Example ? t('company.prefixExample') : t('company.prefixHint')}
          {...form.field('gs1Prefix')}
        />
        <SelectField
          label={t('company.zone')}
          choices={ZONES.map((value) => ({ value, label: value }))}
          {...form.field('zone')}
        />
        <TextField label={t('contact')} {...form.field('contact')} />
        <TextField label={t('phone')} type="tel" {...form.field('phone')} />
        <TextField label={t('address')} lines={2} {...form.field('address')} />
      </FormFrame>
    </Section>
  );
}
