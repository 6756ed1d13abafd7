import {
  Button,
  EmptyState,
  notify,
  Problem,
  Row,
  read,
  Section,
  TextField,
  useGo,
  useTexts,
} from '@zaizao/platform/ui';
import { OfficePage } from '@zaizao/platform/ui/office';
import { useState } from 'react';
import { scan } from '../contract.ts';

/** The way in: type or scan a thing, then see where it came from and where it went. */
export default function GenealogySearchPage() {
  const t = useTexts('ledger');
  const go = useGo();
  const [code, setCode] = useState<string>();
  const find = async () => {
    const typed = code?.trim();
    if (!typed) return;
    try {
      const { thing } = await read(scan, { query: { code: typed } });
      go({ to: '/office/genealogy/$epc', params: { epc: thing.epc } });
    } catch (e) {
      if (!(e instanceof Problem)) throw e;
      // Things of partners are known by their identifier only.
      if (/^(https?:|urn:)/.test(typed)) {
        go({ to: '/office/genealogy/$epc', params: { epc: typed } });
      } else notify({ kind: 'bad', text: e.message });
    }
  };
  return (
    <OfficePage title={t('genealogy.title')} note={t('genealogy.note')} narrow>
      <Section>
        <form
          onSubmit={(e) => {
            e.preventDefault();
            void find();
          }}
        >
          <Row>
            <TextField label={t('genealogy.search')} value={code} onChange={setCode} autoFocus />
            <Button kind="primary" submit icon="search">
              {t('genealogy.find')}
            </Button>
          </Row>
        </form>
        <EmptyState icon="tree" title={t('genealogy.start')}>
          {t('genealogy.startNext')}
        </EmptyState>
      </Section>
    </OfficePage>
  );
}
