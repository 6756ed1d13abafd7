import { Money, notify, PhotoCapture, Section, Verdict } from '@zaizao/platform/ui';
import {
  BalanceBar,
  BigNumber,
  FloorPage,
  Keys,
  ScanField,
  Steps,
  TaskKey,
} from '@zaizao/platform/ui/floor';
import { useState } from 'react';

/** A floor page with all that stands on one. */
export function Floor() {
  const [kind, setKind] = useState<string>();
  const [value, setValue] = useState<string | undefined>('8.2');
  return (
    <Section title="Floor">
      <FloorPage title="收货定级" note="包裹 3 / 12">
        <Steps names={['识别', '拍照', '判定', '标签']} at={1} />
        <ScanField passive onCode={(code) => notify({ kind: 'info', text: code })} />
        <Keys
          label="找到了吗"
          value={kind}
          onChange={setKind}
          choices={[
            { value: 'a', label: '找到', icon: 'check', tone: 'good' },
            { value: 'b', label: '缺失', icon: 'minus', tone: 'decide' },
            { value: 'c', label: '损坏', icon: 'close', tone: 'bad' },
            { value: 'd', label: '不明', note: '稍后再看' },
          ]}
        />
        <BigNumber label="质量" unit="KGM" step={0.1} value={value} onChange={setValue} />
        <BalanceBar
          label="质量平衡"
          whole={4.2}
          unit="KGM"
          parts={[
            { label: '转子', value: 1.8 },
            { label: '壳体', value: 1.2 },
            { label: '盖', value: 0.6 },
          ]}
        />
        <PhotoCapture label="拍正面" hint="整件入框，光线充足" onStored={() => {}} />
        <Verdict tone="good" title="B 级">
          信用 <Money fen="2000" />
          ：轴承完好，外壳轻微锈蚀。
        </Verdict>
        <Verdict tone="decide" title="需要判定">
          国标合格，超出工厂限值 8.0 V。
        </Verdict>
        <Verdict tone="bad" title="不合格">
          转子短路。
        </Verdict>
        <TaskKey
          title="QDJ1308E 起动机"
          note="等待拆解 · 2 小时"
          icon="wrench"
          to={{ to: '/gallery' }}
        />
      </FloorPage>
    </Section>
  );
}
