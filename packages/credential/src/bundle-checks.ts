/** Names of the checks, in the order they run. */
export type BundleCheckId =
  | 'format'
  | 'credential'
  | 'subject'
  | 'issuer-trust'
  | 'status'
  | 'keys'
  | 'checkpoint'
  | 'log-trust'
  | 'inclusion'
  | 'disclosure'
  | 'event-hash'
  | 'index'
  | 'completeness'
  | 'logged'
  | 'key-history';

interface CheckInfo {
  readonly id: BundleCheckId;
  /** Checks that must have passed before this one means anything. */
  readonly needs: readonly BundleCheckId[];
  readonly titleZh: string;
  readonly titleEn: string;
}

/** What each check says to a reader, and what it rests on. */
export const BUNDLE_CHECKS: readonly CheckInfo[] = [
  { id: 'format', needs: [], titleZh: '文件格式完整', titleEn: 'The file is well formed' },
  {
    id: 'credential',
    needs: ['format'],
    titleZh: '护照由签发者签名且在有效期内',
    titleEn: 'The passport is signed by its issuer and in force',
  },
  {
    id: 'subject',
    needs: ['credential'],
    titleZh: '护照所述即此件产品',
    titleEn: 'The passport is about this product',
  },
  {
    id: 'issuer-trust',
    needs: ['credential'],
    titleZh: '签发者受信任',
    titleEn: 'The issuer is trusted',
  },
  {
    id: 'status',
    needs: ['credential'],
    titleZh: '护照未被吊销',
    titleEn: 'The passport is not revoked',
  },
  {
    id: 'keys',
    needs: ['credential', 'status'],
    titleZh: '所附密钥均被使用',
    titleEn: 'Every key in the file is used',
  },
  {
    id: 'checkpoint',
    needs: ['format'],
    titleZh: '账本检查点签名有效',
    titleEn: "The ledger's checkpoint is signed",
  },
  {
    id: 'log-trust',
    needs: ['credential', 'checkpoint'],
    titleZh: '账本受信任',
    titleEn: 'The ledger is trusted',
  },
  {
    id: 'inclusion',
    needs: ['checkpoint'],
    titleZh: '每条事件都在账本中',
    titleEn: 'Every event is in the ledger',
  },
  {
    id: 'disclosure',
    needs: ['inclusion'],
    titleZh: '事件内容与账本一致',
    titleEn: 'Events are what the ledger recorded',
  },
  {
    id: 'event-hash',
    needs: ['disclosure'],
    titleZh: '事件哈希符合 CBV 2.0',
    titleEn: 'Event hashes are right (CBV 2.0)',
  },
  {
    id: 'index',
    needs: ['checkpoint'],
    titleZh: '履历索引为最新',
    titleEn: 'The index of histories is the newest',
  },
  {
    id: 'completeness',
    needs: ['inclusion', 'index'],
    titleZh: '履历没有遗漏',
    titleEn: 'No event is left out',
  },
  {
    id: 'logged',
    needs: ['credential', 'disclosure', 'completeness'],
    titleZh: '签发已记入账本',
    titleEn: 'Its issue is recorded in the ledger',
  },
  {
    id: 'key-history',
    needs: ['credential', 'status', 'disclosure', 'completeness'],
    titleZh: '签名时密钥有效',
    titleEn: 'The key was good when it signed',
  },
];
