import {
  Button,
  Code,
  Facts,
  Link,
  LinkButton,
  Money,
  Panels,
  Photo,
  PrintButton,
  Quantity,
  Reading,
  Row,
  Section,
  StatusTag,
  Time,
  useMay,
  useParam,
  useRead,
  useSay,
  useTexts,
  Verdict,
} from '@zaizao/platform/ui';
import { OfficePage } from '@zaizao/platform/ui/office';
import { useState } from 'react';
import { getCoreView } from '../contract.ts';
import { CreditDialog, type Move, MoveDialog } from './core-acts.tsx';
import { PhotoRow } from './receive-core.tsx';
import { GradeMark, type Output, StateTag, useCoreName } from './words.tsx';

type Shown = Output<typeof getCoreView>;

/** One core: what it is, what it is worth, how it was graded and why, and its story. */
export default function CorePage() {
  const coreId = useParam('coreId');
  const core = useRead(getCoreView, { params: { coreId } }, { live: ['deposits', 'dismantling'] });
  return <Reading of={core}>{(c) => <Core core={c} />}</Reading>;
}

function Core({ core }: { core: Shown }) {
  const t = useTexts('cores');
  const name = useCoreName();
  return (
    <OfficePage
      title={`${core.code} ${name(core)}`}
      up={{ to: '/office/cores', title: t('list.title') }}
      status={<StateTag state={core.state} />}
      actions={<Acts core={core} />}
    >
      {core.state === 'disputed' && core.dispute ? (
        <Verdict tone="decide" title={t('dispute.title')}>
          {core.dispute.reason} <Time at={core.dispute.at} ago />
        </Verdict>
      ) : null}
      <Section title={t('core.what')}>
        <What core={core} />
        <PhotoRow core={core} />
      </Section>
      <Worth core={core} />
      <Gradings core={core} />
      <Panels slot="core" props={{ coreId: core.id, epc: core.epc }} />
      <Panels slot="thing" props={{ epc: core.epc }} />
    </OfficePage>
  );
}

function Acts({ core }: { core: Shown }) {
  const t = useTexts('cores');
  const may = useMay();
  const [move, setMove] = useState<Move>();
  const [isPaying, setPaying] = useState(false);
  const { state } = core;
  const isShelved = state === 'stocked' || state === 'graded';
  const mayPay =
    core.grade &&
    !core.credited &&
    !core.byDeposit &&
    state !== 'disputed' &&
    may('cores.credit:give');
  const moves: Move[] = may('cores.core:move')
    ? [
        ...(state === 'graded' ? (['stock'] as const) : []),
        ...(state === 'stocked' ? (['allocate'] as const) : []),
        ...(state === 'allocated' ? (['release'] as const) : []),
        ...(isShelved || state === 'received' ? (['return'] as const) : []),
        ...(isShelved ? (['scrap'] as const) : []),
      ]
    : [];
  return (
    <>
      <PrintButton href={`/api/v1/quality/labels?format=pdf&epc=${encodeURIComponent(core.epc)}`}>
        {t('receive.label')}
      </PrintButton>
      {(state === 'received' || state === 'disputed') && may('cores.core:grade') ? (
        <LinkButton kind="primary" icon="check" to="/floor/receive" search={{ core: core.id }}>
          {t('grade.title')}
        </LinkButton>
      ) : null}
      {moves.map((m) => (
        <Button key={m} kind={m === 'scrap' ? 'danger' : 'plain'} onClick={() => setMove(m)}>
          {t(`move.${m}`)}
        </Button>
      ))}
      {mayPay ? (
        <Button kind="primary" icon="coin" onClick={() => setPaying(true)}>
          {t('credit.give')}
        </Button>
      ) : null}
      {move ? <MoveDialog core={core} move={move} onClose={() => setMove(undefined)} /> : null}
      {isPaying ? <CreditDialog core={core} onClose={() => setPaying(false)} /> : null}
    </>
  );
}

