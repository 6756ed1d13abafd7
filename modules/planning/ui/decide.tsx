import {
  Button,
  Dialog,
  FormFrame,
  PermissionGate,
  TextField,
  useForm,
  useTexts,
} from '@zaizao/platform/ui';
import { useState } from 'react';
import { perm, publishPlan, refusePlan } from '../contract.ts';
import type { Plan } from './words.tsx';

/** A person decides: publish to the stations, or refuse with a reason. */
export function DecideKeys({ plan }: { plan: Plan }) {
  const t = useTexts('planning');
  const [asking, setAsking] = useState<'publish' | 'refuse'>();
  if (plan.state !== 'proposed') return null;
  const close = () => setAsking(undefined);
  return (
    <PermissionGate access={perm('planning.plan:decide')}>
      <Button icon="close" onClick={() => setAsking('refuse')}>
        {t('decide.refuse')}
      </Button>
      {plan.kind === 'what-if' ? null : (
        <Button kind="primary" icon="check" onClick={() => setAsking('publish')}>
          {t('decide.publish')}
        </Button>
      )}
      <Dialog open={asking === 'publish'} title={t('decide.publish')} onClose={close}>
        <PublishForm plan={plan} onDone={close} />
      </Dialog>
      <Dialog open={asking === 'refuse'} title={t('decide.refuse')} onClose={close}>
        <RefuseForm plan={plan} onDone={close} />
      </Dialog>
    </PermissionGate>
  );
}

function PublishForm({ plan, onDone }: { plan: Plan; onDone: () => void }) {
  const t = useTexts('planning');
  const form = useForm(publishPlan, {
    initial: { reason: '' },
    rest: { params: { planId: plan.id } },
    said: t('decide.published', { code: plan.code }),
    refreshes: ['production'],
    onDone,
  });
  return (
    <FormFrame form={form} submit={t('decide.publish')}>
      <p>{t('decide.publishLead')}</p>
      <TextField label={t('reason')} lines={2} {...form.field('reason')} />
    </FormFrame>
  );
}

function RefuseForm({ plan, onDone }: { plan: Plan; onDone: () => void }) {
  const t = useTexts('planning');
  const form = useForm(refusePlan, {
    rest: { params: { planId: plan.id } },
    said: t('decide.refused', { code: plan.code }),
    onDone,
  });
  return (
    <FormFrame form={form} submit={t('decide.refuse')}>
      <TextField label={t('reason')} lines={2} {...form.field('reason')} />
    </FormFrame>
  );
}
