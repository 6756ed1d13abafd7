import { endpoint } from '@zaizao/platform/contract';
import { text } from '@zaizao/platform/kernel';
import {
  Button,
  Dialog,
  Icon,
  type IconName,
  notify,
  Row,
  Section,
  StatusTag,
  TextField,
  type Tone,
  useAct,
} from '@zaizao/platform/ui';
import { useState } from 'react';
import { z } from 'zod';

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
/** Keys, tags, drawings, and what a press may bring up. */
export function Buttons() {
  const [name, setName] = useState<string>();
  const [isOpen, setOpen] = useState(false);
  const make = useAct(makeThing, {
    offline: true,
    said: '已记下',
    undo: async () => notify({ kind: 'info', text: '已撤销' }),
  });
  return (
    <>
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
    </>
  );
}
