import { Code, useSay, useTexts } from '@zaizao/platform/ui';
import type { Column } from '@zaizao/platform/ui/office';
import type { TestView } from '../contract.ts';

interface OfUnit {
  readonly code: string;
  readonly unit: Pick<TestView['unit'], 'serial' | 'part'>;
}

/** Every list about units begins with them: its own number, then the unit and what it is. */
export function useUnitColumns<T extends OfUnit>(codeTitle: string): Column<T>[] {
  const t = useTexts('quality');
  const say = useSay();
  return [
    {
      id: 'code',
      title: codeTitle,
      width: 120,
      cell: (r) => <Code>{r.code}</Code>,
      plain: (r) => r.code,
    },
    {
      id: 'serial',
      title: t('serial'),
      width: 120,
      cell: (r) => <Code>{r.unit.serial}</Code>,
      plain: (r) => r.unit.serial,
    },
    {
      id: 'part',
      title: t('part'),
      cell: (r) => `${r.unit.part.number} ${say(r.unit.part.name)}`,
      plain: (r) => r.unit.part.number,
    },
  ];
}
