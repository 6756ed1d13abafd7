import { endpoint, page, pageQuery } from '@zaizao/platform/contract';
import { text } from '@zaizao/platform/kernel';
import {
  Button,
  Chart,
  Code,
  Grid,
  Money,
  Section,
  StatusTag,
  Time,
  Timeline,
} from '@zaizao/platform/ui';
import { DataTable } from '@zaizao/platform/ui/office';
import { z } from 'zod';

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

/** A list with its filters, and pictures of figures and of a story. */
export function Things() {
  return (
    <>
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
    </>
  );
}
