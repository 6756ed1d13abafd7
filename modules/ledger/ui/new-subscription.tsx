import {
  Button,
  CheckField,
  ChoiceField,
  Code,
  Dialog,
  ProblemBox,
  Row,
  SelectField,
  Stack,
  TextField,
  useAct,
  useList,
  useTexts,
  Verdict,
} from '@zaizao/platform/ui';
import { useState } from 'react';
import { createWebhook, listNamedQueries } from '../subscription/contract.ts';

interface Draft {
  readonly queryName: string;
  readonly dest: string;
  readonly when: 'stream' | 'schedule';
  readonly hour: string;
  readonly minute: string;
  readonly dayOfWeek: string;
  readonly reportIfEmpty: boolean;
  readonly signature: 'hmac' | 'jws';
  readonly media: 'json' | 'xml';
}

const EMPTY: Draft = {
  ...{ queryName: '', dest: '', when: 'stream', hour: '8', minute: '0', dayOfWeek: '' },
  ...{ reportIfEmpty: false, signature: 'hmac', media: 'json' },
};

/** Makes a webhook and shows the secret that signs its messages, once. */
export function NewSubscription({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useTexts('ledger');
  const [draft, setDraft] = useState(EMPTY);
  const [secret, setSecret] = useState<string>();
  const make = useAct(createWebhook, { said: t('sub.made'), quiet: true });
  const queries = useList(listNamedQueries, {});
  const set =
    <K extends keyof Draft>(name: K) =>
    (value: Draft[K] | undefined) =>
      setDraft({ ...draft, [name]: value ?? EMPTY[name] });
  const close = () => {
    setSecret(undefined);
    setDraft(EMPTY);
    onClose();
  };
  const submit = async () => {
    const { queryName, dest, when, hour, minute, dayOfWeek, ...rest } = draft;
    const given = { hour, minute, dayOfWeek };
    const schedule = Object.fromEntries(Object.entries(given).filter(([, v]) => v !== ''));
    const timed = when === 'schedule' ? { schedule } : {};
    const done = await make.run({ body: { queryName, dest, ...rest, ...timed } });
    if (done.state === 'done') setSecret(done.value.secret);
  };
  if (secret !== undefined) {
    return (
      <Dialog
        open={open}
        title={t('sub.secretTitle')}
        onClose={close}
        footer={
          <Button kind="primary" onClick={close}>
            {t('sub.secretKept')}
          </Button>
        }
      >
        <Stack>
          <Verdict tone="decide" title={t('sub.secretOnce')}>
            {t('sub.secretNote')}
          </Verdict>
          <Code>{secret}</Code>
        </Stack>
      </Dialog>
    );
  }
  return (
    <Dialog
      open={open}
      title={t('sub.new')}
      onClose={close}
      footer={
        <Button kind="primary" isBusy={make.isBusy} onClick={() => void submit()}>
          {t('sub.make')}
        </Button>
      }
    >
      <Stack>
        {make.problem ? <ProblemBox problem={make.problem} /> : null}
        <SelectField
          label={t('sub.query')}
          placeholder={t('sub.choose')}
          value={draft.queryName}
          choices={queries.items.map((q) => ({ value: q.name, label: q.name }))}
          onChange={set('queryName')}
        />
        <TextField
          label={t('sub.dest')}
          hint={t('sub.destHint')}
          type="url"
          value={draft.dest}
          onChange={set('dest')}
        />
        <ChoiceField
          label={t('sub.when')}
          value={draft.when}
          choices={[
            { value: 'stream', label: t('sub.stream') },
            { value: 'schedule', label: t('sub.schedule') },
          ]}
          onChange={set('when')}
        />
        {draft.when === 'schedule' ? (
          <>
            <Row>
              <TextField label={t('sub.hour')} value={draft.hour} onChange={set('hour')} />
              <TextField label={t('sub.minute')} value={draft.minute} onChange={set('minute')} />
              <TextField
                label={t('sub.dayOfWeek')}
                hint={t('sub.dayOfWeekHint')}
                value={draft.dayOfWeek}
                onChange={set('dayOfWeek')}
              />
            </Row>
            <CheckField
              label={t('sub.reportIfEmpty')}
              value={draft.reportIfEmpty}
              onChange={set('reportIfEmpty')}
            />
          </>
        ) : null}
        <ChoiceField
          label={t('sub.signature')}
          value={draft.signature}
          choices={[
            { value: 'hmac', label: t('sub.signatures.hmac') },
            { value: 'jws', label: t('sub.signatures.jws') },
          ]}
          onChange={set('signature')}
        />
        <ChoiceField
          label={t('sub.media')}
          value={draft.media}
          choices={[
            { value: 'json', label: 'JSON' },
            { value: 'xml', label: 'XML' },
          ]}
          onChange={set('media')}
        />
      </Stack>
    </Dialog>
  );
}
