import {
  Button,
  Code,
  Link,
  LinkButton,
  PermissionGate,
  Reading,
  Row,
  StatusTag,
  Time,
  useAct,
  useGo,
  useRead,
  useTexts,
} from '@zaizao/platform/ui';
import {
  listChecks,
  listComponents,
  listPlans,
  listTeardowns,
  makePlan,
  perm,
} from '../contract.ts';
import { Reckoned } from './plan-words.tsx';
import { ComponentTag, usePartName } from './words.tsx';

/** In the page of a core: its plans, its teardown and what came out. Slot `core`: `{ coreId }`. */
export default function CorePanel({ coreId }: { coreId: string }) {
  return (
    <>
      <Plans coreId={coreId} />
      <Teardown coreId={coreId} />
    </>
  );
}

/** The plans of a core before and during its teardown, and the checks of a vehicle. */
function Plans({ coreId }: { coreId: string }) {
  const t = useTexts('dismantling');
  const go = useGo();
  const plans = useRead(listPlans, { query: { coreId, limit: 10 } });
  const checks = useRead(listChecks, { params: { coreId } });
  const make = useAct(makePlan, {
    onDone: (p) => go({ to: '/office/teardown-plans/$planId', params: { planId: p.id } }),
  });
  return (
    <>
      <Row>
        <PermissionGate access={perm('dismantling.plan:decide')}>
          <Button
            size="small"
            icon="tree"
            isBusy={make.isBusy}
            onClick={() => void make.run({ body: { coreId } })}
          >
            {t('plan.make')}
          </Button>
        </PermissionGate>
        <PermissionGate access={perm('dismantling.vehicle:check')}>
          <LinkButton size="small" to="/floor/vehicle-check" search={{ core: coreId }}>
            {t('check.title')}
          </LinkButton>
        </PermissionGate>
      </Row>
      <ul className="z-dis-things">
        {plans.data?.items.map((p) => (
          <li key={p.id}>
            <Link to="/office/teardown-plans/$planId" params={{ planId: p.id }}>
              {t('plan.no', { n: p.no })} · {t('plan.worth')} <Reckoned fen={p.worthFen} />
            </Link>
            <StatusTag tone={p.decision?.decision === 'follow' ? 'good' : 'idle'}>
              {t(`plan.decided.${p.decision?.decision ?? 'none'}`)}
            </StatusTag>
          </li>
        ))}
        {checks.data?.items.map((c) => (
          <li key={c.id}>
            <span>
              {t('check.title')} · {c.answers.filter((a) => a.state !== 'good').length}{' '}
              {t('check.notGood')}
            </span>
            <Time at={c.at} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Teardown({ coreId }: { coreId: string }) {
  const t = useTexts('dismantling');
  const name = usePartName();
  const teardowns = useRead(listTeardowns, { query: { coreId, limit: 1 } });
  const components = useRead(listComponents, { query: { coreId, limit: 200 } });
  return (
    <Reading of={teardowns} lines={1}>
      {({ items: [teardown] }) =>
        teardown ? (
          <>
            <Row>
              <Link to="/office/teardowns/$teardownId" params={{ teardownId: teardown.id }}>
                <Code>{teardown.code}</Code> {t(`teardowns.${teardown.state}`)}
              </Link>
              <LinkButton size="small" to="/office/components" search={{ coreId }}>
                {t('components.title')}
              </LinkButton>
            </Row>
            <ul className="z-dis-things">
              {components.data?.items.map((c) => (
                <li key={c.id}>
                  <Link to="/office/components/$componentId" params={{ componentId: c.id }}>
                    <Code>{c.code}</Code> {name(c.part)}
                    {c.qty > 1 ? ` ×${c.qty}` : ''}
                  </Link>
                  <ComponentTag state={c.state} />
                </li>
              ))}
            </ul>
          </>
        ) : (
          <p className="z-note">{t('teardowns.notYet')}</p>
        )
      }
    </Reading>
  );
}
