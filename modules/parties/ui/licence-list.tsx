import {
  Button,
  Code,
  Day,
  DayField,
  Dialog,
  dayOf,
  EmptyState,
  FormFrame,
  PermissionGate,
  Row,
  Section,
  SelectField,
  StatusTag,
  TextField,
  type Tone,
  useAct,
  useForm,
  useList,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { useState } from 'react';
import {
  LICENCE_KINDS,
  type LicenceView,
  listLicences,
  perm,
  recordLicence,
  revokeLicence,
} from '../contract.ts';
import { useLicenceKinds } from './names.ts';

const TONES: Readonly<Record<LicenceView['state'], Tone>> = {
  'not-yet': 'idle',
  valid: 'good',
  expired: 'bad',
  revoked: 'bad',
};

/** The licences of a partner, or of the organisation itself. */
export function LicenceList({ partnerId }: { partnerId?: string }) {
  const t = useTexts('parties');
  const say = useSay();
  const [adding, setAdding] = useState(false);
  const query = partnerId === undefined ? { own: 'yes' as const } : { partnerId };
  const list = useList(listLicences, { query });
  return (
    <Section
      title={t('licence.title')}
      note={t('licence.note')}
      actions={
        <PermissionGate access={perm('parties.licence:edit')}>
          <Button icon="plus" onClick={() => setAdding(true)}>
            {t('licence.add')}
          </Button>
        </PermissionGate>
      }
    >
      {list.items.length === 0 && !list.isLoading ? (
        <EmptyState icon="shield" title={t('licence.none')}>
          {t('licence.noneNext')}
        </EmptyState>
      ) : (
        <div className="z-table-scroll">
          <table className="z-table">
            <thead>
              <tr>
                <th>{t('licence.kind')}</th>
                <th>{t('licence.number')}</th>
                <th>{t('licence.issuer')}</th>
                <th>{t('licence.from')}</th>
                <th>{t('licence.to')}</th>
                <th>{t('state')}</th>
                <th>
                  <span className="z-hidden">{t('actions')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {list.items.map((l) => (
                <tr key={l.id}>
                  <td data-title={t('licence.kind')}>{say(LICENCE_KINDS[l.kind])}</td>
                  <td data-title={t('licence.number')}>
                    <Code>{l.number}</Code>
                  </td>
                  <td data-title={t('licence.issuer')}>{l.issuer}</td>
                  <td data-title={t('licence.from')}>
                    <Day day={l.validFrom} />
                  </td>
                  <td data-title={t('licence.to')}>
                    {l.validTo ? <Day day={l.validTo} /> : t('licence.endless')}
                  </td>
                  <td data-title={t('state')}>
                    <StatusTag tone={TONES[l.state]}>{t(`licence.state.${l.state}`)}</StatusTag>
                  </td>
                  <td className="z-end">{l.state === 'valid' ? <Revoke licence={l} /> : null}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {list.hasMore ? <Button onClick={list.more}>{t('more')}</Button> : null}
      <Dialog open={adding} title={t('licence.add')} onClose={() => setAdding(false)} side>
        <LicenceForm
          {...(partnerId === undefined ? {} : { partnerId })}
          onDone={() => setAdding(false)}
        />
      </Dialog>
    </Section>
  );
}

function Revoke({ licence }: { licence: LicenceView }) {
  const t = useTexts('parties');
  const revoke = useAct(revokeLicence, { said: t('licence.revoked') });
  const today = dayOf(Date.now());
  return (
    <PermissionGate access={perm('parties.licence:edit')}>
      <Button
        size="small"
        isBusy={revoke.isBusy}
        onClick={() =>
          void revoke.run({
            params: { licenceId: licence.id },
            version: licence.version,
            body: { day: today },
          })
        }
      >
        {t('licence.revoke')}
      </Button>
    </PermissionGate>
  );
}

function LicenceForm(props: { partnerId?: string; onDone: () => void }) {
  const t = useTexts('parties');
  const kinds = useLicenceKinds();
  const { partnerId } = props;
  const form = useForm(recordLicence, {
    initial: partnerId === undefined ? {} : { partnerId },
    said: t('saved'),
    onDone: props.onDone,
  });
  return (
    <FormFrame form={form} submit={t('save')}>
      <SelectField label={t('licence.kind')} choices={kinds} {...form.field('kind')} />
      <TextField label={t('licence.number')} mono {...form.field('number')} />
      <TextField label={t('licence.issuer')} {...form.field('issuer')} />
      <TextField label={t('licence.scope')} lines={2} {...form.field('scope')} />
      <Row>
        <DayField label={t('licence.from')} {...form.field('validFrom')} />
        <DayField label={t('licence.to')} {...form.field('validTo')} />
      </Row>
    </FormFrame>
  );
}
