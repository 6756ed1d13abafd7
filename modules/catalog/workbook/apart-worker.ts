/** Reads and compares one large workbook beside the thread that serves people, or turns a feed into one. */
import { answerInThread } from '@zaizao/platform/threads';
import { type Answers, PIECE, type Question } from './apart.ts';
import { compare } from './compare.ts';
import { Faults } from './faults.ts';
import { workbookOfFeed } from './feed.ts';
import { namedIn } from './named.ts';
import { readWorkbook, type Workbook } from './read.ts';
import { noRows, type Rows, SHEETS } from './sheets.ts';

/** The workbook, the faults of its cells, what stands in the catalogue, and what is to be written. */
let book: Workbook | undefined;
let inCells = new Faults();
const standing: Rows = noRows();
let write: Rows = noRows();

async function read(bytes: Uint8Array): Promise<Answers['read']> {
  inCells = new Faults();
  const found = await readWorkbook(bytes, inCells);
  if (!found.ok) return { refused: found.error };
  book = found.value;
  return { named: namedIn(book) };
}

function compared({ contains, gtins }: Question & { kind: 'compare' }): Answers['compare'] {
  if (!book) throw new Error('compared before it was read');
  const faults = inCells.copy();
  const plan = compare(book, { rows: standing, contains, gtins }, faults);
  write = plan.write;
  const counts = new Map(SHEETS.map(({ key }) => [key, write[key].length]));
  const { count, kept } = faults;
  return { faults: { count, kept }, summary: plan.summary, counts };
}

async function answer(question: Question): Promise<Answers[keyof Answers]> {
  switch (question.kind) {
    case 'feed':
      return workbookOfFeed(question.name, question.bytes);
    case 'read':
      return read(question.bytes);
    case 'standing':
      if (question.isFirst) standing[question.sheet] = [];
      standing[question.sheet].push(...question.rows);
      return undefined;
    case 'compare':
      return compared(question);
    case 'rows':
      return write[question.sheet].slice(question.from, question.from + PIECE);
  }
}

answerInThread<Question, Answers[keyof Answers]>(async (question) => ({
  answer: await answer(question),
}));
