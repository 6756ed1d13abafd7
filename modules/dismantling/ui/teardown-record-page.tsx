import {
  Code,
  Facts,
  formatNumber,
  Link,
  LinkButton,
  Photo,
  Quantity,
  Reading,
  Section,
  StatusTag,
  Time,
  useLang,
  useParam,
  useRead,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { OfficePage, PlainTable } from '@zaizao/platform/ui/office';
import { getTeardown } from '../contract.ts';
import { JointSection } from './joint-section.tsx';
import { OutcomeTag, type TeardownShown, usePartName } from './words.tsx';

/** What was found at each position, what it weighed, what became of it; and how the mass closes. */
export default function TeardownRecordPage() {
  const teardownId = useParam('teardownId');
  const found = useRead(getTeardown, { params: { teardownId } });
  return <Reading of={found}>{(view) => <Teardown view={view} />}</Reading>;
}

function Teardown({ view }: { view: TeardownShown }) {
  const t = useTexts('dismantling');
  const name = usePartName();
  return (
    <OfficePage
      title={`${view.code} ${name(view.core.part)}`}
      up={{ to: '/office/teardowns', title: t('teardowns.title') }}
      status={
        <StatusTag tone={view.state === 'open' ? 'busy' : 'good'}>
          {t(`teardowns.${view.state}`)}
        </StatusTag>
      }
      actions={
        view.state === 'open' ? (
          <LinkButton
            kind="primary"
            icon="wrench"
            to="/floor/teardown"
            search={{ teardown: view.id }}
          >
            {t('teardowns.continue')}
          </LinkButton>
        ) : null
      }
    >
      <Balance view={view} />
      <JointSection teardownId={view.id} />
      <Section title={t('teardowns.lines')} flush>
        <Lines view={view} />
      </Section>
    </OfficePage>
  );
}

function Balance({ view }: { view: TeardownShown }) {
  const t = useTexts('dismantling');
  const lang = useLang();
  const b = view.balance;
  const grams = (g: number) => <Quantity value={Math.round(g)} unit="GRM" />;
  return (
    <Section title={t('teardown.balance')}>
      <Facts
        rows={[
          [
            t('field.core'),
            <Link key="c" to="/office/cores/$coreId" params={{ coreId: view.core.id }}>
              {view.core.code}
            </Link>,
          ],
          [t('teardown.weigh'), grams(b.coreG)],
          [t('teardowns.accounted'), grams(b.accountedG)],
          [t('teardown.residue'), grams(b.residueG)],
          [
            t('teardowns.difference'),
            <StatusTag key="d" tone={b.closes ? 'good' : 'decide'}>
              {t('teardowns.within', {
                grams: formatNumber(Math.round(b.differenceG), lang),
                pct: formatNumber(b.differencePct, lang, 1),
                allowed: formatNumber(b.tolerancePct, lang),
              })}
            </StatusTag>,
          ],
          [t('teardown.explain'), view.explanation],
          ...view.streams.map((s) => [t(`stream.${s.stream}`), grams(s.massG)] as const),
          [t('field.startedAt'), <Time key="s" at={view.startedAt} />],
          [t('field.finishedAt'), view.finishedAt && <Time key="f" at={view.finishedAt} />],
          [
            t('field.event'),
            view.eventId && (
              <Link key="e" to="/office/ledger/events/$eventId" params={{ eventId: view.eventId }}>
                {t('field.openEvent')}
              </Link>
            ),
          ],
        ]}
      />
    </Section>
  );
}

function Lines({ view }: { view: TeardownShown }) {
  const t = useTexts('dismantling');
  const say = useSay();
  return (
    <PlainTable
      rows={view.lines}
      rowKey={(l) => String(l.pos)}
      columns={[
        { title: t('field.pos'), cell: (l) => l.pos },
        {
          title: t('field.part'),
          cell: (l) => (
            <Link to="/office/catalogue/parts/$partId" params={{ partId: l.part.id }}>
              {say(l.part.name)}
            </Link>
          ),
        },
        { title: t('field.policy'), cell: (l) => t(`policy.${l.policy}`) },
        { title: t('field.outcome'), cell: (l) => <OutcomeTag outcome={l.outcome} /> },
        {
          title: t('field.qty'),
          end: true,
          cell: (l) => (
            <>
              {l.foundQty} / {l.expectedQty}
            </>
          ),
        },
        {
          title: t('field.mass'),
          end: true,
          cell: (l) => (
            <>
              <Quantity value={Math.round(l.massG)} unit="GRM" />
              {l.massMeasured || l.foundQty === 0 ? null : <small> {t('teardown.reckoned')}</small>}
            </>
          ),
        },
        {
          title: t('field.damages'),
          cell: (l) => (
            <ul className="z-dis-damages">
              {l.damages.map((d, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: damages are only ever added
                <li key={i}>
                  {d.photo ? (
                    <Photo sha256={d.photo} alt={t(`damage.${d.mode}`)} size={40} />
                  ) : null}
                  {t(`damage.${d.mode}`)} {d.place}
                </li>
              ))}
            </ul>
          ),
        },
        {
          title: t('field.components'),
          cell: (l) =>
            l.components.map((c) => (
              <Link key={c.id} to="/office/components/$componentId" params={{ componentId: c.id }}>
                <Code>{c.code}</Code>{' '}
              </Link>
            )),
        },
      ]}
    />
  );
}
