import {
  Button,
  Icon,
  Photo,
  PhotoCapture,
  Section,
  Stack,
  TextField,
  useAct,
  useMay,
  useSay,
  useTexts,
  Verdict,
} from '@zaizao/platform/ui';
import { FloorPage, Keys } from '@zaizao/platform/ui/floor';
import { type ReactNode, useState } from 'react';
import { type getCoreView, gradeCore } from '../contract.ts';
import type { Output } from './words.tsx';

type Shown = Output<typeof getCoreView>;
const VIEWS = ['front', 'side', 'nameplate'] as const;
type Photos = Partial<Record<(typeof VIEWS)[number], string>>;

/** Three guided photos, then each criterion as yes or no; the grade follows by the programme alone. */
export function GradeForm(props: { core: Shown; heading: ReactNode; restart: () => void }) {
  const t = useTexts('cores');
  const say = useSay();
  const may = useMay();
  const { core } = props;
  const [photos, setPhotos] = useState<Photos>({});
  const [answers, setAnswers] = useState<Readonly<Record<string, boolean>>>({});
  const [note, setNote] = useState<string>();
  const grade = useAct(gradeCore, { refreshes: ['deposits'] });
  const taken = VIEWS.filter((v) => photos[v]).length;
  const answered = core.criteria.filter((c) => answers[c.code] !== undefined).length;
  const isReady = taken === VIEWS.length && answered === core.criteria.length;
  const submit = () =>
    void grade.run({
      params: { coreId: core.id },
      body: {
        photos,
        answers: Object.entries(answers).map(([criterion, met]) => ({ criterion, met })),
        ...(note ? { note } : {}),
      },
    });
  if (!may('cores.core:grade')) {
    return (
      <FloorPage title={t('grade.title')}>
        {props.heading}
        <Verdict tone="decide" title={t('grade.waits')}>
          {t('grade.notYours')}
        </Verdict>
        <Button onClick={props.restart}>{t('receive.next')}</Button>
      </FloorPage>
    );
  }
  return (
    <FloorPage
      title={t('grade.title')}
      actions={
        <Button
          kind="primary"
          size="large"
          wide
          icon="check"
          disabled={!isReady}
          isBusy={grade.isBusy}
          onClick={submit}
        >
          {isReady
            ? t('grade.now')
            : t('grade.left', {
                photos: VIEWS.length - taken,
                criteria: core.criteria.length - answered,
              })}
        </Button>
      }
    >
      {props.heading}
      {core.dispute && core.state === 'disputed' ? (
        <Verdict tone="decide" title={t('dispute.title')}>
          {core.dispute.reason}
        </Verdict>
      ) : null}
      <Section title={t('grade.photos')} note={t('grade.photosNote')}>
        <Stack>
          {VIEWS.map((view) => (
            <PhotoCapture
              key={view}
              label={t(`photo.${view}`)}
              hint={t(`photo.${view}Hint`)}
              sha256={photos[view]}
              onStored={(f) => setPhotos((before) => ({ ...before, [view]: f.sha256 }))}
            />
          ))}
        </Stack>
      </Section>
      <Section title={t('grade.criteria')} note={t('grade.criteriaNote')}>
        <ol className="z-cores-criteria">
          {core.criteria.map((c) => (
            <li key={c.code}>
              <p>{say(c.text)}</p>
              <Samples of={c} />
              <Keys
                label={say(c.text)}
                value={answers[c.code] === undefined ? undefined : answers[c.code] ? 'yes' : 'no'}
                onChange={(v) => setAnswers((before) => ({ ...before, [c.code]: v === 'yes' }))}
                choices={[
                  { value: 'yes', label: t('grade.yes'), icon: 'check', tone: 'good' },
                  { value: 'no', label: t('grade.no'), icon: 'close', tone: 'decide' },
                ]}
              />
            </li>
          ))}
        </ol>
      </Section>
      <TextField
        label={t('grade.note')}
        lines={2}
        required={false}
        value={note}
        onChange={setNote}
      />
      <Button kind="quiet" onClick={props.restart}>
        {t('receive.again')}
      </Button>
    </FloorPage>
  );
}

/** What the question means, in pictures: met, and not met. A tap makes one large. */
function Samples({ of }: { of: Shown['criteria'][number] }) {
  const t = useTexts('cores');
  const say = useSay();
  if (of.samples.length === 0) return null;
  return (
    <ul className="z-cores-samples">
      {of.samples.map(({ shows, sha256 }) => (
        <li key={sha256} className={`z-cores-sample-${shows}`}>
          <Photo sha256={sha256} alt={`${t(`grade.sample.${shows}`)}: ${say(of.text)}`} />
          <span aria-hidden="true">
            <Icon name={shows === 'good' ? 'check' : 'close'} size={16} />{' '}
            {t(`grade.sample.${shows}`)}
          </span>
        </li>
      ))}
    </ul>
  );
}
