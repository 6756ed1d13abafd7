import {
  CheckField,
  ChoiceField,
  Code,
  Facts,
  Grid,
  LimitBar,
  MoneyField,
  Quantity,
  QuantityField,
  Section,
  SelectField,
  Stack,
  TextField,
  Time,
} from '@zaizao/platform/ui';
import { useState } from 'react';

const limits = [
  { name: '国标', high: 8.5 },
  { name: '工厂', low: 5, high: 8 },
  { name: '客户', low: 4.5, high: 8.4 },
];

/** What is typed, and how it is judged while it is typed. */
export function Fields() {
  const [value, setValue] = useState<string | undefined>('8.2');
  const [name, setName] = useState<string>();
  const [fen, setFen] = useState<string | undefined>('2000');
  const [kind, setKind] = useState<string>();
  const [yes, setYes] = useState<boolean>();
  return (
    <Grid min={420}>
      <Section title="Fields">
        <Stack gap={16}>
          <TextField label="名称" value={name} onChange={setName} hint="标签上的名称" />
          <TextField label="备注" value={name} onChange={setName} lines={3} required={false} />
          <MoneyField label="价格" value={fen} onChange={setFen} />
          <SelectField
            label="类别"
            value={kind}
            onChange={setKind}
            choices={[
              { value: 'a', label: '起动机' },
              { value: 'b', label: '发电机' },
            ]}
            error="请选择列出的一项"
          />
          <ChoiceField
            label="级别"
            value={kind}
            onChange={setKind}
            choices={[
              { value: 'a', label: 'A', note: '完好' },
              { value: 'b', label: 'B' },
              { value: 'c', label: 'C' },
            ]}
          />
          <CheckField label="附有原厂铭牌" value={yes} onChange={setYes} />
        </Stack>
      </Section>
      <Section title="Limits while typing">
        <Stack gap={16}>
          <QuantityField
            label="吸合电压"
            unit="VLT"
            value={value}
            onChange={setValue}
            limits={limits}
          />
          <LimitBar unit="OHM" limits={[{ name: '工厂', low: 1, high: 2 }]} value={1.5} />
          <Facts
            rows={[
              ['编号', <Code key="c">ZZ-QDJ-000128</Code>],
              ['时间', <Time key="t" at={new Date(Date.now() - 3 * 3600e3)} ago />],
              ['质量', <Quantity key="q" value="3.25" unit="KGM" />],
              ['空', undefined],
            ]}
          />
        </Stack>
      </Section>
    </Grid>
  );
}
