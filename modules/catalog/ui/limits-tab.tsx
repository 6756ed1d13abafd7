import {
  Button,
  Code,
  Day,
  DayField,
  Dialog,
  EmptyState,
  FormFrame,
  LimitBar,
  Num,
  PermissionGate,
  QuantityField,
  Reading,
  Row,
  Section,
  SelectField,
  Stack,
  StatusTag,
  TextField,
  useForm,
  useRead,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { useState } from 'react';
import { addLimit, listCharacteristics, perm } from '../contract.ts';
import { LEVELS, SEVERITIES } from '../workbook/sheets.ts';
import { type Characteristic, useBands, useChoices } from './names.ts';

/** What is inspected and tested, each against every limit in force, strictest first to fail. */
export function LimitsTab({ partId }: { partId: string }) {
  const t = useTexts('catalog');
  const list = useRead(listCharacteristics, { params: { partId } });
  const [open, setOpen] = useState<string>();
  return (
    <Reading of={list}>
      {({ items }) => {
        const tests = items.filter((x) => x.purpose !== 'inspection');
        const inspections = items.filter((x) => x.purpose === 'inspection');
        const chosen = items.find((x) => x.id === open);
        if (items.length === 0) {
          return (
            <EmptyState icon="ruler" title={t('limits.none')}>
              {t('limits.noneNext')}
            </EmptyState>
          );
        }
        return (
          <>
            {inspections.length > 0 ? (
              <Section
                title={t('limits.inspections', { n: inspections.length })}
                note={t('limits.note')}
              >
                <Characteristics items={inspections} open={setOpen} />
              </Section>
            ) : null}
            {tests.length > 0 ? (
              <Section title={t('limits.tests', { n: tests.length })}>
                <Characteristics items={tests} open={setOpen} />
              </Section>
            ) : null}
            <Dialog
              open={chosen !== undefined}
              title={chosen ? chosen.code : ''}
              onClose={() => setOpen(undefined)}
              side
            >
              {chosen ? <Detail key={chosen.id} characteristic={chosen} /> : null}
            </Dialog>
          </>
        );
      }}
    </Reading>
  );
}

function Characteristics(props: { items: readonly Characteristic[]; open: (id: string) => void }) {
  const t = useTexts('catalog');
  const say = useSay();
  const bands = useBands();
  return (
    <div className="z-table-scroll">
      <table className="z-table">
        <thead>
          <tr>
            <th>{t('code')}</th>
            <th>{t('name')}</th>
            <th className="z-catalog-limit">{t('limits.inForce')}</th>
            <th>{t('limits.method')}</th>
            <th>{t('limits.severity')}</th>
            <th>{t('basis')}</th>
            <th>{t('limits.versions')}</th>
          </tr>
        </thead>
        <tbody>
          {props.items.map((x) => (
            <tr key={x.id}>
              <td>
                <Code>{x.code}</Code>
              </td>
              <td>
                {say(x.name)}
                {x.componentPos === undefined ? null : (
                  <small className="z-note"> {t('limits.position', { pos: x.componentPos })}</small>
                )}
                {x.purpose === 'both' ? (
                  <small className="z-note"> {t('limits.both')}</small>
                ) : null}
              </td>
              <td>
                {x.inForce.length > 0 ? (
                  <LimitBar unit={x.unit} limits={bands(x.inForce)} />
                ) : (
                  t('limits.unlimited', { unit: x.unit })
                )}
              </td>
              <td>{[x.method, x.condition].filter(Boolean).join(' · ') || '—'}</td>
              <td>
                <StatusTag tone={x.severity === 'critical' ? 'decide' : 'idle'}>
                  {say(SEVERITIES[x.severity])}
                </StatusTag>
              </td>
              <td className="z-note">{x.basis}</td>
              <td>
                <Button size="small" onClick={() => props.open(x.id)}>
                  {t('limits.show', { n: x.limits.length })}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Versions of the limits, a value to try, and a new version. */
function Detail({ characteristic: x }: { characteristic: Characteristic }) {
  const t = useTexts('catalog');
  const say = useSay();
  const bands = useBands();
  const [value, setValue] = useState<string>();
  return (
    <Stack>
      <p>{say(x.name)}</p>
      {x.inForce.length > 0 ? (
        <>
          <QuantityField
            label={t('limits.try')}
            unit={x.unit}
            limits={bands(x.inForce)}
            value={value}
            onChange={setValue}
          />
          <LimitBar unit={x.unit} limits={bands(x.inForce)} value={value} />
        </>
      ) : null}
      <table className="z-table">
        <thead>
          <tr>
            <th>{t('limits.level')}</th>
            <th className="z-end">{t('version')}</th>
            <th className="z-end">{t('limits.min')}</th>
            <th className="z-end">{t('limits.max')}</th>
            <th>{t('validFrom')}</th>
            <th>{t('source')}</th>
          </tr>
        </thead>
        <tbody>
          {x.limits.map((l) => (
            <tr key={`${l.level} ${l.customer ?? ''} ${l.version}`}>
              <td>{l.customer ?? say(LEVELS[l.level])}</td>
              <td className="z-end">
                <Num value={l.version} />
              </td>
              <td className="z-end">{l.min === undefined ? '—' : <Num value={l.min} />}</td>
              <td className="z-end">{l.max === undefined ? '—' : <Num value={l.max} />}</td>
              <td>
                <Day day={l.validFrom} />
              </td>
              <td className="z-note">{l.source}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <PermissionGate access={perm('catalog.part:edit')}>
        <NewLimit key={x.limits.length} characteristic={x} />
      </PermissionGate>
    </Stack>
  );
}

function NewLimit({ characteristic: x }: { characteristic: Characteristic }) {
  const t = useTexts('catalog');
  const levels = useChoices(LEVELS);
  const form = useForm(addLimit, {
    initial: { level: 'enterprise' },
    rest: { params: { characteristicId: x.id } },
    said: t('saved'),
  });
  return (
    <Section title={t('limits.new')} note={t('limits.newNote')}>
      <FormFrame form={form} submit={t('limits.issue')}>
        <SelectField label={t('limits.level')} choices={levels} {...form.field('level')} />
        {form.draft.level === 'customer' ? (
          <TextField label={t('limits.customer')} {...form.field('customer')} />
        ) : null}
        <Row>
          <QuantityField label={t('limits.min')} unit={x.unit} {...form.field('min')} />
          <QuantityField label={t('limits.max')} unit={x.unit} {...form.field('max')} />
        </Row>
        <DayField label={t('validFrom')} {...form.field('validFrom')} />
        <TextField label={t('source')} hint={t('basisHint')} {...form.field('source')} />
      </FormFrame>
    </Section>
  );
}
