import {
  Button,
  formatShare,
  Photo,
  PhotoCapture,
  Problem,
  Row,
  read,
  Section,
  Stack,
  StatusTag,
  TaskKey,
  useAct,
  useLang,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { useEffect, useState } from 'react';
import { getRecognition, recognisePhoto } from '../contract.ts';
import type { Output } from './words.tsx';

type Told = Output<typeof getRecognition>;
type PartRef = Told['proposals'][number]['parts'][number];

const WAIT_MS = 400;
const MOST_TRIES = 50;

/** Asks what a photo shows and waits for the answer. */
function useTold(photo: string | undefined): Told | undefined {
  const [told, setTold] = useState<Told>();
  const ask = useAct(recognisePhoto, { quiet: true });
  const { run } = ask;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once for each photo
  useEffect(() => {
    if (!photo) return;
    let isGone = false;
    const follow = async () => {
      const asked = await run({ body: { photo } });
      if (asked.state !== 'done') return;
      for (let i = 0; i < MOST_TRIES && !isGone; i++) {
        await new Promise((r) => setTimeout(r, WAIT_MS));
        try {
          const now = await read(getRecognition, { params: { photo } });
          if (isGone) return;
          setTold(now);
          if (now.state !== 'working') return;
        } catch (e) {
          if (!(e instanceof Problem)) throw e;
          return;
        }
      }
    };
    setTold(undefined);
    void follow();
    return () => {
      isGone = true;
    };
  }, [photo]);
  return told;
}

/**
 * 拍照识别: a photo, and beside it what it may show, each with how far it may be believed. A person
 * chooses; nothing is taken over by itself.
 */
export function Recognition(props: {
  photo?: string | undefined;
  onPick: (part: PartRef) => void;
}) {
  const t = useTexts('cores');
  const [taken, setTaken] = useState<string>();
  const photo = taken ?? props.photo;
  const told = useTold(photo);
  return (
    <Section title={t('recognise.title')} note={t('recognise.note')}>
      {photo ? (
        <Row gap={12}>
          <Photo sha256={photo} alt={t('recognise.photo')} size={112} />
          <Button size="small" icon="camera" onClick={() => setTaken(undefined)}>
            {t('recognise.again')}
          </Button>
        </Row>
      ) : null}
      {photo === undefined || (taken === undefined && props.photo === undefined) ? (
        <PhotoCapture
          label={t('recognise.take')}
          hint={t('recognise.hint')}
          onStored={(f) => setTaken(f.sha256)}
        />
      ) : null}
      {photo ? <Proposals told={told} onPick={props.onPick} /> : null}
    </Section>
  );
}

function Proposals({ told, onPick }: { told: Told | undefined; onPick: (p: PartRef) => void }) {
  const t = useTexts('cores');
  const say = useSay();
  const lang = useLang();
  if (!told || told.state === 'working') return <p className="z-note">{t('recognise.working')}</p>;
  const tones = { sure: 'good', 'not-sure': 'decide', 'too-few': 'idle' } as const;
  const { founded } = told;
  return (
    <>
      <p>
        <StatusTag tone={tones[told.state]}>{t(`recognise.state.${told.state}`)}</StatusTag>{' '}
        {founded ? (
          <small className="z-note">
            {founded.tried > 0 && told.state !== 'too-few'
              ? t('recognise.founded', {
                  n: founded.photos,
                  cores: founded.cores,
                  right: formatShare(founded.right / founded.tried, lang, 0),
                })
              : t('recognise.few', { n: founded.photos, cores: founded.cores })}
          </small>
        ) : null}
      </p>
      <Stack gap={8}>
        {told.proposals.map((p) => (
          <Stack key={p.family.code} gap={6}>
            <strong>
              {say(p.family.name)}{' '}
              <span className="z-num">{formatShare(p.confidence, lang, 0)}</span>
            </strong>
            {p.parts.map((part) => (
              <TaskKey
                key={part.id}
                icon="box"
                title={`${part.number} ${say(part.name)}`}
                note={t('recognise.pick')}
                onClick={() => onPick(part)}
              />
            ))}
          </Stack>
        ))}
      </Stack>
    </>
  );
}
