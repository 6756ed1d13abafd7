import {
  addressOf,
  PrintButton,
  Problem,
  ProblemBox,
  Row,
  read,
  SelectField,
  Stack,
  useTexts,
} from '@zaizao/platform/ui';
import { useEffect, useState } from 'react';
import type { z } from 'zod';
import { LabelSize, printLabel } from '../contract.ts';
import { PrintOn } from './print-on.tsx';
import './quality.css';

type Size = z.output<typeof LabelSize>;

/** The label of a thing as it will be printed, and the ways to print it. Slot `thing`: `{ epc }`. */
export default function LabelPanel({ epc }: { epc: string }) {
  const t = useTexts('quality');
  const [size, setSize] = useState<Size>('60x40');
  const [problem, setProblem] = useState<Problem>();
  const href = (format: 'svg' | 'png' | 'pdf' | 'zpl') =>
    addressOf(printLabel, { query: { epc, size, format } });
  const picture = href('svg');
  // a picture that cannot be made does not say why; asked for as data it does
  const explain = async () => {
    try {
      await read(printLabel, { query: { epc, size, format: 'svg' } });
    } catch (e) {
      if (e instanceof Problem) setProblem(e);
    }
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: another picture, another answer
  useEffect(() => setProblem(undefined), [picture]);
  return (
    <Stack>
      <SelectField
        label={t('label.size')}
        value={size}
        onChange={(v) => setSize(v ?? '60x40')}
        choices={LabelSize.options.map((v) => ({ value: v, label: `${v.replace('x', ' × ')} mm` }))}
      />
      {problem ? (
        <ProblemBox problem={problem} />
      ) : (
        <img
          className="z-quality-label"
          src={picture}
          alt={t('label.alt', { epc })}
          width={360}
          onError={() => void explain()}
        />
      )}
      {problem ? null : <PrintOn epc={epc} />}
      {problem ? null : (
        <Row>
          <PrintButton kind="primary" href={href('pdf')}>
            {t('label.pdf')}
          </PrintButton>
          <PrintButton href={href('zpl')}>{t('label.zpl')}</PrintButton>
          <PrintButton href={href('png')}>{t('label.png')}</PrintButton>
        </Row>
      )}
    </Stack>
  );
}
