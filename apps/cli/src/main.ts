import { backupCommand, restoreCommand } from './backup.ts';
import { doctorCommand } from './doctor.ts';
import { importCommand } from './import.ts';
import { ledgerCommand } from './ledger.ts';
import { loopCommand } from './loop.ts';
import { passportCommand } from './passport.ts';
import { epcisCommand, gs1Command } from './standards.ts';

/** A command: gets the rest of the line, answers the exit code. */
type Command = (args: string[]) => Promise<number>;

const COMMANDS: Readonly<Record<string, readonly [Command, string]>> = {
  loop: [
    loopCommand,
    'loop [--plant A] [--url URL] [--json]   一个旧件走完全程 / one core all the way round',
  ],
  passport: [
    passportCommand,
    'passport bundle|verify|export|key|sign   护照文件、离线验证、自管密钥 / passport files, offline, own keys',
  ],
  ledger: [
    ledgerCommand,
    'ledger verify|prove|check-proof|tamper-drill|rotate-key  账本 / the ledger and its log',
  ],
  import: [importCommand, 'import FILE.xlsx [--dry-run] [--org ID]  导入目录 / import a catalogue'],
  epcis: [epcisCommand, 'epcis validate|hash FILE [--pre-hash]   EPCIS 文件 / EPCIS files'],
  gs1: [gs1Command, 'gs1 canonical|digital-link TEXT         GS1 标识 / GS1 identifiers'],
  backup: [
    backupCommand,
    'backup FILE                             备份整个安装 / back the installation up',
  ],
  restore: [
    restoreCommand,
    'restore FILE                            恢复到空目录 / give it back, to an empty home',
  ],
  doctor: [
    doctorCommand,
    'doctor                                  检查环境 / check the installation',
  ],
};

async function main(): Promise<number> {
  const [name = '', ...args] = process.argv.slice(2);
  const command = COMMANDS[name];
  if (command) return command[0](args);
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