function What({ core }: { core: Shown }) {
  const t = useTexts('cores');
  const name = useCoreName();
  const { donor } = core;
  return (
    <Facts
      rows={[
        [
          t('field.part'),
          core.part && (
            <Link key="p" to="/office/catalogue/parts/$partId" params={{ partId: core.part.id }}>
              {name(core)}
            </Link>
          ),
        ],
        [t('field.numberSeen'), <Code key="n">{core.numberSeen}</Code>],
        [t('field.identifiedBy'), core.identifiedBy && t(`identified.${core.identifiedBy}`)],
        [
          t('field.supplier'),
          core.supplier && (
            <Link key="s" to="/office/partners/$partnerId" params={{ partnerId: core.supplier.id }}>
              {core.supplier.name}
            </Link>
          ),
        ],
        [t('field.channel'), t(`channel.${core.channel}`)],
        [t('field.life'), core.life],
        [t('field.mass'), core.massG && <Quantity key="m" value={core.massG / 1000} unit="KGM" />],
        [t('field.place'), core.place],
        [t('field.receivedAt'), core.receivedAt && <Time key="r" at={core.receivedAt} />],
        [t('donor.vin'), donor?.vin && <Code key="v">{donor.vin}</Code>],
        [t('donor.machineSerial'), donor?.machineSerial],
        [
          t('donor.mileage'),
          donor?.mileageKm && <Quantity key="k" value={donor.mileageKm} unit="KMT" />,
        ],
        [t('donor.certificate'), donor?.disposalCertificate],
        [
          t('core.regulated'),
          core.regulated && (
            <StatusTag key="g" tone="decide">
              {t('core.regulatedLong')}
            </StatusTag>
          ),
        ],
        [
          t('receive.imported'),
          core.imported ? t(core.bonded ? 'core.bonded' : 'list.yes') : undefined,
        ],
        [t('field.epc'), <Code key="e">{core.epc}</Code>],
      ]}
    />
  );
}

/** Value analysis: what the core is expected to bring, line by line, to the margin. */
function Worth({ core }: { core: Shown }) {
  const t = useTexts('cores');
  const v = core.valuation;
  if (!v) return null;
  const isGain = !v.marginFen.startsWith('-');
  const line = (fen: string) => <Money fen={fen} />;
  const minus = (fen: string) => <Money fen={(-BigInt(fen)).toString()} />;
  return (
    <Section title={t('worth.title')} note={t('worth.note')}>
      <Facts
        rows={[
          [t('worth.sales'), line(v.expectedSalesFen)],
          [t('worth.scrap'), line(v.expectedScrapFen)],
          [t('worth.material'), minus(v.expectedMaterialFen)],
          [t('worth.conversion'), minus(v.expectedConversionFen)],
          [t('worth.credit'), minus(v.creditFen)],
          [
            <strong key="l">{t('worth.margin')}</strong>,
            <strong key="m" className={isGain ? 'z-text-good' : 'z-text-decide'}>
              {line(v.marginFen)}
            </strong>,
          ],
        ]}
      />
    </Section>
  );
}

function Gradings({ core }: { core: Shown }) {
  const t = useTexts('cores');
  const say = useSay();
  return (
    <Section title={t('core.gradings')}>
      {core.gradings.length === 0 ? <p className="z-note">{t('core.ungraded')}</p> : null}
      {core.gradings.map((g) => (
        <article key={g.id} className="z-cores-offer-card">
          <Row>
            <GradeMark grade={g.grade} large />
            <div>
              <span className="z-cores-money">
                <Money fen={g.creditFen} />
              </span>
              <p className="z-note">
                {t('core.byRules', { code: g.programme.code, version: g.programme.version })} ·{' '}
                <Time at={g.at} />
              </p>
            </div>
          </Row>
          <ul className="z-cores-reasons">
            {g.answers
              .filter((a) => !a.met)
              .map((a) => (
                <li key={a.criterion}>{t('receive.notMet', { text: say(a.text) })}</li>
              ))}
            {g.answers.every((a) => a.met) ? <li>{t('receive.allMet')}</li> : null}
            {g.note ? <li>{g.note}</li> : null}
          </ul>
          <div className="z-cores-photos">
            {(['front', 'side', 'nameplate'] as const).map((view) => {
              const sha256 = g.photos[view];
              return sha256 ? (
                <Photo key={view} sha256={sha256} alt={t(`photo.${view}`)} size={112} />
              ) : null;
            })}
          </div>
        </article>
      ))}
    </Section>
  );
}
