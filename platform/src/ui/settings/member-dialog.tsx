import { useState } from 'react';
import {
  changeMemberRoles,
  type listMembers,
  makeResetLink,
  removeMember,
} from '../../identity/contract.ts';
import type { Output } from '../client/call.ts';
import { useForm } from '../client/form.ts';
import { useAct } from '../client/hooks.ts';
import { useTexts } from '../i18n/language.ts';
import { Button } from '../parts/button.tsx';
import { Confirm, Dialog } from '../parts/dialog.tsx';
import { FormFrame } from '../parts/form.tsx';
import { Row } from '../parts/layout.tsx';
import { RolesField } from './roles-field.tsx';

export type Member = Output<typeof listMembers>['items'][number];

/** What an administrator may do for one member: roles, a reset link, removal. */
export function MemberDialog(props: {
  member: Member;
  onClose: () => void;
  onLink: (link: Output<typeof makeResetLink>) => void;
}) {
  const t = useTexts('identity');
  const kit = useTexts('kit');
  const { member, onClose } = props;
  const [isRemoving, setRemoving] = useState(false);
  const params = { userId: member.userId };
  const form = useForm(changeMemberRoles, {
    initial: { roles: member.roles },
    rest: { params, version: member.version },
    said: t('people.changed'),
    onDone: onClose,
  });
  const roles = form.field('roles');
  const reset = useAct(makeResetLink, {
    onDone: (link) => {
      onClose();
      props.onLink(link);
    },
  });
  const remove = useAct(removeMember, { said: t('people.removed'), onDone: onClose });
  return (
    <>
      <Dialog open={!isRemoving} title={member.name} onClose={onClose}>
        <FormFrame form={form} submit={kit('act.save')}>
          <RolesField
            label={t('people.roles')}
            value={roles.value}
            onChange={roles.onChange}
            error={roles.error}
          />
        </FormFrame>
        <hr />
        <Row>
          <Button icon="key" isBusy={reset.isBusy} onClick={() => void reset.run({ params })}>
            {t('people.reset')}
          </Button>
          <Button kind="danger" onClick={() => setRemoving(true)}>
            {t('people.remove')}
          </Button>
        </Row>
      </Dialog>
      <Confirm
        open={isRemoving}
        title={t('people.remove')}
        confirm={t('people.remove')}
        danger
        isBusy={remove.isBusy}
        onConfirm={() => void remove.run({ params })}
        onClose={() => setRemoving(false)}
      >
        {t('people.removeLead', { name: member.name })}
      </Confirm>
    </>
  );
}
