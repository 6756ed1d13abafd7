import { FormFrame, Section, useForm, useGo, useTexts } from '@zaizao/platform/ui';
import { OfficePage } from '@zaizao/platform/ui/office';
import { addPart } from '../contract.ts';
import { PartFields } from './part-fields.tsx';

export default function NewPartPage() {
  const t = useTexts('catalog');
  const go = useGo();
  const form = useForm(addPart, {
    initial: {
      kind: 'product',
      needsCoding: false,
      vinBound: false,
      restricted: false,
      basis: '',
    },
    said: t('saved'),
    onDone: (p) => go({ to: '/office/catalogue/parts/$partId', params: { partId: p.id } }),
  });
  return (
    <OfficePage
      title={t('parts.add')}
      up={{ to: '/office/catalogue', title: t('parts.title') }}
      narrow
    >
      <Section>
        <FormFrame form={form} submit={t('save')}>
          <PartFields form={form} />
        </FormFrame>
      </Section>
    </OfficePage>
  );
}
