import { listPrinters } from '@zaizao/platform/printing/contract';
import {
  Button,
  JobProgress,
  NumberField,
  PermissionGate,
  Row,
  SelectField,
  Stack,
  useAct,
  useMay,
  useRead,
  useTexts,
} from '@zaizao/platform/ui';
import { useState } from 'react';
import { sendLabel } from '../contract.ts';

const REMEMBERED = 'zaizao.printer';

/** Sends the label to a printer of the plant; the station remembers which. */
export function PrintOn({ epc }: { epc: string }) {
  const t = useTexts('quality');
  const may = useMay();
  const printers = useRead(listPrinters, {}, { enabled: may('platform.printer:use') });
  const [chosen, choose] = useState(() => localStorage.getItem(REMEMBERED) ?? undefined);
  const [copies, setCopies] = useState<number | undefined>(1);
  const [jobId, setJob] = useState<string>();
  const print = useAct(sendLabel, { onDone: (made) => setJob(made.jobId) });
  const items = printers.data?.items ?? [];
  const printer = items.find((p) => p.id === chosen) ?? items[0];
  if (!printer) return null;
  return (
    <PermissionGate access="platform.printer:use">
      <Stack>
        <Row>
          <SelectField
            label={t('label.printer')}
            value={printer.id}
            onChange={(v) => {
              choose(v);
              if (v) localStorage.setItem(REMEMBERED, v);
            }}
            choices={items.map((p) => ({
              value: p.id,
              label: [p.name, p.place, `${p.media.replace('x', ' × ')} mm`]
                .filter(Boolean)
                .join(' · '),
            }))}
          />
          <NumberField
            label={t('label.copies')}
            min={1}
            max={20}
            value={copies}
            onChange={setCopies}
          />
          <Button
            kind="primary"
            icon="print"
            isBusy={print.isBusy}
            onClick={() =>
              void print.run({ body: { epc, printerId: printer.id, copies: copies ?? 1 } })
            }
          >
            {t('label.send')}
          </Button>
        </Row>
        {jobId ? <JobProgress key={jobId} jobId={jobId} title={t('label.send')} /> : null}
      </Stack>
    </PermissionGate>
  );
}
