import {
  Button,
  EmptyState,
  LinkButton,
  notify,
  Reading,
  Row,
  Section,
  SelectField,
  Timeline,
  useAddress,
  useParam,
  useRead,
  useTexts,
} from '@zaizao/platform/ui';
import { OfficePage } from '@zaizao/platform/ui/office';
import { type LifeLine, thingLifeLine } from '../contract.ts';
import { LifeLinePicture } from './life-line-picture.tsx';
import { useNames } from './names.ts';

const STEPS = [28, 44, 64, 92, 132];

/** The life of any thing through all its lives. */
export default function LifeLinePage() {
  const t = useTexts('ledger');
  const names = useNames();
  const epc = useParam('epc');
  const line = useRead(thingLifeLine, { params: { epc } });
  return (
    <Reading of={line}>
      {(l) => {
        const root = l.lanes.find((lane) => lane.epc === l.root);
        return (
          <OfficePage
            title={root ? names.name(root) : epc}
            note={l.root}
            up={{ to: '/office/ledger', title: t('ledger.title') }}
            actions={
              <Row>
                <LinkButton icon="tree" to="/office/genealogy/$epc" params={{ epc: l.root }}>
                  {t('genealogy.title')}
                </LinkButton>
                <Button icon="link" onClick={() => void share(t('life.copied'))}>
                  {t('life.share')}
                </Button>
              </Row>
            }
          >
            {l.stations.length === 0 ? (
              <EmptyState icon="line" title={t('life.none')}>
                {t('life.noneNext')}
              </EmptyState>
            ) : (
              <Content line={l} />
            )}
          </OfficePage>
        );
      }}
    </Reading>
  );
}

async function share(said: string): Promise<void> {
  await navigator.clipboard.writeText(location.href);
  notify({ kind: 'good', text: said });
}

function Content({ line }: { line: LifeLine }) {
  const t = useTexts('ledger');
  const names = useNames();
  const [search, change] = useAddress();
  const zoom = Math.min(Math.max(Number(search.zoom ?? 2), 0), STEPS.length - 1);
  const siblings = search.siblings === 'yes';
  const step = STEPS[zoom] ?? 64;
  const kinds = [...new Set(line.stations.flatMap((s) => s.bizStep ?? []))];
  const own = line.stations.filter((s) => s.epcs.includes(line.root)).toReversed();
  return (
    <>
      <Section
        title={t('life.title')}
        note={line.cut ? t('life.cut') : t('life.hint')}
        actions={
          <Row>
            <SelectField
              label={t('life.step')}
              value={search.step ?? 'all'}
              onChange={(value) => change({ step: value === 'all' ? undefined : value })}
              choices={[
                { value: 'all', label: t('life.allSteps') },
                ...kinds.map((k) => ({ value: k, label: names.step(k, '') })),
              ]}
            />
            <Button
              pressed={siblings}
              onClick={() => change({ siblings: siblings ? undefined : 'yes' })}
            >
              {t('life.siblings')}
            </Button>
            <Button
              icon="minus"
              iconOnly
              disabled={zoom === 0}
              onClick={() => change({ zoom: String(zoom - 1) })}
            >
              {t('life.smaller')}
            </Button>
            <Button
              icon="plus"
              iconOnly
              disabled={zoom === STEPS.length - 1}
              onClick={() => change({ zoom: String(zoom + 1) })}
            >
              {t('life.larger')}
            </Button>
          </Row>
        }
      >
        <LifeLinePicture line={line} step={step} siblings={siblings} bizStep={search.step} />
      </Section>
      <Section title={t('life.own')}>
        <Timeline
          provenTitle={t('life.proven')}
          entries={own.map((s) => ({
            id: `${s.eventId} ${s.isErrorDeclaration}`,
            at: s.eventTime,
            proven: s.logIndex !== undefined,
            tone: s.isErrorDeclaration ? 'decide' : 'idle',
            title: (
              <LinkButton
                kind="quiet"
                size="small"
                to="/office/ledger/events/$eventId"
                params={{ eventId: s.eventId }}
              >
                {names.step(s.bizStep, s.type, s.process)}
              </LinkButton>
            ),
            note: names.disposition(s.disposition),
          }))}
        />
      </Section>
    </>
  );
}
