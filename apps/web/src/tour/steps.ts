import { listComponents } from '@zaizao/modules/dismantling/contract';
import { text } from '@zaizao/platform/kernel';
import { Problem, read, type TourPlace, type TourStep } from '@zaizao/platform/ui';

/** A solenoid that waits for its inspection, wherever in the plant it came from. */
async function findSolenoid(): Promise<TourPlace | undefined> {
  try {
    const { items } = await read(listComponents, { query: { state: 'cleaned', limit: 200 } });
    const found = items.find((c) => c.part.number === 'RS-12-14-9T-090');
    return found && { to: '/floor/inspection', search: { component: found.id } };
  } catch (e) {
    if (e instanceof Problem) return undefined; // the list of what waits says more
    throw e;
  }
}

/**
 * Ten steps round the loop on the demonstration plant. Each is played by the person whose work it
 * is; one may do it or only look: the plant has things at every stage, so no step waits for another.
 */
export const steps: readonly TourStep[] = [
  {
    id: 'quote',
    role: 'shop',
    to: { to: '/floor/quote' },
    title: text('1 · 修理厂询价', '1 · A repair shop asks for a price'),
    body: text(
      '您是修理厂马师傅。在“卖给”中选河间再制造厂，输入旧起动机铭牌上的号码 3708010-D9：系统认出它，立即给出各等级的收购价。拍照提交，然后接受报价。',
      'You are Ma of a repair shop. Choose the plant in Hejian (河间) as the buyer and type the number on the old starter’s plate, 3708010-D9: it is recognised, and each grade has its price at once. Add a photo, send it, accept the quote.',
    ),
    target: '.z-scan',
  },
  {
    id: 'collect',
    role: 'collector',
    to: { to: '/floor/collect' },
    title: text('2 · 上门取件', '2 · It is picked up'),
    body: text(
      '您是回收站的何师傅，另一家企业。手机上出现了要去取的旧件：按下它，勾选、清点件数、拍照，确认已取走。旧件上路，工厂立即看到照片和件数，事件已经记入账本。',
      'You are He of a collector, another firm. The call is on your phone: press it, tick, count and photograph the cores, confirm. They are on their way; the plant sees photo and count at once, and the ledger has the event.',
    ),
    target: '.z-task',
  },
  {
    id: 'receive',
    role: 'receiver',
    to: { to: '/floor/receive' },
    title: text('3 · 收货与定级', '3 · Receive and grade'),
    body: text(
      '收下它，拍正面、侧面、铭牌三张照片，回答判定项。只把“表面良好”答“否”：定为 B 级，返款 20 元，并说明依据。',
      'Receive it, photograph front, side and nameplate, answer the criteria. Say no to the surface only: it is grade B, credit 20 yuan, and the reason stands beside it.',
    ),
    target: '.z-scan',
  },
  {
    id: 'teardown',
    role: 'dismantler',
    to: { to: '/floor/teardown' },
    title: text('4 · 拆解', '4 · Teardown'),
    body: text(
      '选一件旧件，计划一步步说明先拆哪里、用什么工具、值多少；在清单里把一项标为“缺失”，计划随即重算。质量平衡条随之合拢：账实不符时必须说明。',
      'Choose a core: the plan says step by step what to undo, with which tool and for how much. Mark one part missing in the list and the plan changes. The mass balance closes as you go: what does not add up must be explained.',
    ),
    target: '.z-scan',
  },
  {
    id: 'inspect',
    role: 'inspector',
    to: { to: '/floor/inspection' },
    find: findSolenoid,
    title: text('5 · 检测与判定', '5 · Inspect and decide'),
    body: text(
      '这是一个已清洗的电磁开关（清洗合格后才能检测）。按“开始检测”，在“吸合电压”中输入 8.2：边输入边判定，符合国标 8.5 V，却超出本厂 8.0 V。两条都显示，按最严的判定；提交后系统建议送去修复，并说明依据。',
      'Here is a solenoid that has been cleaned: only what is clean is inspected. Press “Start”, type 8.2 as its pull-in voltage and watch it judged while you type: good for the national 8.5 V, out of the plant’s 8.0 V. Both are shown, the strictest decides; once recorded, restoring is proposed, with the reason.',
    ),
    target: '[data-tour="S-T01"]',
  },
  {
    id: 'assemble',
    role: 'assembler',
    to: { to: '/floor/assembly' },
    title: text('6 · 修复与装配', '6 · Restore and assemble'),
    body: text(
      '打开或新建一张装配工单。先扫零部件装入位置：装错、已报废、未判定合格的都会被拒绝，并说明原因；其余空位用“新件套包”一次装满。再把列出的工序逐道开工、完工，最后按“产生新的身份”：前世都连在它身上。',
      'Open an assembly order or make one. Scan components into their slots: a wrong, scrapped or unaccepted one is refused with the reason; fill the rest from a kit of new parts. Then start and finish the operations it names, and press for the new identity: its previous lives stay linked.',
    ),
    target: '.z-scan',
  },
  {
    id: 'test',
    role: 'tester',
    to: { to: '/floor/test' },
    title: text('7 · 试验台', '7 · The test bench'),
    body: text(
      '选一台待试产品，逐项录入，边输入边对照限值；曲线由试验台送来，也可导入文件。不合格自动登记不合格品；合格才能涂装、标识、包装。',
      'Choose a unit and enter its values: each is held against its limits while you type; curves come from the bench, or from a file. A failure opens a nonconformance by itself; only what passed is painted, marked and packed.',
    ),
    target: '.z-scan',
  },
  {
    id: 'certificate',
    role: 'quality',
    to: { to: '/office/certificates' },
    title: text('8 · 合格证与标签', '8 · Certificate and label'),
    body: text(
      '上方是已完工、等待合格证的产品。打开一件，按“签发合格证”（PDF，永久保存），打印带“再制造”标识和二维码的标签。',
      'Above are finished products that wait for a certificate. Open one, issue it (a PDF, kept for good), and print the label with the mark 再制造 and its code.',
    ),
    target: '[data-tour="to-certify"]',
  },
  {
    id: 'sell',
    role: 'shop',
    to: { to: '/market' },
    title: text('9 · 带押金销售', '9 · Sold with a deposit'),
    body: text(
      '修理厂在商城按型号找到它：价格之外有旧件押金。下单、收货、装机后，在“我的采购”退回旧件：定级决定押金返还多少。',
      'The shop finds it in the storefront by number: beside the price stands a core deposit. After order, delivery and installation, send the old core back in “My purchases”: its grade decides how much of the deposit returns.',
    ),
    target: '[data-tour="store-search"]',
  },
  {
    id: 'passport',
    to: { to: '/market' },
    title: text('10 · 扫码看护照', '10 · Scan the label'),
    body: text(
      '打开一件商品，按“查看护照”：它的几次生命、试验对限值、再利用了什么，都在这台设备上当场验证。再按“试着篡改”：验证立刻失败，并指出是哪一处。',
      'Open an item and its passport: its lives, its tests against their limits, what was reused, all verified on this device just now. Then try to tamper with it: the check fails at once and names the place.',
    ),
    target: '.z-market-grid',
  },
  {
    id: 'own',
    to: { to: '/setup' },
    title: text('建立自己的工厂', 'Start your own plant'),
    body: text(
      '导览到此结束。现在可以建立自己的企业：组织、人员、用 Excel 导入目录、标签打印机。',
      'That was the loop. Now start your own plant: organisation, people, the catalogue from Excel, the label printer.',
    ),
  },
];
