import { scan } from '@zaizao/modules/ledger/contract';
import {
  Code,
  EmptyState,
  ProblemBox,
  Section,
  useAddress,
  useRead,
  useSay,
  useTexts,
} from '@zaizao/platform/ui';
import { FloorPage, ScanField } from '@zaizao/platform/ui/floor';
import LabelPanel from './label-panel.tsx';

/** Scan a core, component, lot or unit: its label again. */
export default function LabelsPage() {
  const t = useTexts('quality');
  const [search, change] = useAddress();
  return (
    <FloorPage title={t('label.title')} note={t('label.note')}>
      <ScanField onCode={(code) => change({ code }, true)} placeholder={t('label.scan')} />
      {search.code ? (
        <Found key={search.code} code={search.code} />
      ) : (
        <EmptyState icon="print" title={t('label.none')}>
          {t('label.noneNext')}
        </EmptyState>
      )}
    </FloorPage>
  );
}

function Found({ code }: { code: string }) {
  const t = useTexts('quality');
  const say = useSay();
  const found = useRead(scan, { query: { code } });
  if (found.error) return <ProblemBox problem={found.error} />;
  if (!found.data) return null;
  const { thing } = found.data;
  return (
    <Section title={say(thing.name)} note={<Code>{thing.code}</Code>}>
      <p className="z-note">{t(`thing.${thing.kind}`)}</p>
      <LabelPanel epc={thing.epc} />
    </Section>
  );
}
