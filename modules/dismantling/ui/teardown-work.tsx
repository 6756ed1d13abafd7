import { listParts } from '@zaizao/modules/catalog/contract';
import {
  Button,
  Code,
  LinkButton,
  Loading,
  LookupField,
  Row,
  Section,
  Tabs,
  TextField,
  useAct,
  useRead,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { BalanceBar, BigNumber, FloorPage } from '@zaizao/platform/ui/floor';
import { useState } from 'react';
import { finishTeardown, getTeardownPlan, recordLine } from '../contract.ts';
import { PlanGuide } from './plan-guide.tsx';
import { TeardownLine } from './teardown-line.tsx';
import { isWhole, type TeardownShown, usePartName } from './words.tsx';

/** The open teardown: the bar that closes, the positions, what is left over, the finish. */
export function TeardownWork({ view }: { view: TeardownShown }) {
  const t = useTexts('dismantling');
  const name = usePartName();
  const say = useSay();
  const [residue, setResidue] = useState<string>();
  const [explanation, setExplanation] = useState<string>();
  const finish = useAct(finishTeardown, { said: t('teardown.done'), refreshes: ['cores'] });
  const { balance, lines } = view;
  const guided = useRead(getTeardownPlan, { params: { teardownId: view.id } });
  const plan = guided.data?.plan;
  const leftG = lines.reduce(
    (sum, l) => sum + (l.outcome === 'left' ? l.pieceG * l.expectedQty : 0),
    0,
  );
  const scale = isWhole(balance.coreG) ? 1000 : 1;
  const residueG = Number(residue ?? leftG);
  const left = balance.coreG - balance.accountedG - residueG;
  const closes = Math.abs(left) <= (balance.coreG * balance.tolerancePct) / 100 + 1e-9;
  const open = lines.filter((l) => l.outcome === 'pending');
  const isReady = open.length === 0 && (closes || explanation !== undefined);
  const list = (
    <>
      <ol className="z-dis-lines">
        {lines.map((line) => (
          <TeardownLine key={line.pos} teardownId={view.id} line={line} />
        ))}
      </ol>
      <Remaining view={view} />
      <Extra teardownId={view.id} />
    </>
  );
  return (
    <FloorPage
      title={t('teardown.of', { code: view.core.code })}
      note={name(view.core.part)}
      actions={
        <Button
          kind="primary"
          size="large"
          wide
          icon="check"
          disabled={!isReady}
          isBusy={finish.isBusy}
          onClick={() =>
            void finish.run({
              params: { teardownId: view.id },
              body: { residueG, ...(explanation ? { explanation } : {}) },
            })
          }
        >
          {open.length > 0 ? t('teardown.left', { n: open.length }) : t('teardown.finish')}
        </Button>
      }
    >
      <Row>
        <Code>{view.code}</Code>
        {isWhole(balance.coreG) ? (
          <LinkButton size="small" to="/floor/vehicle-check" search={{ core: view.core.id }}>
            {t('check.title')}
          </LinkButton>
        ) : null}
      </Row>
      <div className="z-dis-balance">
        <BalanceBar
          label={t('teardown.balance')}
          whole={balance.coreG / scale}
          unit={scale === 1 ? 'GRM' : 'KGM'}
          parts={[
            ...lines
              .filter((l) => l.foundQty > 0)
              .map((l) => ({ label: say(l.part.name), value: l.massG / scale })),
            ...(residueG > 0 ? [{ label: t('teardown.residue'), value: residueG / scale }] : []),
          ]}
        />
      </div>
      {guided.isLoading ? (
        <Loading />
      ) : guided.data && plan ? (
        <Tabs
          label={t('teardown.title')}
          tabs={[
            {
              id: 'plan',
              title: t('plan.tab'),
              render: () => <PlanGuide view={view} shown={guided.data} plan={plan} />,
            },
            { id: 'list', title: t('plan.list', { n: open.length }), render: () => list },
          ]}
        />
      ) : (
        list
      )}
      {open.length === 0 ? (
        <Section title={t('teardown.closing')}>
          <BigNumber
            label={t('teardown.residue')}
            unit="GRM"
            step={10}
            value={residue ?? (leftG > 0 ? String(Math.round(leftG)) : undefined)}
            onChange={setResidue}
          />
          {closes ? (
            <p className="z-text-good">{t('teardown.closes')}</p>
          ) : (
            <TextField
              label={t('teardown.explain')}
              hint={t('teardown.explainHint', {
                grams: Math.round(left),
                pct: balance.tolerancePct,
              })}
              lines={2}
              value={explanation}
              onChange={setExplanation}
            />
          )}
        </Section>
      ) : null}
    </FloorPage>
  );
}

/** The usual case in one press: nothing else is missing or broken. */
function Remaining({ view }: { view: TeardownShown }) {
  const t = useTexts('dismantling');
  const [isBusy, setBusy] = useState(false);
  const record = useAct(recordLine);
  const open = view.lines.filter((l) => l.outcome === 'pending');
  if (open.length === 0 || open.length === view.lines.length) return null;
  const all = async () => {
    setBusy(true);
    for (const { pos } of open) {
      const params = { teardownId: view.id };
      const done = await record.run({ params, body: { pos, outcome: 'found' } });
      if (done.state === 'refused') break;
    }
    setBusy(false);
  };
  return (
    <Button size="large" wide isBusy={isBusy} onClick={() => void all()}>
      {t('teardown.rest', { n: open.length })}
    </Button>
  );
}

/** A part that came out and is not on the bill of material. */
function Extra({ teardownId }: { teardownId: string }) {
  const t = useTexts('dismantling');
  const say = useSay();
  const [partId, setPartId] = useState<string>();
  const add = useAct(recordLine, {
    said: t('teardown.extraDone'),
    onDone: () => setPartId(undefined),
  });
  return (
    <details>
      <summary>{t('teardown.extra')}</summary>
      <LookupField
        label={t('field.part')}
        list={listParts}
        by="q"
        choice={(p) => ({ value: p.id, label: p.number, note: say(p.name) })}
        value={partId}
        onChange={setPartId}
      />
      <Button
        icon="plus"
        disabled={!partId}
        isBusy={add.isBusy}
        onClick={() =>
          partId
            ? void add.run({
                params: { teardownId },
                body: { pos: 0, partId, outcome: 'found', foundQty: 1 },
              })
            : undefined
        }
      >
        {t('teardown.extraAdd')}
      </Button>
    </details>
  );
}
