import type { ReactNode } from 'react';
import type { Endpoint } from '../../http/contract.ts';
import type { Form } from '../client/form.ts';
import { useTexts } from '../i18n/language.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

/** The frame of a form: its fields, its refusal, its key. Enter submits. */
export function FormFrame<E extends Endpoint>(props: {
  form: Form<E>;
  submit: string;
  children: ReactNode;
  cancel?: () => void;
  large?: boolean;
}) {
  const t = useTexts('kit');
  const { form } = props;
  return (
    <form
      className="z-form"
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        void form.submit();
      }}
    >
      {props.children}
      {form.refusal ? (
        <p className="z-refusal" role="alert">
          <Icon name="warn" /> {form.refusal}
        </p>
      ) : null}
      <div className="z-form-keys">
        <Button
          submit
          kind="primary"
          size={props.large ? 'large' : 'middle'}
          isBusy={form.isBusy}
          wide={props.large ?? false}
        >
          {props.submit}
        </Button>
        {props.cancel ? (
          <Button size={props.large ? 'large' : 'middle'} onClick={props.cancel}>
            {t('act.cancel')}
          </Button>
        ) : null}
      </div>
    </form>
  );
}
