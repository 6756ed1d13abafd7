import { listDirectory } from '@zaizao/modules/parties/contract';
import {
  Button,
  Code,
  Dialog,
  EmptyState,
  FormFrame,
  LookupField,
  Row,
  SelectField,
  StatusTag,
  TextField,
  Time,
  useAct,
  useForm,
  useList,
  useTexts,
  Verdict,
} from '@zaizao/platform/ui';
import { useState } from 'react';
import { AUDIENCES, grantAccess, listAccess, withdrawAccess } from '../contract.ts';
import './passport.css';

const GRANTED = AUDIENCES.filter((audience) => audience !== 'public');
const DAYS = [7, 30, 90, 365] as const;

const daysOn = (n: number) => new Date(Date.now() + n * 86_400_000).toISOString();

/** Opens views of one passport to others: by a link that ends, or to an organisation; and takes them back. */
export function AccessDialog(props: { epc: string; open: boolean; onClose: () => void }) {
  const t = useTexts('passport');
  const { epc, open, onClose } = props;
  return (
    <Dialog open={open} title={t('access.title')} wide onClose={onClose}>
      {open ? (
        <div className="z-passport-sheet">
          <p>{t('access.note')}</p>
          <Grant epc={epc} />
          <Open epc={epc} />
        </div>
      ) : null}
    </Dialog>
  );
}

function Grant({ epc }: { epc: string }) {
  const t = useTexts('passport');
  const [link, setLink] = useState<string>();
  const [days, setDays] = useState<(typeof DAYS)[number]>(30);
  const form = useForm(grantAccess, {
    initial: { epc, audience: 'service', expiresAt: daysOn(30) },
    said: t('access.made'),
    onDone: (made) => setLink(made.link),
  });
  return (
    <>
      <FormFrame form={form} submit={form.draft.orgId ? t('access.grant') : t('access.makeLink')}>
        <SelectField
          label={t('access.audience')}
          choices={GRANTED.map((value) => ({ value, label: t(`audience.${value}`) }))}
          hint={t(`audience.${form.draft.audience ?? 'service'}Sees`)}
          {...form.field('audience')}
        />
        <SelectField
          label={t('access.for')}
          choices={DAYS.map((n) => ({
            value: String(n),
            label: t('access.days', { n: String(n) }),
          }))}
          value={String(days)}
          onChange={(value) => {
            const chosen = DAYS.find((n) => String(n) === value) ?? 30;
            setDays(chosen);
            form.set({ expiresAt: daysOn(chosen) });
          }}
        />
        <LookupField
          label={t('access.org')}
          hint={t('access.orgHint')}
          list={listDirectory}
          by="q"
          choice={(row) => ({ value: row.id, label: row.name })}
          {...form.field('orgId')}
        />
        <TextField label={t('access.noteField')} {...form.field('note')} />
      </FormFrame>
      {link ? (
        <Verdict tone="good" title={t('access.link')}>
          <Code>{link}</Code>
          <Button onClick={() => void navigator.clipboard.writeText(link)}>
            {t('access.copy')}
          </Button>
        </Verdict>
      ) : null}
    </>
  );
}

function Open({ epc }: { epc: string }) {
  const t = useTexts('passport');
  const list = useList(listAccess, { query: { epc } });
  const withdraw = useAct(withdrawAccess, { said: t('access.withdrawn') });
  if (!list.isLoading && list.items.length === 0) {
    return <EmptyState icon="eye" title={t('access.none')} />;
  }
  return (
    <ul className="z-passport-keys">
      {list.items.map((row) => (
        <li key={row.id}>
          <Row>
            <StatusTag tone={row.state === 'open' ? 'good' : 'idle'}>
              {t(`access.state.${row.state}`)}
            </StatusTag>
            <strong>{t(`audience.${row.audience}`)}</strong>
            <span>{row.partner ?? t('access.byLink')}</span>
          </Row>
          <small>
            {row.epc ? null : `${t('access.all')} · `}
            {t('audience.until')} <Time at={row.expiresAt} /> ·{' '}
            {t('access.uses', { n: String(row.uses) })}
            {row.note ? ` · ${row.note}` : null}
          </small>
          {row.state === 'open' ? (
            <Button
              kind="danger"
              isBusy={withdraw.isBusy}
              onClick={() => void withdraw.run({ params: { accessId: row.id } })}
            >
              {t('access.withdraw')}
            </Button>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
