import { getDismantle } from '@zaizao/modules/catalog/contract';
import {
  FormFrame,
  NumberField,
  Row,
  TextField,
  useForm,
  useGo,
  useRead,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { balanceLine } from '../contract.ts';
import { ProductField } from './product-field.tsx';

/** Asks for a line in balance: which product, how often one leaves, how many lines. */
export function LineForm({ partId }: { partId: string | undefined }) {
  const t = useTexts('dismantling');
  const go = useGo();
  const form = useForm(balanceLine, {
    initial: { ...(partId ? { partId } : {}), taktSeconds: 13, lines: 8, without: [], title: '' },
    onDone: (s) => go({ to: '/office/teardown-studies/$studyId', params: { studyId: s.id } }),
  });
  const { draft } = form;
  return (
    <FormFrame form={form} submit={t('study.solve')}>
      <ProductField {...form.field('partId')} />
      <Row>
        <NumberField
          label={t('line.takt')}
          hint={t('line.taktHint')}
          unit="SEC"
          {...form.field('taktSeconds')}
        />
        <NumberField
          label={t('line.lines')}
          hint={t('line.linesHint')}
          min={1}
          {...form.field('lines')}
        />
      </Row>
      <TextField label={t('study.name')} {...form.field('title')} required={false} />
      {draft.partId ? (
        <Without
          partId={draft.partId}
          value={draft.without ?? []}
          onChange={(without) => form.set({ without })}
        />
      ) : null}
    </FormFrame>
  );
}

/** Joints that are not undone here: a shorter teardown, or another line’s work. */
export function Without(props: {
  partId: string;
  value: readonly string[];
  onChange: (without: string[]) => void;
}) {
  const t = useTexts('dismantling');
  const say = useSay();
  const data = useRead(getDismantle, { params: { partId: props.partId } });
  const joins = data.data?.joins ?? [];
  if (joins.length === 0) return <p className="z-note">{t('study.noJoints')}</p>;
  return (
    <details className="z-dis-following">
      <summary>
        {t('study.joints', { n: joins.length - props.value.length, of: joins.length })}
      </summary>
      {joins.map((j) => (
        <label key={j.code} className="z-dis-check-head">
          <span>
            <input
              type="checkbox"
              checked={!props.value.includes(j.code)}
              onChange={(e) =>
                props.onChange(
                  e.target.checked
                    ? props.value.filter((c) => c !== j.code)
                    : [...props.value, j.code],
                )
              }
            />{' '}
            {j.code} {say(j.name)}
          </span>
          <small className="z-num">{j.seconds} s</small>
        </label>
      ))}
    </details>
  );
}
