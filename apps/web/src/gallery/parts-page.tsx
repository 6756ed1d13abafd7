import { endpoint, page, pageQuery } from '@zaizao/platform/contract';
import { text } from '@zaizao/platform/kernel';
import {
  Button,
  Chart,
  CheckField,
  ChoiceField,
  Code,
  Dialog,
  EmptyState,
  Facts,
  Figure,
  Grid,
  Icon,
  type IconName,
  JobProgress,
  LimitBar,
  Loading,
  Money,
  MoneyField,
  notify,
  Photo,
  PhotoCapture,
  Problem,
  ProblemBox,
  Quantity,
  QuantityField,
  Row,
  Section,
  SelectField,
  SimulatedEdge,
  Stack,
  StatusTag,
  startTour,
  Tabs,
  TextField,
  Time,
  Timeline,
  type Tone,
  useAct,
  Verdict,
} from '@zaizao/platform/ui';
import {
  BalanceBar,
  BigNumber,
  FloorPage,
  Keys,
  ScanField,
  Steps,
  TaskKey,
} from '@zaizao/platform/ui/floor';
import { DataTable, OfficePage } from '@zaizao/platform/ui/office';
import { useState } from 'react';
import { z } from 'zod';
import { tourOfParts } from './tour-of-parts.ts';

const listThings = endpoint({
  id: 'gallery.listThings',
  method: 'GET',
  path: '/api/v1/gallery/things',
  title: text('部件样例', 'Sample things'),
  access: 'public',
  query: pageQuery.extend({
    q: z.string().optional(),
    grade: z.string().optional(),
    from: z.string().optional(),
  }),
  response: page(
    z.object({
      id: z.string(),
      number: z.string(),
      family: z.string(),
      grade: z.enum(['A', 'B', 'C']),
      priceFen: z.string(),
      at: z.string(),
    }),
  ),
});

const makeThing = endpoint({
  id: 'gallery.makeThing',
  method: 'POST',
  path: '/api/v1/gallery/things',
  title: text('记下一件', 'Note a thing'),
  access: 'public',
  body: z.object({ number: z.string() }),
  response: z.object({ id: z.string() }),
});

const tones: readonly Tone[] = ['good', 'decide', 'bad', 'busy', 'idle'];
const icons: readonly IconName[] = [
  'scan',
  'inbox',
  'wrench',
  'drop',
  'ruler',
  'gear',
  'layers',
  'gauge',
  'truck',
  'warehouse',
  'shield',
  'stamp',
  'cart',
  'coin',
  'chart',
  'line',
  'tree',
  'book',
  'calendar',
  'people',
  'settings',
  'leaf',
  'bell',
  'pulse',
  'recycle',
  'factory',
  'bolt',
  'key',
  'flag',
  'map',
  'photo',
  'document',
];
const limits = [
  { name: '国标', high: 8.5 },
  { name: '工厂', low: 5, high: 8 },
  { name: '客户', low: 4.5, high: 8.4 },
];

