import {
  Button,
  Code,
  Confirm,
  Facts,
  formatDuration,
  formatQuantity,
  Link,
  LinkButton,
  Panels,
  PermissionGate,
  Reading,
  Row,
  Section,
  Time,
  useAct,
  useLang,
  useParam,
  useRead,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { OfficePage, PlainTable } from '@zaizao/platform/ui/office';
import { useState } from 'react';
import { cancelOrder, getOrder, perm } from '../contract.ts';
import { DatesDialog, DatesKey } from './order-dates.tsx';
import {
  inOrder,
  type Operation,
  OperationTag,
  type Order,
  OrderTag,
  OriginTag,
  usePartName,
  useStationKind,
} from './words.tsx';

/** One work order: what for, its operations with what was recorded, its slots. */
export default function OrderPage() {
  const t = useTexts('production');
  const orderId = useParam('orderId');
  const order = useRead(getOrder, { params: { orderId } });
  return (
    <Reading of={order}>
      {(o) => (
        <OfficePage
          title={`${t(`orderKind.${o.kind}`)} ${o.code}`}
          up={{ to: '/office/work-orders', title: t('orders.title') }}
          status={<OrderTag state={o.state} />}
          actions={<Actions order={o} />}
        >
          <Head order={o} />
          <Panels slot="order" props={{ orderId: o.id }} />
          <Operations order={o} />
          {o.slots.length > 0 ? <Slots order={o} /> : null}
        </OfficePage>
      )}
    </Reading>
  );
}

function Actions({ order }: { order: Order }) {
  const t = useTexts('production');
  const [asking, setAsking] = useState(false);
  const [isDating, setDating] = useState(false);
  const cancel = useAct(cancelOrder, { said: t('order.cancelled'), refreshes: ['dismantling'] });
  const isOpen = order.state === 'released' || order.state === 'started';
  const floor =
    order.kind === 'assemble' && !order.unitId ? '/floor/assembly' : '/floor/operations';
  return (
    <Row>
      {order.state === 'released' ? (
        <PermissionGate access={perm('production.order:release')}>
          <Button icon="close" onClick={() => setAsking(true)}>
            {t('order.cancel')}
          </Button>
        </PermissionGate>
      ) : null}
      {isOpen ? (
        <PermissionGate access={perm('production.order:release')}>
          <DatesKey onClick={() => setDating(true)} />
        </PermissionGate>
      ) : null}
      <DatesDialog order={order} open={isDating} onClose={() => setDating(false)} />
      {isOpen ? (
        <PermissionGate access={perm('production.operation:record')}>
          <LinkButton kind="primary" icon="play" to={floor} search={{ order: order.id }}>
            {t('order.work')}
          </LinkButton>
        </PermissionGate>
      ) : null}
      <Confirm
        open={asking}
        danger
        title={t('order.cancel')}
        confirm={t('order.cancel')}
        isBusy={cancel.isBusy}
        onClose={() => setAsking(false)}
        onConfirm={async () => {
          await cancel.run({ params: { orderId: order.id } });
          setAsking(false);
        }}
      >
        {t('order.cancelLead')}
      </Confirm>
    </Row>
  );
}

function Head({ order }: { order: Order }) {
  const t = useTexts('production');
  const part = usePartName();
  return (
    <Section>
      <Facts
        rows={[
          [
            t('orders.product'),
            <Link
              key="p"
              to="/office/catalogue/parts/$partId"
              params={{ partId: order.product.id }}
            >
              {part(order.product)}
            </Link>,
          ],
          [
            t('orders.about'),
            order.component ? `${order.component.code} ${part(order.component.part)}` : undefined,
          ],
          [
            t('unit.one'),
            order.unitId ? (
              <Link key="u" to="/office/units/$unitId" params={{ unitId: order.unitId }}>
                {order.serial ?? t('unit.one')}
              </Link>
            ) : undefined,
          ],
          [t('dates.customer'), order.customer || undefined],
          [
            t('dates.due'),
            order.dueAt ? (
              <span key="d">
                <Time at={order.dueAt} /> {order.dueFirm ? t('dates.isFirm') : ''}
              </span>
            ) : undefined,
          ],
          [
            t('dates.notBefore'),
            order.notBefore ? <Time key="n" at={order.notBefore} /> : undefined,
          ],
          [t('dates.priority'), t(`dates.priorities.${order.priority}`)],
          [t('orders.created'), <Time key="c" at={order.createdAt} />],
          [
            t('orders.finished'),
            order.finishedAt ? <Time key="f" at={order.finishedAt} /> : undefined,
          ],
        ]}
      />
    </Section>
  );
}

function Operations({ order }: { order: Order }) {
  const t = useTexts('production');
  const say = useSay();
  const lang = useLang();
  const kindName = useStationKind();
  return (
    <Section title={t('operations.title')} flush>
      <PlainTable
        rows={inOrder(order.operations)}
        rowKey={(o) => o.id}
        columns={[
          {
            title: t('order.step'),
            cell: (o) => (
              <>
                <span className="z-num">{o.code}</span> {say(o.name)}
                {o.round > 1 ? ` · ${t('round', { n: o.round })}` : ''}
              </>
            ),
          },
          {
            title: t('station'),
            cell: (o) => (
              <>
                {o.planned?.station || say(o.station) || kindName(o.stationKind)}
                {o.planned && o.state === 'waiting' ? (
                  <small className="z-note">
                    {' · '}
                    <Time at={o.planned.start} />
                  </small>
                ) : null}
              </>
            ),
          },
          { title: t('orders.state'), cell: (o) => <OperationTag state={o.state} /> },
          {
            title: t('order.time'),
            className: 'z-num',
            cell: (o) => (
              <>
                {o.activeSeconds > 0 ? formatDuration(o.activeSeconds, lang) : '—'}
                {o.stdSeconds === undefined ? '' : ` / ${formatDuration(o.stdSeconds, lang)}`}
              </>
            ),
          },
          { title: t('order.recorded'), cell: (o) => <Recorded operation={o} /> },
        ]}
      />
    </Section>
  );
}

function Recorded({ operation: o }: { operation: Operation }) {
  const t = useTexts('production');
  const lang = useLang();
  const lines = [
    ...o.values.map((v) => `${v.name} ${v.value} ${v.unit}`),
    ...(o.programme
      ? [
          `${o.programme.code} v${o.programme.version} (${o.programme.dimension} ${o.programme.measured} ${o.programme.unit})`,
        ]
      : []),
    ...o.consumption.map((c) => `${c.name} ${formatQuantity(c.quantity, c.unit, lang)}`),
    ...(o.energyKwh
      ? [`${t('finishing.energy')} ${formatQuantity(o.energyKwh, 'KWH', lang)}`]
      : []),
    ...(o.defect ? [`${t('failing.defect')}: ${o.defect}`] : []),
    ...(o.note ? [o.note] : []),
  ];
  return lines.length === 0 ? null : lines.join(' · ');
}

function Slots({ order }: { order: Order }) {
  const t = useTexts('production');
  const part = usePartName();
  return (
    <Section title={t('assembly.slots')} flush>
      <PlainTable
        rows={order.slots}
        rowKey={(s) => String(s.pos)}
        columns={[
          { title: t('order.pos'), className: 'z-num', cell: (s) => s.pos },
          { title: t('order.part'), cell: (s) => part(s.part) },
          { title: t('order.policy'), cell: (s) => t(`policy.${s.policy}`) },
          {
            title: t('assembly.filled'),
            className: 'z-num',
            cell: (s) => (
              <>
                {s.filled}/{s.qty}
              </>
            ),
          },
          {
            title: t('order.with'),
            cell: (s) =>
              s.fills.map((f) => (
                <div key={f.componentId ?? f.lot}>
                  <OriginTag origin={f.origin} /> <Code>{f.code ?? f.lot ?? ''}</Code>
                  {f.qty > 1 ? ` × ${f.qty}` : ''}
                </div>
              )),
          },
        ]}
      />
    </Section>
  );
}
