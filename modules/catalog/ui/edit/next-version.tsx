import type { Endpoint } from '@zaizao/platform/contract';
import { Button, type Form, FormFrame, Section, useTexts } from '@zaizao/platform/ui';
import type { ReactNode } from 'react';

/** A document being written anew in place of the one shown; what was written before stays as it is. */
export function NextVersion<E extends Endpoint>(props: {
  title: string;
  note: string;
  form: Form<E>;
  submit: string;
  onClose: () => void;
  children: ReactNode;
}) {
  const t = useTexts('catalog');
  return (
    <Section
      title={props.title}
      note={props.note}
      actions={<Button onClick={props.onClose}>{t('form.cancel')}</Button>}
    >
      <FormFrame form={props.form} submit={props.submit}>
        {props.children}
      </FormFrame>
    </Section>
  );
}
