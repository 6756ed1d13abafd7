import { keepCompiled } from '@zaizao/platform/keep-compiled';

/** A command: gets the rest of the line, answers the exit code. Read only once it is called. */
type Command = () => Promise<(args: string[]) => Promise<number>>;

const COMMANDS: Readonly<Record<string, readonly [Command, string]>> = {
  loop: [
    async () => (await import('./loop.ts')).loopCommand,
    'loop [--plant A] [--url URL] [--json]   一个旧件走完全程 / one core all the way round',
  ],
  passport: [
    async () => (await import('./passport.ts')).passportCommand,
    'passport bundle|verify|export|key|sign   护照文件、离线验证、自管密钥 / passport files, offline, own keys',
  ],
  ledger: [
    async () => (await import('./ledger.ts')).ledgerCommand,
    'ledger verify|prove|check-proof|tamper-drill|rotate-key  账本 / the ledger and its log',
  ],
  import: [
    async () => (await import('./import.ts')).importCommand,
    'import FILE.xlsx [--dry-run] [--org ID]  导入目录 / import a catalogue',
  ],
  epcis: [
    async () => (await import('./standards.ts')).epcisCommand,
    'epcis validate|hash FILE [--pre-hash] [--cbv 2.1]  EPCIS 文件 / EPCIS files',
  ],
  gs1: [
    async () => (await import('./standards.ts')).gs1Command,
    'gs1 canonical|digital-link TEXT         GS1 标识 / GS1 identifiers',
  ],
  backup: [
    async () => (await import('./backup.ts')).backupCommand,
    'backup FILE                             备份整个安装 / back the installation up',
  ],
  restore: [
    async () => (await import('./backup.ts')).restoreCommand,
    'restore FILE                            恢复到空目录 / give it back, to an empty home',
  ],
  doctor: [
    async () => (await import('./doctor.ts')).doctorCommand,
    'doctor                                  检查环境 / check the installation',
  ],
};

async function main(): Promise<number> {
  keepCompiled();
  const [name = '', ...args] = process.argv.slice(2);
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command) return (await command[0]())(args);
  console.log('再造 Zaizao\n');
  for (const [, usage] of Object.values(COMMANDS)) console.log(`  npm run zaizao -- ${usage}`);
  if (name && name !== 'help') console.error(`\n没有命令“${name}” / there is no command "${name}"`);
  return name && name !== 'help' ? 2 : 0;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  },
);
