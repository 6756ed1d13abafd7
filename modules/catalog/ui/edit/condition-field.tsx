import { Button, Row, SelectField, useRead, useSay, useTexts } from '@zaizao/platform/ui';
import { useState } from 'react';
import { listCharacteristics, listDefects } from '../../contract.ts';
import { parseCondition } from '../../domain/route.ts';
import { useCondition } from '../names.ts';
import { usePositions } from './component-field.tsx';

const KINDS = ['defect', 'out', 'restore', 'pos', 'grade'] as const;
type Kind = (typeof KINDS)[number];

/** When a step is done: always, or on any of the findings chosen here. */
export function ConditionField(props: {
  partId: string;
  value: string;
  onChange: (when: string) => void;
  error: string | undefined;
}) {
  const t = useTexts('catalog');
  const inWords = useCondition();
  const [kind, setKind] = useState<Kind>('defect');
  const [code, setCode] = useState<string>();
  const choices = useFindings(props.partId, kind);
  const terms = props.value === '' ? [] : props.value.split('|').map((term) => term.trim());
  const add = () => {
    if (!code) return;
    const term = `${kind}:${code}`;
    if (!terms.includes(term)) props.onChange([...terms, term].join('|'));
    setCode(undefined);
  };
  return (
    <fieldset className="z-field z-catalog-condition">
      <legend>{t('route.when')}</legend>
      {terms.length === 0 ? <p className="z-note">{t('form.alwaysNote')}</p> : null}
      {terms.map((term) => (
        <Row key={term}>
          <span>{parseCondition(term) ? inWords(term) : term}</span>
          <Button
            size="small"
            icon="close"
            iconOnly
            onClick={() => props.onChange(terms.filter((x) => x !== term).join('|'))}
          >{`${t('form.removeFinding')} ${term}`}</Button>
        </Row>
      ))}
      <Row>
        <SelectField
          label={t('form.findingKind')}
          value={kind}
          onChange={(k) => {
            setKind(k ?? 'defect');
            setCode(undefined);
          }}
          choices={KINDS.map((value) => ({ value, label: t(`form.finding.${value}`) }))}
        />
        <SelectField
          label={t('form.findingOf')}
          value={code}
          onChange={setCode}
          choices={choices}
          {...(choices.length === 0 ? { hint: t('form.noFinding') } : {})}
        />
        <Button icon="plus" disabled={!code} onClick={add}>
          {t('form.addFinding')}
        </Button>
      </Row>
      {props.error ? (
        <p className="z-field-error" role="alert">
          {props.error}
        </p>
      ) : null}
    </fieldset>
  );
}

/** What of a kind can be found on this product. */
function useFindings(partId: string, kind: Kind): { value: string; label: string }[] {
  const t = useTexts('catalog');
  const say = useSay();
  const defects = useRead(listDefects, { params: { partId } });
  const characteristics = useRead(listCharacteristics, { params: { partId } });
  const positions = usePositions(partId);
  const named = (list: readonly { code: string; name: { zh: string; en: string } }[] | undefined) =>
    (list ?? []).map((x) => ({ value: x.code, label: `${x.code} · ${say(x.name)}` }));
  switch (kind) {
    case 'defect':
      return named(defects.data?.items);
    case 'out':
      return named(characteristics.data?.items);
    case 'grade':
      return ['A', 'B', 'C', 'R'].map((value) => ({
        value,
        label: t('route.finding.grade', { code: value }),
      }));
    case 'restore':
    case 'pos':
      return positions;
  }
}
