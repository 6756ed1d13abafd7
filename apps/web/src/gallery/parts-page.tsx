import {
  Button,
  EmptyState,
  Figure,
  Grid,
  JobProgress,
  Loading,
  Money,
  Photo,
  Problem,
  ProblemBox,
  Section,
  SimulatedEdge,
  StatusTag,
  startTour,
  Tabs,
} from '@zaizao/platform/ui';
import { OfficePage } from '@zaizao/platform/ui/office';
import { Buttons } from './buttons.tsx';
import { Fields } from './fields.tsx';
import { Floor } from './floor.tsx';
import { Things } from './things.tsx';
import { tourOfParts } from './tour-of-parts.ts';

/** Every part in its states, for those who build with them. */
export default function PartsPage() {
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
      <Buttons />
      <Fields />
      <Things />
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
      <Floor />
    </OfficePage>
  );
}
