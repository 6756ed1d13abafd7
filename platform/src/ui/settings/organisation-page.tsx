import type { z } from 'zod';
import { readOrganisation, readSetup, renameOrganisation } from '../../identity/contract.ts';
import { useForm } from '../client/form.ts';
import { useRead } from '../client/hooks.ts';
import { useSay, useTexts } from '../i18n/language.ts';
import { OfficePage } from '../office/page.tsx';
import { TextField } from '../parts/fields.tsx';
import { FormFrame } from '../parts/form.tsx';
import { Facts, Section } from '../parts/layout.tsx';
import { Reading } from '../parts/state.tsx';
import { StatusTag } from '../parts/status.tsx';
import { Time } from '../parts/values.tsx';
import { renewSession, useMay } from '../session.tsx';

type Organisation = z.output<(typeof readOrganisation)['response']>;

export default function OrganisationPage() {
  const t = useTexts('identity');
  const organisation = useRead(readOrganisation, {});
  return (
    <OfficePage title={t('organisation.title')} narrow>
      <Reading of={organisation}>{(o) => <Content key={o.version} organisation={o} />}</Reading>
    </OfficePage>
  );
}

function Content({ organisation }: { organisation: Organisation }) {
  const t = useTexts('identity');
  const kit = useTexts('kit');
  const may = useMay();
  const say = useSay();
  const offered = useRead(readSetup, {});
  const kind = offered.data?.kinds.find((k) => k.kind === organisation.kind)?.title;
  const form = useForm(renameOrganisation, {
    initial: { name: organisation.name },
    rest: { version: organisation.version },
    said: t('organisation.saved'),
    onDone: () => void renewSession(),
  });
  return (
    <>
      <Section>
        <Facts
          rows={[
            [t('organisation.name'), organisation.name],
            [t('organisation.kind'), kind && say(kind)],
            [t('organisation.since'), <Time key="since" at={organisation.createdAt} />],
          ]}
        />
        {organisation.simulated ? (
          <StatusTag tone="decide">{t('organisation.simulated')}</StatusTag>
        ) : null}
      </Section>
      {may('identity.organisation:manage') ? (
        <Section>
          <FormFrame form={form} submit={kit('act.save')}>
            <TextField label={t('organisation.name')} {...form.field('name')} />
          </FormFrame>
        </Section>
      ) : null}
    </>
  );
}
