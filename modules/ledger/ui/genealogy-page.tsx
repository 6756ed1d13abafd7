import {
  Button,
  Code,
  EmptyState,
  Link,
  LinkButton,
  Reading,
  Section,
  StatusTag,
  Tabs,
  Time,
  useParam,
  useRead,
  useTexts,
} from '@zaizao/platform/ui';
import { csvOf, download, OfficePage } from '@zaizao/platform/ui/office';
import { type Genealogy, type GenealogyDirection, thingGenealogy } from '../contract.ts';
import { layGenealogy, NODE } from './genealogy-layout.ts';
import { useNames } from './names.ts';
import './ledger.css';

/** Where a thing came from and where it went; the second is the recall list. */
export default function GenealogyPage() {
  const t = useTexts('ledger');
  const names = useNames();
  const epc = useParam('epc');
  const up = useRead(thingGenealogy, { params: { epc }, query: { direction: 'components-of' } });
  const root = up.data?.nodes[0];
  return (
    <OfficePage
      title={`${t('genealogy.title')} ${root ? names.name(root) : ''}`}
      note={up.data?.root ?? epc}
      up={{ to: '/office/genealogy', title: t('genealogy.title') }}
      actions={
        <LinkButton icon="line" to="/office/things/$epc" params={{ epc }}>
          {t('life.title')}
        </LinkButton>
      }
    >
      <Tabs
        label={t('genealogy.direction')}
        name="direction"
        tabs={(['components-of', 'used-in'] as const).map((direction) => ({
          id: direction,
          title: t(`genealogy.${direction}`),
          render: () => <Side epc={epc} direction={direction} />,
        }))}
      />
    </OfficePage>
  );
}

function Side({ epc, direction }: { epc: string; direction: GenealogyDirection }) {
  const t = useTexts('ledger');
  const found = useRead(thingGenealogy, { params: { epc }, query: { direction } });
  return (
    <Reading of={found}>
      {(graph) =>
        graph.edges.length === 0 ? (
          <EmptyState icon="tree" title={t(`genealogy.none.${direction}`)} />
        ) : (
          <>
            <Section title={t('genealogy.graph')} flush>
              <Graph graph={graph} />
            </Section>
            <List graph={graph} />
          </>
        )
      }
    </Reading>
  );
}

function Graph({ graph }: { graph: Genealogy }) {
  const t = useTexts('ledger');
  const names = useNames();
  const picture = layGenealogy(graph);
  return (
    <section className="z-ledger-graph" aria-label={t('genealogy.graph')}>
      <div style={{ width: picture.width, height: picture.height }}>
        <svg width={picture.width} height={picture.height} aria-hidden="true">
          {picture.ways.map(({ key, from, to, edge }) => {
            const [x1, y1] = [from.x + NODE.width, from.y + NODE.height / 2];
            const [x2, y2] = [to.x, to.y + NODE.height / 2];
            const middle = (x1 + x2) / 2;
            return (
              <path
                key={key}
                className={edge.removedAt ? 'z-ledger-way z-ledger-removed' : 'z-ledger-way'}
                d={`M ${x1} ${y1} C ${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`}
              />
            );
          })}
        </svg>
        {picture.nodes.map(({ epc, x, y, node }) => (
          <Link
            key={epc}
            to="/office/genealogy/$epc"
            params={{ epc }}
            className={`z-ledger-node z-ledger-lane-${node.thing?.kind ?? 'other'}${
              epc === graph.root ? ' z-ledger-here' : ''
            }`}
          >
            <span style={{ left: x, top: y, width: NODE.width, height: NODE.height }}>
              <small>{names.kind(node)}</small>
              <b>{names.code(node)}</b>
            </span>
          </Link>
        ))}
      </div>
    </section>
  );
}

/** The same as a list: for a recall this is what goes out. */
function List({ graph }: { graph: Genealogy }) {
  const t = useTexts('ledger');
  const names = useNames();
  const recall = graph.direction === 'used-in';
  const rows = graph.nodes
    .filter((n) => n.epc !== graph.root)
    .map((node) => {
      const edge = graph.edges.find((e) => (recall ? e.to : e.from) === node.epc);
      return { node, edge };
    });
  const save = () => {
    const head = ['code', 'kind', 'epc', 'distance', 'step', 'time', 'removed'];
    const lines = rows.map(({ node, edge }) => [
      ...[names.code(node), names.kind(node), node.epc, node.depth],
      ...[names.step(edge?.bizStep, 'TransformationEvent'), edge?.eventTime, edge?.removedAt],
    ]);
    const texts = head.map((h) => t(`genealogy.columns.${h}`));
    download(`${recall ? 'recall' : 'components'}.csv`, 'text/csv', csvOf(texts, lines));
  };
  return (
    <Section
      title={t(recall ? 'genealogy.recall' : 'genealogy.parts', { n: rows.length })}
      actions={
        <Button icon="download" onClick={save}>
          CSV
        </Button>
      }
    >
      <div className="z-table-scroll">
        <table className="z-table">
          <thead>
            <tr>
              {['code', 'kind', 'distance', 'step', 'time', 'removed'].map((column) => (
                <th key={column} scope="col">
                  {t(`genealogy.columns.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ node, edge }) => (
              <tr key={node.epc}>
                <td data-title={t('genealogy.columns.code')}>
                  <Link to="/office/things/$epc" params={{ epc: node.epc }}>
                    <Code>{names.code(node)}</Code>
                  </Link>
                </td>
                <td data-title={t('genealogy.columns.kind')}>{names.kind(node)}</td>
                <td data-title={t('genealogy.columns.distance')} className="z-num">
                  {node.depth}
                </td>
                <td data-title={t('genealogy.columns.step')}>
                  {edge ? names.step(edge.bizStep, 'TransformationEvent') : ''}
                </td>
                <td data-title={t('genealogy.columns.time')}>
                  {edge ? <Time at={edge.eventTime} /> : ''}
                </td>
                <td data-title={t('genealogy.columns.removed')}>
                  {edge?.removedAt ? (
                    <StatusTag tone="decide">{t('genealogy.removed')}</StatusTag>
                  ) : (
                    ''
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
