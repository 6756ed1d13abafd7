import { type ReactNode, useState } from 'react';
import { freshKey, send } from '../client/call.ts';
import { Problem } from '../client/problem.ts';
import { type Say, useTexts } from '../i18n/language.ts';
import { Button } from '../parts/button.tsx';
import { Icon, Mark } from '../parts/icon.tsx';

/** A narrow card in the middle: signing in and everything like it. */
export function EntryCard(props: {
  title: ReactNode;
  lead?: ReactNode;
  children: ReactNode;
  below?: ReactNode;
}) {
  return (
    <div className="z-entry">
      <div className="z-entry-card">
        <Mark size={40} />
        <h1>{props.title}</h1>
        {props.lead ? <p className="z-note">{props.lead}</p> : null}
        {props.children}
      </div>
      {props.below ? <div className="z-entry-below">{props.below}</div> : null}
    </div>
  );
}

/** A form of the entry pages: sends itself, and says why when refused. */
export function EntryForm(props: {
  submit: string;
  onSubmit: () => Promise<void>;
  children: ReactNode;
}) {
  const t = useTexts('kit');
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  return (
    <form
      className="z-form"
      noValidate // the browser would speak its own language
      onSubmit={async (e) => {
        e.preventDefault();
        const fault = faultIn(e.currentTarget, t);
        setProblem(fault);
        if (fault) return;
        setBusy(true);
        try {
          await props.onSubmit();
        } catch (refusal) {
          if (!(refusal instanceof Problem)) throw refusal;
          setProblem(refusal.faults[0]?.message ?? refusal.message);
        } finally {
          setBusy(false);
        }
      }}
    >
      {props.children}
      {problem ? (
        <p className="z-refusal" role="alert">
          <Icon name="warn" /> {problem}
        </p>
      ) : null}
      <Button submit kind="primary" size="large" wide isBusy={isBusy}>
        {props.submit || t('act.next')}
      </Button>
    </form>
  );
}

/** The first field that is empty or no address, in words; what may be left empty says so in its label. */
function faultIn(form: HTMLFormElement, t: Say): string | undefined {
  for (const field of form.querySelectorAll('input')) {
    const name = field.labels?.[0]?.textContent ?? '';
    if (field.type === 'checkbox' || name.includes(t('field.optional'))) continue;
    const isEmpty = field.value.trim() === '';
    const wrong = isEmpty ? 'field.missing' : field.validity.typeMismatch ? 'field.format' : '';
    if (!wrong) continue;
    field.focus();
    return t('auth.fault', { name, fault: t(wrong) });
  }
  return undefined;
}

/** Posts to a door that takes JSON, with a fresh key. */
export function post(address: string, body: object): Promise<unknown> {
  return send({ method: 'POST', address, body, key: freshKey() });
}
