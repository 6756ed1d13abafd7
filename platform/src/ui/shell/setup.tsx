import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { readSetup } from '../../identity/contract.ts';
import { send } from '../client/call.ts';
import type { Problem } from '../client/problem.ts';
import { useSay, useTexts } from '../i18n/language.ts';
import { LinkButton } from '../parts/button.tsx';
import { SelectField, TextField } from '../parts/fields.tsx';
import { EmptyState, Reading } from '../parts/state.tsx';
import { Steps } from '../parts/task.tsx';
import { renewSession, useSession } from '../session.tsx';
import { EntryCard, EntryForm, post } from './credentials.tsx';
import { SetupNext } from './setup-next.tsx';

type Setup = z.output<(typeof readSetup)['response']>;

/** The wizard that starts one's own organisation; what follows it comes from the modules. */
export default function SetupPage() {
  const setup = useQuery<Setup, Problem>({
    queryKey: ['setup'],
    queryFn: async ({ signal }) =>
      (await send({ method: 'GET', address: '/api/v1/identity/setup', signal })) as Setup, // the contract's response
  });
  return <Reading of={setup}>{(s) => <Wizard setup={s} />}</Reading>;
}

function Wizard({ setup }: { setup: Setup }) {
  const t = useTexts('kit');
  const say = useSay();
  const { session, isKnown } = useSession();
  const isOwn = session.user !== undefined && !session.demoPerson;
  const [step, setStep] = useState(0);
  const [name, setName] = useState<string>();
  const [kind, setKind] = useState<string | undefined>(setup.kinds[0]?.kind);
  const [person, setPerson] = useState<{
    name?: string | undefined;
    email?: string | undefined;
    password?: string | undefined;
  }>({});
  const steps = [t('setup.organisation'), ...(isOwn ? [] : [t('setup.person')]), t('setup.finish')];
  const last = steps.length - 1;

  if (isKnown && !setup.needed && !isOwn && step === 0) {
    return (
      <EmptyState
        icon="factory"
        title={t('setup.notNeeded')}
        action={
          <LinkButton kind="primary" to="/sign-in">
            {t('nav.signIn')}
          </LinkButton>
        }
      />
    );
  }
  const create = async () => {
    const user = isOwn ? undefined : person;
    await post('/api/v1/identity/setup', { organisation: { name, kind }, user });
    await renewSession();
    setStep(last);
  };
  return (
    <EntryCard
      title={step === last ? t('setup.ready', { name: name ?? '' }) : t('setup.title')}
      lead={step === 0 ? t('setup.lead') : null}
    >
      <Steps names={steps} at={step} />
      {step === 0 ? (
        <EntryForm
          submit={isOwn ? t('setup.create') : t('act.next')}
          onSubmit={async () => (isOwn ? create() : setStep(1))}
        >
          <TextField
            label={t('setup.orgName')}
            autoComplete="organization"
            value={name}
            onChange={setName}
            autoFocus
          />
          <SelectField
            label={t('setup.orgKind')}
            value={kind}
            onChange={setKind}
            choices={setup.kinds.map((k) => ({ value: k.kind, label: say(k.title) }))}
          />
        </EntryForm>
      ) : step < last ? (
        <EntryForm submit={t('setup.create')} onSubmit={create}>
          <p className="z-note">{t('setup.personLead')}</p>
          <TextField
            label={t('auth.name')}
            autoComplete="name"
            value={person.name}
            onChange={(v) => setPerson({ ...person, name: v })}
            autoFocus
          />
          <TextField
            label={t('auth.email')}
            type="email"
            autoComplete="username"
            value={person.email}
            onChange={(v) => setPerson({ ...person, email: v })}
          />
          <TextField
            label={t('auth.password')}
            type="password"
            autoComplete="new-password"
            hint={t('auth.passwordHint')}
            value={person.password}
            onChange={(v) => setPerson({ ...person, password: v })}
          />
        </EntryForm>
      ) : (
        <SetupNext />
      )}
    </EntryCard>
  );
}
