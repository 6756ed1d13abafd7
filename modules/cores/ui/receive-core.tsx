import {
  Button,
  Code,
  Facts,
  LinkButton,
  Money,
  Photo,
  PrintButton,
  ProblemBox,
  Quantity,
  Reading,
  Row,
  Section,
  Steps,
  TextField,
  useAct,
  useMay,
  useRead,
  useSay,
  useTexts,
  Verdict,
} from '@zaizao/platform/ui';
import { BigNumber, FloorPage } from '@zaizao/platform/ui/floor';
import { type ReactNode, useState } from 'react';
import {
  type getCoreView,
  identifyCore,
  moveCoreTo,
  previewQuote,
  receiveCore,
} from '../contract.ts';
import { GradeForm } from './grade-form.tsx';
import { CandidateList } from './receive-new.tsx';
import { Recognition } from './recognition.tsx';
import { GradeMark, type Output, StateTag, useCoreName } from './words.tsx';

type Shown = Output<typeof getCoreView>;

interface Props {
  readonly core: Shown;
  readonly scan: ReactNode;
  readonly restart: () => void;
}

/** A core at the receiving station: whatever comes next for it is on the page, and nothing else. */
export function CoreAtTheDoor(props: Props) {
  const { core } = props;
  if (core.state === 'accepted' || core.state === 'in-transit') return <Arrive {...props} />;
  if (core.state === 'received' || core.state === 'disputed') {
    return core.part ? (
      <GradeForm core={core} heading={<Heading core={core} at={1} />} restart={props.restart} />
    ) : (
      <Identify {...props} />
    );
  }
  if (core.state === 'graded') return <Graded {...props} />;
  return <Elsewhere {...props} />;
}

function Heading({ core, at }: { core: Shown; at: number }) {
  const t = useTexts('cores');
  const name = useCoreName();
  return (
    <>
      <Steps names={[t('step.receive'), t('step.grade'), t('step.store')]} at={at} />
      <Row>
        <Code>{core.code}</Code>
        <strong>{name(core)}</strong>
        <StateTag state={core.state} />
      </Row>
    </>
  );
}

function Arrive({ core, restart }: Props) {
  const t = useTexts('cores');
  const [kg, setKg] = useState<string>();
  const receive = useAct(receiveCore, { said: t('receive.done'), refreshes: ['deposits'] });
  return (
    <FloorPage
      title={t('receive.arrive')}
      actions={
        <Button
          kind="primary"
          size="large"
          wide
          icon="check"
          isBusy={receive.isBusy}
          onClick={() =>
            void receive.run({
              params: { coreId: core.id },
              body: kg ? { massG: Math.round(Number(kg) * 1000) } : {},
            })
          }
        >
          {t('receive.take')}
        </Button>
      }
    >
      <Heading core={core} at={0} />
      <Summary core={core} />
      <BigNumber label={t('receive.weight')} unit="KGM" step={0.05} value={kg} onChange={setKg} />
      <Button kind="quiet" onClick={restart}>
        {t('receive.again')}
      </Button>
    </FloorPage>
  );
}

function Summary({ core }: { core: Shown }) {
  const t = useTexts('cores');
  return (
    <>
      <Facts
        rows={[
          [t('field.supplier'), core.supplier?.name],
          [t('field.numberSeen'), core.numberSeen],
          [t('field.quoted'), core.quotedFen && <Money key="q" fen={core.quotedFen} />],
          [
            t('field.mass'),
            core.massG && <Quantity key="m" value={core.massG / 1000} unit="KGM" />,
          ],
        ]}
      />
      <PhotoRow core={core} />
    </>
  );
}

export function PhotoRow({ core }: { core: Pick<Shown, 'photos' | 'code'> }) {
  const t = useTexts('cores');
  if (core.photos.length === 0) return null;
  return (
    <div className="z-cores-photos">
      {core.photos.map((sha256, i) => (
        <Photo
          key={sha256}
          sha256={sha256}
          alt={t('photo.of', { code: core.code, n: i + 1 })}
          size={80}
        />
      ))}
    </div>
  );
}