/** Every part in its states, for those who build with them. */
export default function PartsPage() {
  const [value, setValue] = useState<string | undefined>('8.2');
  const [name, setName] = useState<string>();
  const [fen, setFen] = useState<string | undefined>('2000');
  const [kind, setKind] = useState<string>();
  const [yes, setYes] = useState<boolean>();
  const [isOpen, setOpen] = useState(false);
  const make = useAct(makeThing, {
    offline: true,
    said: '已记下',
    undo: async () => notify({ kind: 'info', text: '已撤销' }),
  });
  return (
    <OfficePage
      title="部件 Parts"
      note="Every part of the kit, in its states."
      status={<StatusTag tone="busy">开发</StatusTag>}
      actions={
        <Button icon="play" onClick={() => startTour('parts', tourOfParts)}>
          Tour
        </Button>
      }
    >
      <SimulatedEdge always />
      <Grid>
        <Figure label="今日旧件" value="128" unit="件" note="昨日 117" to={{ to: '/gallery' }} />
        <Figure label="一次合格率" value="94.2" unit="%" tone="good" />
        <Figure label="待您决定" value="6" tone="decide" />
        <Figure label="在押押金" value={<Money fen="12345600" />} />
      </Grid>
      <Section title="Buttons" note="One primary a page.">
        <Row>
          <Button kind="primary" icon="check">
            定级
          </Button>
          <Button>普通</Button>
          <Button kind="quiet" icon="edit">
            安静
          </Button>
          <Button kind="danger" icon="trash">
            报废
          </Button>
          <Button kind="primary" isBusy>
            忙
          </Button>
          <Button disabled>不可用</Button>
          <Button size="small">小</Button>
          <Button size="large" kind="primary">
            大号
          </Button>
          <Button
            onClick={() =>
              notify({
                kind: 'good',
                text: '已定级：B，信用 20 元',
                undo: async () => notify({ kind: 'info', text: '已撤销' }),
              })
            }
          >
            Undo
          </Button>
          <Button
            onClick={() =>
              notify({ kind: 'bad', text: '此组件已报废，不能装配。', requestId: 'req_01890a5d' })
            }
          >
            Refusal
          </Button>
          <Button onClick={() => setOpen(true)}>Dialog</Button>
          <Button
            isBusy={make.isBusy}
            onClick={() => void make.run({ body: { number: `N${Date.now()}` } })}
          >
            Offline act
          </Button>
        </Row>
        <Row>
          {tones.map((tone) => (
            <StatusTag key={tone} tone={tone}>
              {tone}
            </StatusTag>
          ))}
        </Row>
        <Row gap={14}>
          {icons.map((i) => (
            <Icon key={i} name={i} size={24} title={i} />
          ))}
        </Row>
      </Section>
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
      <DataTable
        id="gallery"
        title="样例"
        list={listThings}
        rowKey={(r) => r.id}
        filters={[
          { kind: 'search', id: 'q', label: '编号或名称' },
          {
            kind: 'choice',
            id: 'grade',
            label: '级别',
            choices: [
              { value: 'A', label: 'A' },
              { value: 'B', label: 'B' },
            ],
          },
          { kind: 'day', id: 'from', label: '收货日期自' },
        ]}
        columns={[
          {
            id: 'number',
            title: '编号',
            cell: (r) => <Code>{r.number}</Code>,
            plain: (r) => r.number,
          },
          { id: 'family', title: '品类', cell: (r) => r.family, plain: (r) => r.family },
          {
            id: 'grade',
            title: '级别',
            cell: (r) => (
              <StatusTag tone={r.grade === 'C' ? 'decide' : 'good'}>{r.grade}</StatusTag>
            ),
            plain: (r) => r.grade,
          },
          {
            id: 'price',
            title: '价格',
            align: 'end',
            cell: (r) => <Money fen={r.priceFen} />,
            plain: (r) => Number(r.priceFen) / 100,
          },
          { id: 'at', title: '收货', cell: (r) => <Time at={r.at} />, plain: (r) => r.at },
        ]}
        open={(r) => ({ to: '/gallery', search: { q: r.number } })}
        chosen={(rows) => (
          <Button size="small" icon="print">
            打印 {rows.length} 张标签
          </Button>
        )}
      />
      <Grid min={420}>
        <Section title="Chart">
          <Chart
            summary="五天的产量从 18 升到 31 件"
            option={{
              xAxis: { type: 'category', data: ['周一', '周二', '周三', '周四', '周五'] },
              yAxis: { type: 'value' },
              legend: {},
              series: [
                { type: 'bar', name: '产量', data: [18, 22, 24, 29, 31] },
                { type: 'line', name: '计划', data: [20, 22, 25, 28, 30] },
              ],
            }}
            table={{
              head: ['日', '产量'],
              rows: [
                ['周一', 18],
                ['周二', 22],
              ],
            }}
          />
        </Section>
        <Section title="Timeline">
          <Timeline
            provenTitle="已核对"
            entries={[
              {
                id: '1',
                at: '2026-11-20T09:05:00+08:00',
                title: '收货定级 B',
                tone: 'good',
                proven: true,
              },
              {
                id: '2',
                at: '2026-11-20T10:15:00+08:00',
                title: '拆解',
                note: '缺 1 件：单向器',
                tone: 'decide',
                proven: true,
              },
              { id: '3', at: '2026-11-21T14:00:00+08:00', title: '试验未通过', tone: 'bad' },
            ]}
          />
        </Section>
      </Grid>
      <Section title="States">
        <Grid min={300}>
          <EmptyState icon="box" title="还没有旧件" action={<Button kind="primary">收货</Button>}>
            先收一件：扫包裹单或输入件号。
          </EmptyState>
          <ProblemBox
            problem={
              new Problem('连接不上服务器。请检查网络，然后重试。', {
                status: 0,
                code: 'OFFLINE',
                requestId: 'req_0190a5d',
              })
            }
            retry={() => {}}
          />
          <Loading />
        </Grid>
      </Section>
      <Tabs
        label="Tabs"
        tabs={[
          { id: 'a', title: '证据', render: () => <p>证据</p> },
          { id: 'b', title: '历史', render: () => <p>历史</p> },
        ]}
      />
      <JobProgress jobId="job_gallery" title="导入目录" />
      <Photo sha256="none" alt="铭牌" />
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
      <Dialog
        open={isOpen}
        title="为什么改判？"
        onClose={() => setOpen(false)}
        footer={
          <Button kind="primary" onClick={() => setOpen(false)}>
            确定
          </Button>
        }
      >
        <TextField label="原因" lines={3} value={name} onChange={setName} />
      </Dialog>
    </OfficePage>
  );
}
