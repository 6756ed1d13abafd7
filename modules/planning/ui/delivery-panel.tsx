import {
  Button,
  Facts,
  JobProgress,
  NumberField,
  Reading,
  Row,
  useAct,
  useLang,
  useRead,
  useTexts,
} from '@zaizao/platform/ui';
import { useState } from 'react';
import { getPlan, makePlan } from '../contract.ts';
import { momentOf } from './moment.ts';
import { type Plan, useShare } from './words.tsx';

/** Capable to promise: a copy of today's work with one order more, solved; the answer is two dates. */
export default function DeliveryPanel({ partId }: { partId: string }) {
  const t = useTexts('planning');
  const [quantity, setQuantity] = useState<number | undefined>(1);
  const [planId, setPlan] = useState<string>();
  const make = useAct(makePlan, { onDone: (p) => setPlan(p.id) });
  return (
    <>
      <p className="z-note">{t('delivery.lead')}</p>
      <Row gap={12}>
        <NumberField
          label={t('whatIf.quantity')}
          min={1}
          max={50}
          value={quantity}
          onChange={setQuantity}
        />
        <Button
          icon="clock"
          isBusy={make.isBusy}
          onClick={() =>
            void make.run({
              body: {
                name: t('delivery.name'),
                deadlineSeconds: 10,
                whatIf: { newOrders: [{ partId, quantity: quantity ?? 1 }] },
              },
            })
          }
        >
          {t('delivery.now')}
        </Button>
      </Row>
      {planId ? <Answer key={planId} planId={planId} /> : null}
    </>
  );
}

function Answer({ planId }: { planId: string }) {
  const t = useTexts('planning');
  const plan = useRead(getPlan, { params: { planId } });
  return (
    <Reading of={plan} lines={2}>
      {(p) =>
        p.state === 'solving' && p.jobId ? (
          <JobProgress
            jobId={p.jobId}
            title={t('board.solving')}
            onDone={() => void plan.refetch()}
          />
        ) : (
          <Dates plan={p} />
        )
      }
    </Reading>
  );
}

function Dates({ plan }: { plan: Plan }) {
  const t = useTexts('planning');
  const lang = useLang();
  const share = useShare();
  const { board, forecast } = plan;
  const jobs = forecast?.jobs.filter((j) => j.job.startsWith('new:')) ?? [];
  if (!board || jobs.length === 0) return <p>{t('delivery.none')}</p>;
  const at = (seconds: number) => momentOf(Date.parse(board.origin) + seconds * 1000, lang);
  const others = forecast?.jobs.filter((j) => !j.job.startsWith('new:') && j.lateShare > 0.5) ?? [];
  return (
    <Facts
      rows={[
        [t('promise.p50'), at(Math.max(...jobs.map((j) => j.p50)))],
        [t('promise.p90'), at(Math.max(...jobs.map((j) => j.p90)))],
        [t('delivery.busy'), plan.figures ? share(plan.figures.meanUtilisation) : undefined],
        [
          t('delivery.others'),
          others.filter((j) => board.orders.some((o) => o.id === j.job && o.due !== undefined))
            .length,
        ],
      ]}
    />
  );
}