/** Several parts answer to the number: a person says which one lies here. */
function Identify({ core, restart }: Props) {
  const t = useTexts('cores');
  const [number, setNumber] = useState(core.numberSeen);
  const [asked, setAsked] = useState(core.numberSeen);
  const found = useRead(previewQuote, { query: { number: asked } });
  const confirm = useAct(identifyCore, { said: t('receive.identified') });
  return (
    <FloorPage
      title={t('receive.which')}
      note={t('receive.whichNote', { number: core.numberSeen })}
    >
      <Heading core={core} at={0} />
      <TextField
        label={t('field.numberSeen')}
        mono
        value={number}
        onChange={(v) => setNumber(v ?? '')}
      />
      <Button icon="search" disabled={number === ''} onClick={() => setAsked(number)}>
        {t('receive.search')}
      </Button>
      <Recognition
        photo={core.photos[0]}
        onPick={(part) =>
          void confirm.run({
            params: { coreId: core.id },
            body: { partId: part.id, numberSeen: asked },
          })
        }
      />
      {found.error ? (
        <ProblemBox problem={found.error} />
      ) : (
        <Reading of={found}>
          {({ candidates }) => (
            <CandidateList
              candidates={candidates}
              onChoose={(c) =>
                void confirm.run({
                  params: { coreId: core.id },
                  body: { partId: c.part.id, numberSeen: asked },
                })
              }
            />
          )}
        </Reading>
      )}
      <Button kind="quiet" onClick={restart}>
        {t('receive.again')}
      </Button>
    </FloorPage>
  );
}

/** The grade and the credit with their reasons; label, shelf, next parcel. */
function Graded({ core, restart }: Props) {
  const t = useTexts('cores');
  const say = useSay();
  const may = useMay();
  const [place, setPlace] = useState<string>();
  const stock = useAct(moveCoreTo, { said: t('receive.stored'), onDone: restart });
  const { grade } = core;
  return (
    <FloorPage
      title={t('receive.graded')}
      actions={
        may('cores.core:move') ? (
          <Button
            kind="primary"
            size="large"
            wide
            icon="warehouse"
            isBusy={stock.isBusy}
            onClick={() =>
              void stock.run({
                params: { coreId: core.id },
                body: { to: 'stock', ...(place ? { place } : {}) },
              })
            }
          >
            {t('receive.store')}
          </Button>
        ) : null
      }
    >
      <Heading core={core} at={2} />
      {grade ? (
        <Verdict
          tone={grade === 'R' ? 'bad' : grade === 'C' ? 'decide' : 'good'}
          title={
            <>
              <GradeMark grade={grade} large />{' '}
              <span className="z-cores-money">
                {core.byDeposit ? t('credit.byDeposit') : <Money fen={core.creditFen ?? '0'} />}
              </span>
            </>
          }
        >
          {core.gradeReasons.length === 0 ? (
            t('receive.allMet')
          ) : (
            <ul className="z-cores-reasons">
              {core.gradeReasons.map((r) => (
                <li key={r.en}>{t('receive.notMet', { text: say(r) })}</li>
              ))}
            </ul>
          )}
        </Verdict>
      ) : null}
      <PrintButton href={`/api/v1/quality/labels?format=pdf&epc=${encodeURIComponent(core.epc)}`}>
        {t('receive.label')}
      </PrintButton>
      <TextField
        label={t('field.place')}
        hint={t('receive.placeHint')}
        required={false}
        value={place}
        onChange={setPlace}
      />
      <Button kind="quiet" icon="scan" onClick={restart}>
        {t('receive.next')}
      </Button>
    </FloorPage>
  );
}

/** The core is past the receiving station. */
function Elsewhere({ core, scan, restart }: Props) {
  const t = useTexts('cores');
  return (
    <FloorPage title={t('receive.title')}>
      {scan}
      <Section>
        <Heading core={core} at={3} />
        <Summary core={core} />
        <p>{t('receive.past')}</p>
        <Row>
          <LinkButton to="/office/cores/$coreId" params={{ coreId: core.id }}>
            {t('receive.open')}
          </LinkButton>
          <Button onClick={restart}>{t('receive.again')}</Button>
        </Row>
      </Section>
    </FloorPage>
  );
}
